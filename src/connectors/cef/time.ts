import {
  parseIsoDatetime,
  TICKS_PER_SECOND,
  ticksFromUnixMilliseconds,
  UNIX_EPOCH_TICKS,
  utcMilliseconds,
} from '../../util/ticks.js';
import { findZone, type Zone } from '../zone.js';
import { detach } from './detach.js';

/** Reads a time as CEF and syslog write it: ticks, or null when the text is none (or empty, or 0). */
export type ReadTime = (text: string) => bigint | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAMED_MONTH =
  /^(?:[a-z]{3},? )?([a-z]{3}) +(\d{1,2})(?:,? (\d{4})(?=[ :]))?[ :](\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?(?: ?(\S+))?$/i;
const ISO_WITHOUT_ZONE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?$/;
const ISO_WITH_NAME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ([A-Z]{2,5}|GMT[+-]\d\d:?\d\d)$/;
const EPOCH = /^\d{10}(?:\d{3}|\d{6}|\d{9}|\.\d{1,9})?$/;
const DAY = 86_400_000;

/**
 * A reader of times. Forms: epoch seconds (with a fraction), milliseconds, microseconds, nanoseconds;
 * `MMM dd [yyyy] HH:mm:ss[.SSS] [zone]`; ISO 8601.
 * @param zone of times that don't name theirs
 * @param modified Unix ms: a time without a year gets the last year in which it isn't over a day later than this
 */
export function timeReader(zone: Zone, modified: number): ReadTime {
  const texts = new Map<string, bigint | null>();
  let second = 0;
  let secondTicks = 0n;
  return (text) => {
    if (text.length === 13) {
      // The usual epoch milliseconds: one big integer per second, and one small addition.
      const ms = digits(text);
      if (ms >= 1e12) {
        const s = Math.floor(ms / 1000);
        if (s !== second) {
          second = s;
          secondTicks = BigInt(s) * TICKS_PER_SECOND + UNIX_EPOCH_TICKS;
        }
        const rest = ms - s * 1000;
        return rest === 0 ? secondTicks : secondTicks + BigInt(rest * 10_000);
      }
    }
    let ticks = texts.get(text);
    if (ticks === undefined) {
      ticks = readSlowly(text.trim(), zone, modified);
      if (texts.size >= 1000) texts.clear();
      texts.set(detach(text), ticks);
    }
    return ticks;
  };
}

/** The number that an all-digit text says, -1 for other texts. */
function digits(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function readSlowly(text: string, zone: Zone, modified: number): bigint | null {
  if (EPOCH.test(text)) return readEpoch(text);
  if (ISO_WITHOUT_ZONE.test(text)) return shifted(parseIsoDatetime(text), zone);
  const named = ISO_WITH_NAME.exec(text);
  if (named) {
    const own = findZone(named[2]!);
    return own && shifted(parseIsoDatetime(named[1]!), own);
  }
  return parseIsoDatetime(text) ?? readNamedMonth(text, zone, modified);
}

function readEpoch(text: string): bigint {
  const [whole, fraction = ''] = text.includes('.') ? text.split('.') : [text.slice(0, 10), text.slice(10)];
  return BigInt(whole!) * TICKS_PER_SECOND + UNIX_EPOCH_TICKS + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

const shifted = (ticks: bigint | null, zone: Zone): bigint | null => {
  if (ticks === null) return null;
  const sinceEpoch = ticks - UNIX_EPOCH_TICKS;
  const ms = sinceEpoch / 10_000n;
  return ticks + BigInt(zone.toUtc(Number(ms)) - Number(ms)) * 10_000n;
};

function readNamedMonth(text: string, zone: Zone, modified: number): bigint | null {
  const match = NAMED_MONTH.exec(text);
  if (!match) return null;
  const [, monthName, day, early, hour, minute, secondText, fraction = '', late, zoneName] = match;
  const month = MONTHS.indexOf(monthName!.toLowerCase()) + 1;
  const own = zoneName === undefined ? zone : findZone(zoneName);
  if (month === 0 || own === null) return null;
  const at = (year: number): number | null => {
    const ms = utcMilliseconds(year, month, Number(day), Number(hour), Number(minute), Number(secondText));
    return ms === null ? null : own.toUtc(ms);
  };
  const year = early ?? late;
  const ms = year === undefined ? lastYear(at, modified) : at(Number(year));
  return ms === null ? null : ticksFromUnixMilliseconds(ms) + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

/** 29 February exists every fourth year, at most eight years apart. */
function lastYear(at: (year: number) => number | null, modified: number): number | null {
  const year = new Date(modified + DAY).getUTCFullYear();
  for (let back = 0; back <= 8; back++) {
    const ms = at(year - back);
    if (ms !== null && ms <= modified + DAY) return ms;
  }
  return null;
}
