import { type Emit, type ParseContext, type Parser, Reject, type Row } from '../../ingest/connector.js';
import { type Zone, zoneOfSetting } from '../zone.js';
import { certainOrder, type DateOrder, findLocalTime, type LocalTime, likelyOrder, toTicks } from './date.js';
import { type DetailReader, detailReader } from './details.js';
import { mapPacket, mapServerLine } from './map.js';
import { isFurniture, readLogLine, readPacket } from './parse.js';

/**
 * A parser of the debug log. A packet's row is held back until the next dated line, since the lines between may say what
 * addresses it answered with.
 */
export function debugLogParser(context: ParseContext): Parser {
  const lines = context.sample?.lines ?? [];
  const dates = dateReader(context, lines);
  let withResponses = lines.some(isResponseToClient);
  let held: { row: Row; details: DetailReader } | null = null;

  const release = (emit: Emit): 'event' | 'skip' => {
    if (!held) return 'skip';
    const { row, details } = held;
    if (details.addresses.length > 0) row.IPAddresses = details.addresses.join(', ');
    held = null;
    emit('DnsEvents', row);
    return 'event';
  };

  return {
    holdsBack: true,
    parse(record, emit) {
      const text = record as string;
      const line = readLogLine(text);
      if (!line) {
        if (!isFurniture(text))
          throw new Reject('neither a dated line of the DNS debug log nor part of its header or of a packet');
        held?.details.read(text);
        dates.learn(text);
        return 'skip';
      }
      const time = dates.read(line.time);
      if (time === null) throw new Reject(`no such date: ${text.slice(0, line.time.end)}`);
      if (line.context !== 'PACKET') {
        const outcome = release(emit);
        held = { row: mapServerLine(time, line), details: detailReader() };
        return outcome;
      }
      const packet = readPacket(line.text);
      if (!packet) throw new Reject('a PACKET line without its fields');
      withResponses ||= packet.sent && packet.response;
      const outcome = release(emit);
      held = { row: mapPacket(time, packet, line.text, withResponses), details: detailReader() };
      return outcome;
    },
    end: (emit) => (release(emit) === 'event' ? 1 : 0),
  };
}

const isResponseToClient = (line: string): boolean => / Snd \S+ +[0-9a-f]{4} R Q \[/i.test(line);

interface DateReader {
  /** Ticks of a line's time; null when there is no such date in any order. */
  read(time: LocalTime): bigint | null;
  /** Takes what the log's header says about the order of dates. */
  learn(text: string): void;
}

/** Reads dates in the order that the setting, the beginning of the file, or the dates themselves show. */
function dateReader(context: ParseContext, lines: readonly string[]): DateReader {
  const zone: Zone = zoneOfSetting(context.settings['time-zone']);
  const setting = String(context.settings['date-order'] ?? 'auto');
  if (!['auto', 'mdy', 'dmy', 'ymd'].includes(setting))
    throw new Error(`date-order: '${setting}' is none of auto, mdy, dmy, ymd`);
  const fixed = setting === 'auto' ? null : (setting as DateOrder);
  const times = lines.flatMap((line) =>
    /^\s*\d|^DNS Server log|^Log file/i.test(line) ? (findLocalTime(line) ?? []) : [],
  );
  let certain = fixed ?? firstOf(times, certainOrder);
  return {
    read(time) {
      if (fixed) return toTicks(time, fixed, zone);
      certain ??= certainOrder(time);
      const order = certain ?? likelyOrder(times.at(-1) ?? time, context.modified, zone);
      return toTicks(time, order, zone) ?? toTicks(time, certainOrder(time) ?? order, zone);
    },
    learn(text) {
      if (certain || !/^DNS Server log|^Log file/i.test(text)) return;
      const time = findLocalTime(text);
      if (time) certain = certainOrder(time);
    },
  };
}

function firstOf<T, R>(items: readonly T[], pick: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = pick(item);
    if (found !== null) return found;
  }
  return null;
}
