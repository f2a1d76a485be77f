const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SECONDS_BEFORE_1970 = 62_135_596_800;
const ZULU = 90;
const MINUS = 45;

/** A time as a clock on the wall shows it. */
export interface Wall {
  /** Milliseconds since 1970 as if the clock were UTC's. */
  readonly ms: number;
  /** The digits of a second's fraction, seven of them. */
  readonly fraction: string;
  /** Milliseconds that the clock is ahead of UTC; undefined when the text doesn't say. */
  readonly offset: number | undefined;
}

const WALL = /^(\d{4})[/-](\d\d)[/-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/;

/** Reads `2025/03/28 05:34:14` and `2025-03-28T05:34:15.104-04:00`; undefined for other texts. */
export function readWall(text: string): Wall | undefined {
  const match = WALL.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone] = match;
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(days).getUTCDate() !== Number(day) || Number(month) > 12) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ms = days + (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000;
  return { ms, fraction: fraction.slice(0, 7).padEnd(7, '0'), offset: zone === undefined ? undefined : offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone.charCodeAt(0) === ZULU) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.charCodeAt(0) === MINUS ? -minutes : minutes) * MINUTE_MS;
}

/** The ticks, as text, of milliseconds since 1970 in UTC and the seven digits of the second's fraction. */
export const ticksText = (ms: number, fraction: string): string =>
  `${Math.floor(ms / 1000) + SECONDS_BEFORE_1970}${fraction}`;

/** What the clock is ahead of UTC, told by a time that says its zone and was written within a quarter of an hour; else undefined. */
export const offsetBeside = (wall: Wall, zoned: Wall | undefined): number | undefined =>
  zoned?.offset !== undefined && Math.abs(zoned.ms - wall.ms) <= 15 * MINUTE_MS ? zoned.offset : undefined;

/** Whether two times are of the same moment, in whatever zones: at most 26 hours apart on the wall. */
export const sameMoment = (one: Wall, other: Wall): boolean => Math.abs(one.ms - other.ms) <= DAY_MS + 120 * MINUTE_MS;
