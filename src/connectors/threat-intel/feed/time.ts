import { parseIsoDatetime, ticksFromUnixMilliseconds, utcMilliseconds } from '../../../util/ticks.js';

const US = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?(?: ?([AP])M)?)?$/i;

/** Ticks of a feed's time: ISO 8601, `YYYY-MM-DD hh:mm:ss UTC`, US 12-hour time, Unix seconds or milliseconds. UTC throughout. */
export function feedTime(value: unknown): bigint | null {
  if (value === null || value === undefined || value === '' || typeof value === 'object') return null;
  const text = String(value).trim();
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return ticksFromUnixMilliseconds(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return ticksFromUnixMilliseconds(Number(text));
  const us = US.exec(text);
  if (!us) return parseIsoDatetime(text);
  const [, month, day, year, hour = '0', minute = '0', second = '0', half] = us;
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : Number(hour);
  const ms = utcMilliseconds(Number(year), Number(month), Number(day), hours, Number(minute), Number(second));
  return ms === null ? null : ticksFromUnixMilliseconds(ms);
}
