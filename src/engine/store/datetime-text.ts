import { MAX_DATETIME_TICKS, parseIsoDatetime, ticksFromUnixMilliseconds, utcMilliseconds } from '../../util/ticks.js';

/** `11/13/2020, 4:27:16.933 PM`: what the Azure portal writes into its CSV exports (UTC), and what en-US programs write. */
const US =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:\s*([AP])M)?)?(?:\s*(?:Z|UTC|GMT))?$/i;
/** `Tue, 02 May 2017 10:00:00 GMT` (RFC 1123), the weekday left out or not. */
const RFC1123 =
  /^(?:[A-Z][a-z]{2},\s*)?(\d{1,2})\s+([A-Z][a-z]{2})\s+(\d{4})\s+(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?\s*(?:Z|UTC|GMT|\+00:?00)?$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Ticks of a text that `todatetime()` reads: ISO 8601, the US form, RFC 1123. Null when it is no date. */
export function parseDatetime(text: string): bigint | null {
  return parseIsoDatetime(text) ?? parseUs(text) ?? parseRfc1123(text);
}

function parseUs(text: string): bigint | null {
  const match = US.exec(text.trim());
  if (!match) return null;
  const [, month, day, year, hour = '0', minute = '0', second = '0', fraction = '', half] = match;
  if (half && (Number(hour) < 1 || Number(hour) > 12)) return null;
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : Number(hour);
  return ticks(utcMilliseconds(+year!, +month!, +day!, hours, +minute, +second), fraction);
}

function parseRfc1123(text: string): bigint | null {
  const match = RFC1123.exec(text.trim());
  if (!match) return null;
  const [, day, month, year, hour, minute, second, fraction = ''] = match;
  return ticks(utcMilliseconds(+year!, MONTHS.indexOf(month!) + 1, +day!, +hour!, +minute!, +second!), fraction);
}

function ticks(ms: number | null, fraction: string): bigint | null {
  if (ms === null) return null;
  const value = ticksFromUnixMilliseconds(ms) + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  return value <= MAX_DATETIME_TICKS ? value : null;
}

const TIMESPAN = /^(-)?(?:(\d{1,8})\.)?(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?$/;

/** Ticks of a timespan's text, `[-][d.]hh:mm[:ss[.fffffff]]`, or null. */
export function parseTimespan(text: string): bigint | null {
  const match = TIMESPAN.exec(text.trim());
  if (!match) return null;
  const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = match;
  if (+hours! > 23 || +minutes! > 59 || +seconds > 59) return null;
  const whole = ((BigInt(days) * 24n + BigInt(hours!)) * 60n + BigInt(minutes!)) * 60n + BigInt(seconds);
  const size = whole * 10_000_000n + BigInt(fraction.padEnd(7, '0'));
  return sign ? -size : size;
}
