/**
 * JSON of a value, on one line: whole numbers beyond 2^53 keep all digits, NaN and infinities are the texts Kusto gives,
 * and no control character is written as it is.
 */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? String(value)
      : jsonString(Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity');
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  const entries = Object.entries(value).filter(([, of]) => of !== undefined);
  return `{${entries.map(([key, of]) => `${jsonString(key)}:${jsonText(of)}`).join(',')}}`;
}

const jsonString = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** JSON with an indent: lists and objects on lines of their own down to a depth, below it on one line. */
export function jsonLines(value: unknown, depth: number, indent = ''): string {
  if (depth === 0 || value === null || typeof value !== 'object') return jsonText(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const items = list
    ? value.map((of) => jsonLines(of, depth - 1, inner))
    : Object.entries(value)
        .filter(([, of]) => of !== undefined)
        .map(([key, of]) => `${jsonString(key)}: ${jsonLines(of, depth - 1, inner)}`);
  if (items.length === 0) return list ? '[]' : '{}';
  return `${list ? '[' : '{'}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${list ? ']' : '}'}`;
}
