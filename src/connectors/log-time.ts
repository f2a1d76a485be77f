import {
  parseIsoDatetime,
  TICKS_PER_SECOND,
  ticksFromUnixMilliseconds,
  UNIX_EPOCH_TICKS,
  utcMilliseconds,
} from '../util/ticks.js';
import { findZone, type Zone } from './zone.js';

/** Reads a time as syslog, CEF and firewalls write it: ticks, or null when the text is none (or empty, or 0). */
export type ReadTime = (text: string) => bigint | null;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const NAMED_MONTH =
  /^(?:[a-z]{3},? )?([a-z]{3}) +(\d{1,2})(?:,? (\d{4})(?=[ :]))?[ :](\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: (\d{4}))?(?: ?(\S+))?$/i;
const ISO_WITHOUT_ZONE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?$/;
const ISO_WITH_NAME = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ([A-Z]{2,5}|GMT[+-]\d\d:?\d\d)$/;
const EPOCH = /^\d{10}(?:\d{3}|\d{6}|\d{9}|\.\d{1,9})?$/;
const DAY = 86_400_000;

const SECONDS_BEFORE_1970 = 62_135_596_800;

/** The ticks, as text, of the epoch in milliseconds or nanoseconds; null for other texts. What most firewalls write. */
export function epochTicks(text: string): string | null {
  const { length } = text;
  if ((length !== 13 && length !== 19) || digits(text, 10, length) === -1) return null;
  const seconds = digits(text, 0, 10);
  return seconds < 1e9 ? null : `${seconds + SECONDS_BEFORE_1970}${text.slice(10, 17).padEnd(7, '0')}`;
}

/**
 * A reader of times. Forms: epoch seconds (with a fraction), milliseconds, microseconds, nanoseconds;
 * `MMM dd [yyyy] HH:mm:ss[.SSS] [zone]`; ISO 8601.
 * @param zone of times that don't name theirs
 * @param modified Unix ms: a time without a year gets the last year in which it isn't over a day later than this
 */
export function timeReader(zone: Zone, modified: number): ReadTime {
  const slowly = (text: string): bigint | null => readSlowly(text.trim(), zone, modified);
  const minutes = minuteReader(slowly);
  const others = new Map<string, bigint | null>();
  return (text) => {
    const found = minutes(text);
    if (found !== undefined) return found;
    let ticks = others.get(text);
    if (ticks === undefined) {
      ticks = slowly(text);
      if (others.size >= 1000) others.clear();
      others.set(text, ticks);
    }
    return ticks;
  };
}

const SECONDS = Array.from({ length: 60 }, (_, second) => BigInt(second) * TICKS_PER_SECOND);

/** Reads times by adding their second to their minute, which is read once; undefined for texts where that can't be done. */
function minuteReader(read: ReadTime): (text: string) => bigint | undefined {
  const minutes = new Map<string, { readonly rest: string; readonly ticks: bigint }>();
  return (text) => {
    const at = secondsAt(text);
    if (at === -1 || FRACTION.has(text.charCodeAt(at + 2))) return undefined;
    const second = digits(text, at, at + 2);
    if (second > 59) return undefined;
    const start = text.slice(0, at);
    const rest = text.slice(at + 2);
    const known = minutes.get(start);
    if (known !== undefined && known.rest === rest) return known.ticks + SECONDS[second]!;
    const ticks = read(`${start}00${rest}`);
    // within a minute in which a zone's clocks change, or which a guessed year ends in, seconds don't just add up
    if (ticks === null || read(`${start}59${rest}`) !== ticks + SECONDS[59]!) return undefined;
    if (minutes.size >= 1000) minutes.clear();
    minutes.set(start, { rest, ticks });
    return ticks + SECONDS[second]!;
  };
}

const FRACTION = new Set(['.', ','].map((character) => character.charCodeAt(0)));
const COLON = 58;

/** Where the seconds of the first `:mm:ss` in a text stand; -1 when it has none. */
export function secondsAt(text: string): number {
  const at = text.indexOf(':') + 4;
  if (at === 3 || text.charCodeAt(at - 1) !== COLON) return -1;
  return digits(text, at, at + 2) === -1 ? -1 : at;
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

/** The number that the digits between two offsets of a text say; -1 when there are others, or none. Past 2^53 it is not exact. */
function digits(text: string, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
