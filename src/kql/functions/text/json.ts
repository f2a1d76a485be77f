/** Before a number that JavaScript would write differently (`1.0`, long integers): kept as a marked string. */
const MARK = '\u0000#';
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** Reads JSON so that `writeJson` gives every number back as it was written. Numbers to reckon with need `numberOf`. */
export function readJson(text: string): unknown {
  if (!/\d{16}|\d\.\d|\d[eE]/.test(text)) return JSON.parse(text);
  const kept = text.replace(TOKENS, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"\\u0000#${token}"`,
  );
  return JSON.parse(kept);
}

/** JSON of a value that came from `readJson`. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0000#([-\d.eE+]+)"/g, '$1');
}

/** The number a JSON value is, or undefined. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : undefined;
}

/** How a number of `readJson`'s value was written; undefined for other values. */
export const digitsOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;

/** Reads JSON with its numbers as numbers, whole ones beyond 2^53 as bigint. */
export function readExact(text: string): unknown {
  const numbers = (value: unknown): unknown => {
    const digits = digitsOf(value);
    if (digits !== undefined) {
      const number = Number(digits);
      return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? BigInt(digits) : number;
    }
    if (Array.isArray(value)) return value.map(numbers);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, numbers(of)]));
  };
  return numbers(readJson(text));
}
