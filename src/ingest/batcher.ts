import type { DuckDBConnection } from '@duckdb/node-api';
import type { FileEntry } from '../engine/store/files.js';
import type { RejectedRecord } from '../engine/store/rejected.js';
import type { TableBuffer } from '../engine/store/table-buffer.js';
import type { Batch } from '../engine/store/transaction.js';
import { ROWS_A_GROUP, type Writer } from '../engine/store/writer.js';
import type { ColumnTypes, KqlType } from '../kql/types.js';

/** A batch is handed over at this many rows or characters of text: enough to keep DuckDB busy, little enough for the memory. */
const ROWS = ROWS_A_GROUP / 6;
const CHARACTERS = 16 * 1_048_576;
const REJECTED = 5_000;

/** Collects rows of all tables, rejected records and progress until they make a batch. */
export class Batcher {
  readonly newColumns: Record<string, Record<string, KqlType>> = {};
  readonly misfits: Record<string, Record<string, number>> = {};
  private readonly buffers = new Map<string, TableBuffer>();
  private readonly files = new Map<number, FileEntry>();
  private readonly forgotten = new Set<number>();
  private readonly writes = new Map<string, (connection: DuckDBConnection) => Promise<void>>();
  private rejected: RejectedRecord[] = [];
  private rejectedSize = 0;
  private readonly ready: Batch[] = [];

  /** @param rowsABatch rows of a table from which on a batch is cut; without end, all goes in together */
  constructor(
    private readonly writer: Writer,
    private readonly rowsABatch = ROWS,
  ) {}

  /** The buffer of a table; `schema` has the types of columns that neither the workspace nor the known schemas have. */
  buffer(table: string, schema: ColumnTypes): TableBuffer {
    let buffer = this.buffers.get(table);
    if (buffer === undefined) {
      buffer = this.writer.buffer(table, schema);
      this.buffers.set(table, buffer);
    } else buffer.learn(schema);
    return buffer;
  }

  reject(record: RejectedRecord): void {
    this.rejected.push(record);
    this.rejectedSize += record.text.length;
  }

  /** Notes how far a file is; only whole records may be in the buffers now. */
  note(file: FileEntry): void {
    this.files.set(file.id, file);
  }

  /** What else is to be written with the rows; the last of a name counts. */
  also(name: string, write: (connection: DuckDBConnection) => Promise<void>): void {
    this.writes.set(name, write);
  }

  forget(fileId: number): void {
    this.forgotten.add(fileId);
  }

  /** Whether nothing has collected. */
  isEmpty(): boolean {
    const held = this.files.size + this.forgotten.size + this.writes.size + this.rejected.length + this.ready.length;
    return held === 0 && [...this.buffers.values()].every((buffer) => buffer.rows === 0);
  }

  isFull(): boolean {
    let rows = 0;
    let size = this.rejectedSize;
    for (const buffer of this.buffers.values()) {
      rows += buffer.rows;
      size += buffer.size;
    }
    return rows >= ROWS || size >= CHARACTERS || this.rejected.length >= REJECTED;
  }

  /** Whether a table has a good part of the rows of a batch. */
  isFilling(): boolean {
    return [...this.buffers.values()].some(({ rows }) => rows >= 0.3 * this.rowsABatch);
  }

  /** Whether a table has all the rows of a batch. */
  isDue(buffer: TableBuffer): boolean {
    return buffer.rows >= this.rowsABatch;
  }

  /** Hands over everything. @param ids what senders call it, where they may send it again */
  handOver(ids: readonly string[] = []): Promise<void> {
    this.cut(ids);
    return this.handOverReady();
  }

  /** Hands over the batches that were cut. */
  async handOverReady(): Promise<void> {
    for (const batch of this.ready.splice(0)) await this.writer.put(batch);
  }

  /** Makes a batch of what has collected, to be handed over later. */
  cut(ids: readonly string[] = []): void {
    const rows = [...this.buffers.values()].filter((buffer) => buffer.rows > 0).map((buffer) => buffer.take());
    for (const { table, newColumns, misfits } of rows) {
      if (Object.keys(newColumns).length > 0) this.newColumns[table] = { ...this.newColumns[table], ...newColumns };
      for (const [column, count] of Object.entries(misfits)) {
        const counts = this.misfits[table] ?? {};
        this.misfits[table] = { ...counts, [column]: (counts[column] ?? 0) + count };
      }
    }
    const batch: Batch = {
      rows,
      rejected: this.rejected,
      files: [...this.files.values()],
      forget: [...this.forgotten],
      ids,
      also: [...this.writes.values()],
    };
    this.rejected = [];
    this.rejectedSize = 0;
    this.files.clear();
    this.forgotten.clear();
    this.writes.clear();
    this.ready.push(batch);
  }
}
