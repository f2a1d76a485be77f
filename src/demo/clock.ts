export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const TWO = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

/** The parts of a day's text in each notation; worked out once a day, as log lines come in time order. */
interface DayText {
  readonly day: number;
  /** `Nov  4` with the day padded by a blank, as RFC 3164 has it. */
  readonly syslog: string;
  /** `Nov 04 2026` */
  readonly cef: string;
  /** `2026-11-04` */
  readonly iso: string;
  /** `11/4/2026` */
  readonly windows: string;
}

function describeDay(day: number): DayText {
  const date = new Date(day * DAY);
  const month = MONTHS[date.getUTCMonth()]!;
  const number = date.getUTCDate();
  return {
    day,
    syslog: `${month} ${String(number).padStart(2, ' ')}`,
    cef: `${month} ${TWO[number]!} ${date.getUTCFullYear()}`,
    iso: date.toISOString().slice(0, 10),
    windows: `${date.getUTCMonth() + 1}/${number}/${date.getUTCFullYear()}`,
  };
}

const known = new Map<number, DayText>();

function dayText(time: number): DayText {
  const day = Math.floor(time / DAY);
  let text = known.get(day);
  if (!text) {
    text = describeDay(day);
    known.set(day, text);
  }
  return text;
}

function clockText(time: number): string {
  const second = Math.floor((time - Math.floor(time / DAY) * DAY) / SECOND);
  return `${TWO[Math.floor(second / 3600)]!}:${TWO[Math.floor(second / 60) % 60]!}:${TWO[second % 60]!}`;
}

/** `Nov  4 07:05:09`: the time of an RFC 3164 header, UTC. */
export const syslogTime = (time: number): string => `${dayText(time).syslog} ${clockText(time)}`;

/** `Nov 04 2026 07:05:09 GMT`: PAN-OS' cef-formatted times. */
export const cefTime = (time: number): string => `${dayText(time).cef} ${clockText(time)} GMT`;

/** `2026-11-04` */
export const isoDay = (time: number): string => dayText(time).iso;

/** `2026-11-04T07:05:09.123Z` */
export const isoTime = (time: number): string => `${dayText(time).iso}T${clockText(time)}.${THREE[time % 1000]!}Z`;

/** `2026-11-04T07:05:09.1234567Z`; the last four digits are given, as our times are whole milliseconds. */
export const isoTicks = (time: number, rest: number): string =>
  `${dayText(time).iso}T${clockText(time)}.${THREE[time % 1000]!}${String(rest % 10000).padStart(4, '0')}Z`;

/** `11/4/2026 7:05:09 AM`: the Windows DNS debug log of an en-US server set to UTC. */
export function windowsTime(time: number): string {
  const clock = clockText(time);
  const hour = Number(clock.slice(0, 2));
  return `${dayText(time).windows} ${hour % 12 === 0 ? 12 : hour % 12}${clock.slice(2)} ${hour < 12 ? 'AM' : 'PM'}`;
}
