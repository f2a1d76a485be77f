import {
  formatDatetime,
  formatTimespan,
  TICKS_PER_DAY,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
} from '../util/ticks.js';
import type { JsonValue, Literal } from './plan/nodes.js';

/** A literal as KQL text that reads back as the same value and as nothing else, whatever is in it. */
export function kqlLiteral({ type, value }: Literal): string {
  if (type === 'string') return quoted(String(value));
  if (type === 'dynamic') return `dynamic(${json(value as JsonValue)})`;
  if (value === null) return `${type}(null)`;
  switch (type) {
    case 'long':
      return (value as bigint) < 0n ? `long(${value})` : String(value);
    case 'timespan':
      return timespan(value as bigint);
    case 'datetime':
      return `datetime(${formatDatetime(value as bigint)})`;
    case 'bool':
      return String(value);
    default:
      return `${type}(${value})`;
  }
}

const UNITS = [
  ['d', TICKS_PER_DAY],
  ['h', TICKS_PER_HOUR],
  ['m', TICKS_PER_MINUTE],
  ['s', TICKS_PER_SECOND],
] as const;

function timespan(ticks: bigint): string {
  const unit = ticks > 0n ? UNITS.find(([, size]) => ticks % size === 0n && ticks / size < 1000n) : undefined;
  return unit ? `${ticks / unit[1]}${unit[0]}` : `timespan(${formatTimespan(ticks)})`;
}

/** A name as it may stand in a query: bracketed when it is no plain word. */
export const nameText = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `[${quoted(name)}]`);

/** Everything but plain ASCII letters, digits and marks is written as an escape. */
export const quoted = (text: string): string => `"${text.replace(/[\\"]|[^ -~]/g, escaped)}"`;
const escaped = (unit: string): string =>
  unit === '\\' || unit === '"' ? `\\${unit}` : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

function json(value: JsonValue): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(json).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, of]) => `${quoted(key)}: ${json(of as JsonValue)}`)
    .join(', ')}}`;
}
