/**
 * Kusto's time unit: a tick is 100 ns. A datetime is the count of ticks since 0001-01-01T00:00:00Z (as in .NET),
 * a timespan is a signed count of ticks. Both are bigint here and BIGINT in storage.
 */
export const TICKS_PER_MILLISECOND = 10_000n;
export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MINUTE = 60n * TICKS_PER_SECOND;
export const TICKS_PER_HOUR = 60n * TICKS_PER_MINUTE;
export const TICKS_PER_DAY = 24n * TICKS_PER_HOUR;

/** Ticks of 1970-01-01T00:00:00Z. */
export const UNIX_EPOCH_TICKS = 621_355_968_000_000_000n;
/** Ticks of 9999-12-31T23:59:59.9999999Z, the last datetime. */
export const MAX_DATETIME_TICKS = 3_155_378_975_999_999_999n;

/** Ticks of a Unix time in milliseconds (a fraction is kept to 100 ns). */
export function ticksFromUnixMilliseconds(ms: number): bigint {
  const whole = Math.floor(ms);
  const fraction = ms === whole ? 0n : BigInt(Math.round((ms - whole) * 10_000));
  return BigInt(whole) * TICKS_PER_MILLISECOND + UNIX_EPOCH_TICKS + fraction;
}

/** Unix milliseconds of a datetime in ticks, rounded down. */
export function unixMillisecondsFromTicks(ticks: bigint): number {
  const sinceEpoch = ticks - UNIX_EPOCH_TICKS;
  const ms = sinceEpoch / TICKS_PER_MILLISECOND;
  return Number(sinceEpoch % TICKS_PER_MILLISECOND < 0n ? ms - 1n : ms);
}

const pad = (value: bigint | number, width: number): string => String(value).padStart(width, '0');

/** Kusto's text of a datetime: `2017-05-02T10:00:00.0000000Z`. */
export function formatDatetime(ticks: bigint): string {
  const date = new Date(unixMillisecondsFromTicks(ticks));
  const fraction = pad(ticks % TICKS_PER_SECOND, 7);
  const day = `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
  return `${day}T${pad(date.getUTCHours(), 2)}:${pad(date.getUTCMinutes(), 2)}:${pad(date.getUTCSeconds(), 2)}.${fraction}Z`;
}

/** Kusto's text of a timespan: `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimespan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / TICKS_PER_DAY;
  const fraction = size % TICKS_PER_SECOND;
  const clock = [(size / TICKS_PER_HOUR) % 24n, (size / TICKS_PER_MINUTE) % 60n, (size / TICKS_PER_SECOND) % 60n];
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock.map((part) => pad(part, 2)).join(':')}${fraction > 0n ? `.${pad(fraction, 7)}` : ''}`;
}

const ISO_DATETIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;

/**
 * Ticks of an ISO 8601 text (`2017-05-02`, `2017-05-02T10:00:00.1234567Z`, `2017-05-02 10:00:00+0200`);
 * digits past 100 ns are cut, no zone means UTC. Null when the text is no such date.
 */
export function parseIsoDatetime(text: string): bigint | null {
  const match = ISO_DATETIME.exec(text.trim());
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const ms = utcMilliseconds(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
  if (ms === null) return null;
  const offset = /^[+-]/.test(zone) ? offsetMinutes(zone) : 0;
  const ticks = ticksFromUnixMilliseconds(ms - offset * 60_000) + BigInt(fraction.slice(0, 7).padEnd(7, '0'));
  return ticks >= 0n && ticks <= MAX_DATETIME_TICKS ? ticks : null;
}

/** Unix milliseconds of a UTC calendar time (month from 1), or null when it does not exist. */
export function utcMilliseconds(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): number | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

function offsetMinutes(zone: string): number {
  const digits = zone.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4));
  return zone.startsWith('-') ? -minutes : minutes;
}
