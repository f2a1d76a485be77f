import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { Reject, type Sample } from '../connector.js';
import type { Detected } from '../detect.js';
import type { Framer } from '../framing.js';
import { makeFramer } from '../make-framer.js';
import { parseContext } from '../parse-context.js';
import { type ReadTarget, RecordReader } from '../record-reader.js';
import { countLines, wholeRecords } from './boundary.js';
import type { FollowContext } from './context.js';
import { readAt } from './read-at.js';
import type { FollowTarget } from './target.js';

/** Bytes of a file that a parser sees again when reading goes on: its beginning, and what stands before the position. */
const SEEN_AGAIN = 65_536;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Which file is read on, from where. */
export interface ReadingStart {
  readonly path: string;
  readonly target: FollowTarget;
  readonly fileId: number;
  readonly position: number;
  /** Lines before the position, and records that were consumed. */
  readonly lines: number;
  readonly records: number;
  /** When it was last written, Unix ms. */
  readonly modified: number;
}

export interface Held {
  lines: number;
  records: number;
}

/** A parser that has come to a position of a file. */
export interface Reading {
  readonly framer: Framer;
  readonly reader: RecordReader;
  /** Lines and records before the first one whose rows are not given yet, where the parser holds rows back. */
  readonly held: Held | undefined;
}

/**
 * A parser in the state that it would have at a position: it sees the file's beginning again (headers), and what was read
 * last, without giving rows. Or why the connector refuses the file.
 */
export async function openReading(
  { store, batcher }: FollowContext,
  file: FileHandle,
  { connector, framing }: Detected,
  sample: Sample,
  { path, target, fileId, position, lines, records, modified }: ReadingStart,
): Promise<Reading | string> {
  const { parse, direct, declared } = parseContext(
    { store, batcher, settings: target.settings, table: target.table ?? '' },
    { connector, framing },
    { fileName: basename(path), modified: () => modified, sample },
  );
  try {
    const parser = connector.open(parse);
    const goal: ReadTarget & { skip: number } = {
      fileId,
      path,
      connector,
      parser,
      direct,
      declared,
      skip: Number.POSITIVE_INFINITY,
      ended: false,
      cutShort: false,
    };
    const reader = new RecordReader(batcher, goal);
    const held: Held | undefined = parser.holdsBack ? { lines, records } : undefined;
    let before = 0;
    const framer = makeFramer(
      { connector, framing },
      {
        record(record, line, envelope) {
          const { records: consumed, events } = reader.counts;
          reader.record(record, line + before, envelope);
          if (!held || reader.counts.events === events) return;
          held.lines = line + before - 1;
          held.records = consumed;
        },
        reject: (text, line, reason) => reader.reject(text, line + before, reason),
      },
      sample,
    );
    const start = withoutMark(await readAt(file, 0, Math.min(SEEN_AGAIN, position)));
    const head = start.subarray(0, wholeRecords(start, framing));
    if (head.length > 0) framer.push(head);
    let fed = countLines(head);
    if (position > 2 * SEEN_AGAIN && framing.endsWith('lines')) {
      const recent = await readAt(file, position - SEEN_AGAIN, SEEN_AGAIN);
      const from = recent.indexOf(10) + 1;
      const piece = recent.subarray(from, Math.max(from, recent.lastIndexOf(10) + 1));
      if (piece.length > 0) framer.push(piece);
      fed += countLines(piece);
    }
    parser.end?.(() => {});
    before = lines - fed;
    goal.skip = 0;
    reader.counts.records = records;
    return { framer, reader, held };
  } catch (error) {
    if (error instanceof Reject) return error.message;
    throw error;
  }
}

/** The text without a byte order mark. */
export const withoutMark = (start: Buffer): Buffer => (start.subarray(0, 3).equals(BOM) ? start.subarray(3) : start);
