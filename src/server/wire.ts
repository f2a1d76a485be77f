/*
 * JSON that keeps what JSON can't say: integers beyond 2^53 and reals that are no numbers. They are strings that begin with
 * U+0000 and a letter; a string that begins so itself gets another such prefix.
 */
const MARK = '\0';
const [INTEGER, REAL, TEXT] = ['n', 'r', 's'] as const;

export function toWire(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${MARK}${INTEGER}${part}`;
    if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
      return `${MARK}${REAL}${Object.is(part, -0) ? '-0' : part}`;
    if (typeof part === 'string' && part.startsWith(MARK)) return `${MARK}${TEXT}${part}`;
    return part;
  });
}

export function fromWire<T>(text: string): T {
  return JSON.parse(text, (_key, part: unknown) => {
    if (typeof part !== 'string' || !part.startsWith(MARK)) return part;
    const rest = part.slice(2);
    return part[1] === INTEGER ? BigInt(rest) : part[1] === REAL ? Number(rest) : rest;
  }) as T;
}
