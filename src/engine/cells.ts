import { readExact } from '../kql/functions/text/json.js';
import type { KqlType } from '../kql/types.js';
import { formatDatetime, formatTimespan } from '../util/ticks.js';

/** DuckDB's values as the API gives them: see `QueryResult`. */
const CONVERT: Readonly<Record<KqlType, (value: unknown) => unknown>> = {
  bool: (value) => value,
  int: (value) => Number(value),
  long: (value) => integer(value as bigint | number),
  real: (value) => Number(value),
  decimal: (value) => decimalText(String(value)),
  string: (value) => String(value),
  datetime: (value) => formatDatetime(BigInt(value as bigint)),
  timespan: (value) => formatTimespan(BigInt(value as bigint)),
  guid: (value) => String(value).toLowerCase(),
  dynamic: (value) => parseDynamic(String(value)),
};

/** The converter of a column: null stays null, except that a string is never null. */
export function cellConverter(type: KqlType): (value: unknown) => unknown {
  const convert = CONVERT[type];
  const empty = type === 'string' ? '' : null;
  return (value) => (value === null || value === undefined ? empty : convert(value));
}

function integer(value: bigint | number): bigint | number {
  if (typeof value === 'number') return value;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

const decimalText = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);

/** Parsed JSON; whole numbers beyond 2^53 come as bigint. */
export const parseDynamic = (text: string): unknown => (/\d{16}/.test(text) ? readExact(text) : JSON.parse(text));
