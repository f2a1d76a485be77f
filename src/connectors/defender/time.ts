import { parseIsoDatetime, ticksFromUnixMilliseconds, utcMilliseconds } from '../../util/ticks.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = /(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(?:\s*([AP])M)?/.source;
const NAMED = new RegExp(`^([A-Z][a-z]{2})[a-z]* (\\d{1,2}),? (\\d{4}),? ${CLOCK}$`, 'i');
const SLASHED = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}),? ${CLOCK}$`, 'i');

/**
 * Ticks of a time as the portals and APIs write it: ISO 8601 with up to seven digits, `Nov 13, 2020 4:27:16 PM`,
 * `11/13/2020, 4:27:16.933 PM` (month first). All are UTC unless they say otherwise. Null for other texts.
 */
export function readTime(text: string): bigint | null {
  const iso = parseIsoDatetime(text);
  if (iso !== null) return iso;
  const trimmed = text.trim();
  const named = NAMED.exec(trimmed);
  const match = named ?? SLASHED.exec(trimmed);
  if (!match) return null;
  const [, first, day, year, hourText, minute, second = '0', fraction = '', half] = match;
  const month = named ? MONTHS.indexOf(first!.toLowerCase()) + 1 : Number(first);
  const hour = half === undefined ? Number(hourText) : (Number(hourText) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  const ms = utcMilliseconds(Number(year), month, Number(day), hour, Number(minute), Number(second));
  return ms === null ? null : ticksFromUnixMilliseconds(ms) + BigInt(fraction.padEnd(7, '0'));
}
