import { TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../../util/ticks.js';
import { epochTicks, type ReadTime, timeReader } from '../log-time.js';
import { findZone, type Zone } from '../zone.js';

/** Reads the time of a log, in ticks as text; null when it says none. */
export type ReadEventTime = (eventtime: string, date: string, time: string, tz: string) => string | null;

/** A reader of `eventtime` (epoch seconds to nanoseconds), or else of `date`, `time` and `tz`. */
export function eventTimeReader(zone: Zone, modified: number): ReadEventTime {
  const readers = new Map<string, ReadTime>();
  const readerOf = (tz: string): ReadTime => {
    let reader = readers.get(tz);
    if (reader === undefined) {
      reader = timeReader(findZone(zoneText(tz)) ?? zone, modified);
      if (readers.size < 1000) readers.set(tz, reader);
    }
    return reader;
  };
  return (eventtime, date, time, tz) => {
    const epoch = eventtime === '' ? null : (epochTicks(eventtime) ?? readEpoch(eventtime));
    if (epoch !== null) return epoch;
    return date === '' ? null : (readerOf(tz)(`${date} ${time}`)?.toString() ?? null);
  };
}

function readEpoch(text: string): string | null {
  if (!/^\d{10}(?:\d{6})?(?:\.\d+)?$/.test(text)) return null;
  const seconds = BigInt(text.slice(0, 10)) * TICKS_PER_SECOND + UNIX_EPOCH_TICKS;
  const fraction = text.slice(10).replace('.', '').slice(0, 7).padEnd(7, '0');
  return (seconds + BigInt(fraction)).toString();
}

/** The offset in FortiWeb's `(GMT-5:00)Eastern Time(US & Canada)`, or the text itself. */
const zoneText = (tz: string): string => /^\((GMT(?:[+-]\d{1,2}(?::\d\d)?)?)\)/i.exec(tz)?.[1] ?? tz;
