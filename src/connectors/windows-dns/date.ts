import { ticksFromUnixMilliseconds, utcMilliseconds } from '../../util/ticks.js';
import type { Zone } from '../zone.js';

export type DateOrder = 'mdy' | 'dmy' | 'ymd';

/** The date and time at the start of a line, before it is known which number is the day. */
export interface LocalTime {
  readonly numbers: readonly [string, string, string];
  readonly separator: string;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** True with AM or PM. */
  readonly twelveHours: boolean;
  /** Offset of what follows. */
  readonly end: number;
}

const DATE = /(\d{1,4})([./-] ?)(\d{1,2})\2(\d{1,4})\.?|(\d{4})(\d\d)(\d\d)/.source;
const CLOCK = /(?:(上午|下午|오전|오후) *)?(\d{1,2})[:.](\d\d)[:.](\d\d)(?: *([AaPp])\.? ?[Mm]\.?)?/.source;
const START = new RegExp(`^\\s*(?:${DATE}) +${CLOCK}(?=\\s|$)`);
const ANYWHERE = new RegExp(`(?:${DATE}) +${CLOCK}`);

/** Reads the local time that a line begins with, in any of Windows' regional formats; null when it begins otherwise. */
export const readLocalTime = (line: string): LocalTime | null => fromMatch(START.exec(line));

/** Reads the first local time in a text, for the log's own header. */
export const findLocalTime = (text: string): LocalTime | null => fromMatch(ANYWHERE.exec(text));

function fromMatch(match: RegExpExecArray | null): LocalTime | null {
  if (!match) return null;
  const [all, a, separator, b, c, year, month, day, before, hour, minute, second, after] = match;
  const half = before ?? after?.toUpperCase();
  const late = half === '下午' || half === '오후' || half === 'P';
  const h = Number(hour);
  return {
    numbers: year === undefined ? [a!, b!, c!] : [year, month!, day!],
    separator: separator?.trim() ?? '',
    hour: half === undefined ? h : (h % 12) + (late ? 12 : 0),
    minute: Number(minute),
    second: Number(second),
    twelveHours: half !== undefined,
    end: match.index + all.length,
  };
}

/** Ticks of a local time. Null when there is no such date. */
export function toTicks(time: LocalTime, order: DateOrder, zone: Zone): bigint | null {
  const ms = toMilliseconds(time, order, zone);
  return ms === null ? null : ticksFromUnixMilliseconds(ms);
}

function toMilliseconds(time: LocalTime, order: DateOrder, zone: Zone): number | null {
  const at = (letter: string): number => Number(time.numbers[order.indexOf(letter)]);
  const year = at('y');
  const ms = utcMilliseconds(year < 100 ? 2000 + year : year, at('m'), at('d'), time.hour, time.minute, time.second);
  return ms === null ? null : zone.toUtc(ms);
}

/**
 * The order of a date's numbers, as far as the date alone tells: a year in front, or a number too large for a month.
 * Null when day and month can't be told apart.
 */
export function certainOrder(time: LocalTime): DateOrder | null {
  const [a, b] = time.numbers;
  if (a.length === 4) return 'ymd';
  if (time.separator === '.') return 'dmy';
  if (Number(a) > 12) return 'dmy';
  return Number(b) > 12 ? 'mdy' : null;
}

const DAY = 86_400_000;

/**
 * The likely order where no date is certain: the reading that isn't after the file was last written, if only one is not;
 * else month first with AM and PM (en-US), day first with a 24-hour clock or dashes (most others).
 */
export function likelyOrder(time: LocalTime, modified: number, zone: Zone): DateOrder {
  const past = (order: DateOrder): boolean => {
    const ms = toMilliseconds(time, order, zone);
    return ms !== null && ms <= modified + DAY;
  };
  if (past('mdy') !== past('dmy')) return past('mdy') ? 'mdy' : 'dmy';
  return time.twelveHours && time.separator === '/' ? 'mdy' : 'dmy';
}
