import type { KqlType } from '../../kql/types.js';
import { jsonText } from './json-text.js';

/** The whole value as text: what CSV and Markdown hold. Null is empty. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? jsonText(value) : typeof value === 'number' ? numberText(value) : String(value);
}

/** The value as a person reads it in a table: times without empty fractions, real numbers without noise. */
export function readableText(value: unknown, type: KqlType): string {
  if (type === 'datetime' && typeof value === 'string') return readableTime(value);
  if (type === 'dynamic' && Array.isArray(value) && value.length > 0 && value.every(isPlain))
    return value.map(plainText).join(', ');
  return plainText(value);
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  (typeof value === 'string' && value !== '' && !value.includes(', '));

const numberText = (value: number): string =>
  Object.is(value, -0)
    ? '0'
    : Number.isFinite(value)
      ? String(value)
      : Number.isNaN(value)
        ? 'NaN'
        : value > 0
          ? 'Infinity'
          : '-Infinity';

/** Types whose values stand to the right in a column. */
export const isRightAligned = (type: KqlType): boolean => RIGHT.has(type);
const RIGHT: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal', 'timespan']);

/** `2026-01-31T12:00:00.0000000Z` → `2026-01-31 12:00:00`; fractions stay where there are any. All times are UTC. */
export const readableTime = (datetime: string): string =>
  datetime.replace('T', ' ').replace(/\.(\d*?)0*Z$/, (_, fraction: string) => (fraction === '' ? '' : `.${fraction}`));

/** A readable time without its fraction of a second. */
export const toSeconds = (time: string): string => time.replace(/\.\d+$/, '');
