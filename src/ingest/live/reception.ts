import type { WritableStore } from '../../engine/store/open.js';
import { byteText } from '../../util/byte-text.js';
import { Batcher } from '../batcher.js';
import type { Connector, Framing, RawLine } from '../connector.js';
import { detect, framingOf, sampleOf } from '../detect.js';
import type { RecordReader } from '../record-reader.js';
import type { LiveWriter } from './live-writer.js';
import type { Sender } from './sender.js';
import { openStreamReader } from './stream-reader.js';

/** Rows that nobody waits for collect this long before they go to the writer. */
const MILLISECONDS_A_BATCH = 200;
const MILLISECONDS_A_FULL_BATCH = 600;
/** Connectors a sender is remembered by. */
const REMEMBERED = 4;
/** Messages between two looks at how much has collected. */
const MESSAGES_A_LOOK = 64;
const DAY = 86_400_000;

/** What reception needs. */
export interface ReceptionOptions {
  readonly connectors: readonly Connector[];
  /** The connector for messages that no other one claims. */
  readonly lastResort: string;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** Takes single messages of many senders, each through the connector that its content asks for. */
export interface Reception {
  /** A message: valid UTF-8 between two offsets, which are free again afterwards. */
  take(sender: Sender, bytes: Buffer, start: number, end: number): void;
  /** Hands over what has collected. */
  handOver(): void;
  close(): void;
}

interface Reading {
  readonly connector: Connector;
  readonly framing: Framing;
  readonly reader: RecordReader;
}

/**
 * A sender's message is tried with the connectors that took its earlier ones; if they refuse it, its content decides, and
 * whatever no connector claims goes to the last resort.
 */
export function openReception(store: WritableStore, writer: LiveWriter, options: ReceptionOptions): Reception {
  const { connectors, settings } = options;
  const byContent = connectors.filter(({ name }) => name !== options.lastResort);
  const last = connectors.find(({ name }) => name === options.lastResort) ?? connectors[0]!;
  const batcher = new Batcher(writer);
  const readings = new Map<string, Reading>();
  const line = { source: byteText(Buffer.alloc(0)), start: 0, end: 0 };
  let openedOn = 0;
  let looks = 0;
  let timer: NodeJS.Timeout | undefined;

  const readingOf = (connector: Connector, framing: Framing): Reading => {
    const key = `${connector.name} ${framing}`;
    const found = readings.get(key);
    if (found) return found;
    const lastResort = connector.name === options.lastResort ? { [`${connector.name}.any-text`]: true } : {};
    const destination = { store, batcher, settings: { ...settings, ...lastResort }, table: '' };
    const reader = openStreamReader(destination, { connector, framing }, { from: '' });
    const reading = { connector, framing, reader };
    readings.set(key, reading);
    return reading;
  };

  /** @returns why it was refused */
  const attempt = ({ framing, reader }: Reading, text: () => string): string | undefined => {
    if (framing === 'raw-lines') return reader.attempt(line satisfies RawLine, 0);
    if (framing !== 'json') return reader.attempt(text(), 0);
    let value: unknown;
    try {
      value = JSON.parse(text());
    } catch (error) {
      return error instanceof RangeError ? 'the record is nested too deeply' : 'not valid JSON';
    }
    return reader.attempt(value, 0);
  };

  const remember = (sender: Sender, key: string): void => {
    const { connectors: known } = sender;
    const at = known.indexOf(key);
    if (at === 0) return;
    if (at > 0) known.splice(at, 1);
    known.unshift(key);
    if (known.length > REMEMBERED) known.pop();
  };

  const choose = (sender: Sender, text: () => string): void => {
    const sample = sampleOf(text(), true);
    const found = detect(byContent, sample, false);
    // a format that comes in rows under a header says nothing by one row
    if (found && found.framing !== 'csv') {
      const reading = readingOf(found.connector, found.framing);
      const reason = attempt(reading, text);
      if (reason === undefined) remember(sender, `${found.connector.name} ${found.framing}`);
      else refuse(sender, reading, text(), reason);
      return;
    }
    const reading = readingOf(last, framingOf(last, sample, false)!);
    const reason = attempt(reading, text);
    if (reason !== undefined) refuse(sender, reading, text(), reason);
  };

  const refuse = (sender: Sender, { reader }: Reading, text: string, reason: string): void => {
    sender.rejected++;
    reader.refuse(text, 0, reason, sender.name);
  };

  const handOver = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // the writer says by itself how it fares
    batcher.handOver().catch(() => {});
  };

  /** A batch that is filling quickly may get full: whole ones make whole row groups. */
  const handOverSoon = (waited: number): void => {
    timer = setTimeout(() => {
      const mayWait = writer.isBehind || (waited < MILLISECONDS_A_FULL_BATCH && batcher.isFilling());
      if (mayWait) handOverSoon(waited + MILLISECONDS_A_BATCH);
      else handOver();
    }, MILLISECONDS_A_BATCH).unref();
  };

  const collect = (): void => {
    looks = (looks + 1) % MESSAGES_A_LOOK;
    if (looks === 0 && batcher.isFull()) handOver();
    else if (timer === undefined) handOverSoon(MILLISECONDS_A_BATCH);
  };

  return {
    take(sender, bytes, start, end) {
      const now = Date.now();
      // parsers guess the year of times without one from the day they were opened on
      if (now - openedOn > DAY) {
        readings.clear();
        openedOn = now;
      }
      sender.messages++;
      sender.bytes += end - start;
      sender.last = now;
      sender.first ||= now;
      if (line.source.bytes !== bytes) line.source = byteText(bytes);
      line.start = start;
      line.end = end;
      let decoded: string | undefined;
      const text = (): string => (decoded ??= bytes.toString('utf8', start, end));
      for (const key of sender.connectors) {
        const reading = readings.get(key);
        if (reading && attempt(reading, text) === undefined) {
          remember(sender, key);
          if (reading.reader.takeDue()) handOver();
          else collect();
          return;
        }
      }
      choose(sender, text);
      collect();
    },
    handOver,
    close: () => {
      if (timer !== undefined) handOver();
    },
  };
}
