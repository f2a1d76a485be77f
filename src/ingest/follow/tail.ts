import { type FileHandle, open } from 'node:fs/promises';
import type { FileEntry } from '../../engine/store/files.js';
import { saveFollowed } from '../../engine/store/followed.js';
import type { Sample } from '../connector.js';
import type { Detected } from '../detect.js';
import { identifyEnds } from '../fingerprint.js';
import { KEPT_TEXT } from '../framing.js';
import type { Sender } from '../live/sender.js';
import { countLines, wholeRecords } from './boundary.js';
import type { FollowContext } from './context.js';
import { readAt } from './read-at.js';
import { openReading, type Reading, withoutMark } from './reading.js';
import type { SeenFile } from './scan.js';

/** Bytes read at a time; more than the longest line that is taken. */
const CHUNK = 1_048_576 + 65_536;
/** Bytes before the position that must still be what they were. */
const MARK = 64;
const DAY = 86_400_000;
/** What a parser holds back goes in when its file has not grown for so many ms. */
const REST = 1500;
const NEWLINE = 10;
const RETURN = 13;

const CUT_SHORT = 'reading began inside this line: an earlier reading took its beginning';
const TOO_LONG = 'the line is longer than 1 MiB';

/** What a look for more gave: there may be more, there is no more now, or the file is another one than it was. */
export type Pulled = 'more' | 'end' | 'replaced';

/** How far a file is. */
export interface Progress {
  readonly position: number;
  /** Lines before the position, and records consumed. */
  readonly lines: number;
  readonly records: number;
}

/** Where reading a file begins. */
export interface TailStart extends Progress {
  readonly id: number;
  /** The file's own entry, when it has one. */
  readonly entry: FileEntry | undefined;
  readonly detected: Detected;
  readonly sample: Sample;
}

/** A file that is read as it grows. Its rows and its position go into the same batch. */
export class Tail {
  /** The latest of its names. */
  path: string;
  /** The size when it was last looked at. */
  size: number;
  /** Unix ms: when it was last seen to have grown. */
  grown = Date.now();
  /** Unix ms: when it was last written, as of the last look. */
  modified = 0;
  /** Whether the last look found nothing more. */
  atEnd = false;
  /** How far it is by its entry: all rows of what stands before are in. */
  noted: Progress;
  private position: number;
  private lines: number;
  private file: FileHandle | undefined;
  private reading: Reading | undefined;
  private openedOn = 0;
  /** Whether the position is inside a line: one that is kept among the rejected already, or one that was taken as it stood. */
  private inside: 'no' | 'refused' | 'taken' = 'no';
  private mark: Buffer = Buffer.alloc(0);
  private events: number;
  private rejected: number;
  private readonly byTable: Record<string, number>;

  constructor(
    private readonly context: FollowContext,
    private readonly seen: SeenFile,
    private readonly start: TailStart,
    readonly sender: Sender,
    file: FileHandle,
  ) {
    const { position, lines, records, entry } = start;
    this.path = seen.path;
    this.size = seen.size;
    this.file = file;
    this.noted = { position, lines, records };
    this.position = position;
    this.lines = lines;
    this.events = entry?.events ?? 0;
    this.rejected = entry?.rejected ?? 0;
    this.byTable = { ...entry?.byTable };
  }

  get id(): number {
    return this.start.id;
  }

  get key(): string {
    return this.seen.key;
  }

  get isOpen(): boolean {
    return this.file !== undefined;
  }

  /** Whether rows wait for what comes next. */
  get isHolding(): boolean {
    return this.noted.position < this.position;
  }

  /** The open file; undefined when it can't be had any more. */
  async handle(): Promise<FileHandle | undefined> {
    if (this.file) return this.file;
    const file = await open(this.path, 'r').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    const stats = await file?.stat({ bigint: true });
    if (stats && `${stats.dev}:${stats.ino}` === this.key) this.file = file;
    else await file?.close();
    return this.file;
  }

  /** Prepares reading. @returns why the connector refuses the file */
  async begin(): Promise<string | undefined> {
    const file = (await this.handle())!;
    const { detected, sample } = this.start;
    const reading = await openReading(this.context, file, detected, sample, {
      path: this.path,
      target: this.seen.target,
      fileId: this.id,
      ...this.noted,
      modified: (await file.stat()).mtimeMs,
    });
    if (typeof reading === 'string') return reading;
    this.reading = reading;
    this.openedOn = Date.now();
    this.position = this.noted.position;
    this.lines = this.noted.lines;
    this.mark = await readAt(file, Math.max(0, this.position - MARK), Math.min(MARK, this.position));
    if (this.inside === 'no' && this.mark.length > 0 && this.mark.at(-1) !== NEWLINE) this.inside = 'taken';
    return undefined;
  }

  /** Reads the next bytes that are whole records. */
  async pull(): Promise<Pulled> {
    const pulled = await this.readMore();
    this.atEnd = pulled === 'end';
    return pulled;
  }

  private async readMore(): Promise<Pulled> {
    const file = await this.handle();
    if (!file) return 'replaced';
    const { size, mtimeMs } = await file.stat();
    this.modified = Math.floor(mtimeMs);
    if (size > this.size) this.grown = Date.now();
    this.size = size;
    if (size < this.position) return 'replaced';
    const kept = this.mark.length;
    const read = await readAt(file, this.position - kept, kept + Math.min(CHUNK, size - this.position));
    if (!read.subarray(0, kept).equals(this.mark)) return 'replaced';
    if (size === this.position) return this.rest(file);
    // a parser guesses the year of times without one from the day it was opened on
    if (Date.now() - this.openedOn > DAY && this.position === this.noted.position) await this.begin();
    const bytes = this.position === 0 ? withoutMark(read) : read.subarray(kept);
    const skipped = read.length - kept - bytes.length;
    const used = this.feed(bytes, read.length - kept < CHUNK);
    if (used === 0) return this.rest(file);
    this.advance(bytes.subarray(0, used), skipped);
    await this.note(file);
    return this.size > this.position ? 'more' : 'end';
  }

  /** Takes what stands behind the last line break too: the file won't grow any more. */
  async finish(): Promise<void> {
    const file = await this.handle();
    if (!file) return;
    if (this.size > this.position && this.inside === 'no') {
      const bytes = await readAt(file, this.position, Math.min(CHUNK, this.size - this.position));
      this.reading!.framer.push(Buffer.concat([bytes, Buffer.from('\n')]));
      this.advance(bytes, 0);
      await this.release(file);
    } else if (this.isHolding) await this.release(file);
  }

  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  /** Nothing whole is there: what the parser holds back goes in when the file rests. */
  private async rest(file: FileHandle): Promise<Pulled> {
    if (this.isHolding && Date.now() - this.grown > REST) await this.release(file);
    return 'end';
  }

  private async release(file: FileHandle): Promise<void> {
    const { reader, held } = this.reading!;
    reader.end();
    if (held) Object.assign(held, { lines: this.lines, records: reader.counts.records });
    this.noted = { position: this.position, lines: this.lines, records: reader.counts.records };
    await this.save(file);
  }

  /** @returns how many of the bytes were used */
  private feed(bytes: Buffer, isAll: boolean): number {
    let from = 0;
    if (this.inside !== 'no') {
      const end = bytes.indexOf(NEWLINE);
      const goesOn = end !== 0 && !(end === 1 && bytes[0] === RETURN);
      if (this.inside === 'taken' && goesOn) this.reading!.reader.refuse('', this.lines + 1, CUT_SHORT);
      this.inside = end < 0 ? 'refused' : 'no';
      if (end < 0) return bytes.length;
      from = end + 1;
    }
    const rest = bytes.subarray(from);
    let length = wholeRecords(rest, this.start.detected.framing);
    if (length === 0 && !isAll) length = rest.lastIndexOf(NEWLINE) + 1;
    if (length === 0 && !isAll) {
      this.reading!.reader.reject(rest.toString('utf8', 0, KEPT_TEXT), this.lines + 1, TOO_LONG);
      this.inside = 'refused';
      return bytes.length;
    }
    if (length > 0) this.reading!.framer.push(rest.subarray(0, length));
    return from + length;
  }

  private advance(used: Buffer, skipped: number): void {
    const { reader, held } = this.reading!;
    const before = { position: this.position + skipped, lines: this.lines };
    this.position += used.length + skipped;
    this.lines += countLines(used);
    this.mark = Buffer.concat([this.mark, used]).subarray(-MARK);
    this.sender.bytes += used.length;
    this.sender.last = Date.now();
    this.sender.first ||= this.sender.last;
    if (!held) this.noted = { position: this.position, lines: this.lines, records: reader.counts.records };
    else if (held.lines >= before.lines)
      this.noted = { ...held, position: before.position + afterLines(used, held.lines - before.lines) };
  }

  private async note(file: FileHandle): Promise<void> {
    // some parsers count events only at the end
    if (!this.reading!.held) this.reading!.reader.end();
    await this.save(file);
  }

  /** Adds how far it is to the batch that holds its rows. */
  private async save(file: FileHandle): Promise<void> {
    const { context, key, noted, sender } = this;
    const { connector } = this.start.detected;
    const { counts } = this.reading!.reader;
    sender.messages += counts.events + counts.rejected;
    sender.rejected += counts.rejected;
    if (sender.connectors[0] !== connector.name) sender.connectors.unshift(connector.name);
    this.events += counts.events;
    this.rejected += counts.rejected;
    for (const [table, rows] of Object.entries(counts.byTable)) {
      this.byTable[table] = (this.byTable[table] ?? 0) + rows;
      delete counts.byTable[table];
    }
    counts.events = 0;
    counts.rejected = 0;
    const entry: FileEntry = {
      id: this.id,
      path: this.path,
      ...(await identifyEnds(file, noted.position)),
      connector: connector.name,
      target: this.seen.target.table ?? '',
      status: 'complete',
      records: noted.records,
      events: this.events,
      rejected: this.rejected,
      byTable: { ...this.byTable },
      note: '',
    };
    const followed = { fileId: entry.id, key, position: noted.position, lines: noted.lines };
    context.entries.set(entry.id, entry);
    context.followed.set(key, followed);
    context.batcher.note(entry);
    context.batcher.also(`followed ${entry.id}`, (connection) => saveFollowed(connection, followed));
  }
}

/** Where so many lines end. */
function afterLines(bytes: Buffer, lines: number): number {
  let at = 0;
  for (let left = lines; left > 0; left--) at = bytes.indexOf(NEWLINE, at) + 1;
  return at;
}
