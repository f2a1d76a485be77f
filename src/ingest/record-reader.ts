import { REJECTED_TEXT_LIMIT } from '../engine/store/rejected.js';
import type { Row } from '../engine/store/row.js';
import type { TableBuffer } from '../engine/store/table-buffer.js';
import type { ColumnTypes } from '../kql/types.js';
import type { Batcher } from './batcher.js';
import { type Connector, type Parser, type RawLine, Reject, type SourceRecord } from './connector.js';
import type { RecordSink } from './framing.js';

export interface ReadCounts {
  /** Records consumed, those of earlier runs included. */
  records: number;
  /** Events, rejected records and rows of this run. */
  events: number;
  rejected: number;
  readonly byTable: Record<string, number>;
}

export interface ReadTarget {
  readonly fileId: number;
  readonly path: string;
  readonly connector: Connector;
  readonly parser: Parser;
  /** Buffers that the parser writes into cell by cell; more may come up with the first records. */
  readonly direct: readonly TableBuffer[];
  /** Types of columns that the source said (Parquet), by table. */
  readonly declared: Readonly<Record<string, ColumnTypes>>;
  /** Records that earlier runs consumed: parsed again for the parser's state, their rows not taken. */
  readonly skip: number;
  /** Whether the parser had been ended after those. */
  readonly ended: boolean;
  /** Whether the last of those has more text now than it had then. */
  readonly cutShort: boolean;
}

const CUT_SHORT =
  'the file ended inside this line when it was first read: the event is in as it stood then, what came after is not';

/** Passes records through a connector's parser into the batcher; a record's rows go in together or not at all. */
export class RecordReader implements RecordSink {
  readonly counts: ReadCounts = { records: 0, events: 0, rejected: 0, byTable: {} };
  private readonly touched: TableBuffer[] = [];
  private readonly marks: number[] = [];
  /** Called between records when a table has all the rows of a batch. */
  whenDue = (): void => {};
  private readonly buffers = new Map<string, TableBuffer>();
  private due = false;

  constructor(
    private readonly batcher: Batcher,
    private readonly target: ReadTarget,
  ) {}

  record(record: SourceRecord, line: number, envelope?: Readonly<Record<string, unknown>>): void {
    if (this.counts.records < this.target.skip) {
      this.replay(record, line, envelope);
      return;
    }
    this.counts.records++;
    const reason = this.attempt(record, line, envelope);
    if (reason !== undefined) this.refuse(textOf(record), line, reason);
    if (this.takeDue()) this.whenDue();
  }

  /** Whether a table has got all the rows of a batch since this was asked last. */
  takeDue(): boolean {
    const { due } = this;
    this.due = false;
    return due;
  }

  /** Passes a record through the parser. @returns why the connector doesn't take it; nothing of it is kept then */
  attempt(record: SourceRecord, line: number, envelope?: Readonly<Record<string, unknown>>): string | undefined {
    this.mark();
    try {
      if (this.target.parser.parse(record, this.emit, { line, envelope }) === 'event') this.counts.events++;
      this.keep();
      return undefined;
    } catch (error) {
      this.giveBack();
      return this.reasonOf(error);
    }
  }

  reject(text: string, line: number, reason: string): void {
    this.counts.records++;
    if (this.counts.records > this.target.skip) this.refuse(text, line, reason);
  }

  /** The rest of the source cannot be read; that counts as rejected, not as a record. */
  lose(reason: string): void {
    this.refuse('', 0, reason);
  }

  /** After the last record. */
  end(): void {
    try {
      this.counts.events += this.target.parser.end?.(this.emit) ?? 0;
      this.keep();
    } catch (error) {
      this.giveBack();
      this.refuse('', 0, this.reasonOf(error));
    }
  }

  /** Remembers where the rows written cell by cell begin. */
  private mark(): void {
    const { direct } = this.target;
    for (let at = 0; at < direct.length; at++) {
      const buffer = direct[at]!;
      buffer.beginRow();
      this.touched.push(buffer);
      this.marks.push(buffer.rows);
    }
  }

  private replay(record: SourceRecord, line: number, envelope?: Readonly<Record<string, unknown>>): void {
    this.counts.records++;
    const { parser, skip, ended, cutShort } = this.target;
    this.mark();
    try {
      parser.parse(record, () => {}, { line, envelope });
    } catch {
      // it was rejected then
    }
    this.giveBack();
    if (this.counts.records < skip) return;
    if (ended) parser.end?.(() => {});
    if (cutShort) this.refuse(textOf(record), line, CUT_SHORT);
  }

  private readonly emit = (table: string, row: Row): void => {
    let buffer = this.buffers.get(table);
    if (buffer === undefined) {
      buffer = this.batcher.buffer(table, this.target.connector.schemas?.[table] ?? {});
      buffer.learn(this.target.declared[table] ?? {});
      this.buffers.set(table, buffer);
    }
    if (this.touched[this.touched.length - 1] !== buffer && !this.touched.includes(buffer)) {
      this.touched.push(buffer);
      this.marks.push(buffer.rows);
    }
    buffer.add(row);
  };

  private keep(): void {
    const { touched, marks } = this;
    if (touched.length === 0) return;
    const { byTable } = this.counts;
    for (let at = 0; at < touched.length; at++) {
      const buffer = touched[at]!;
      const { table, rows } = buffer;
      if (this.batcher.isDue(buffer)) this.due = true;
      if (rows > marks[at]!) byTable[table] = (byTable[table] ?? 0) + rows - marks[at]!;
    }
    touched.length = 0;
    marks.length = 0;
  }

  private giveBack(): void {
    this.touched.forEach((buffer, at) => {
      buffer.rollback(this.marks[at]!);
    });
    this.touched.length = 0;
    this.marks.length = 0;
  }

  /** Keeps a record among the rejected. @param from what it came from, where that isn't the target's path */
  refuse(text: string, line: number, reason: string, from = this.target.path): void {
    this.counts.rejected++;
    const { fileId, connector } = this.target;
    this.batcher.reject({
      fileId,
      file: from,
      line,
      connector: connector.name,
      reason,
      text: text.slice(0, REJECTED_TEXT_LIMIT),
    });
  }

  private reasonOf(error: unknown): string {
    if (error instanceof Reject) return error.message;
    if (error instanceof RangeError) return 'the record is nested too deeply';
    return `the connector ${this.target.connector.name} failed on this record: ${(error as Error).message}`;
  }
}

function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  if (isRawLine(record)) return record.source.bytes.toString('utf8', record.start, record.end);
  try {
    return JSON.stringify(record, (_key, value) => (typeof value === 'bigint' ? String(value) : value)) ?? '';
  } catch {
    return '';
  }
}

const isRawLine = (record: SourceRecord): record is RawLine =>
  (record as RawLine | null)?.source?.view instanceof DataView;
