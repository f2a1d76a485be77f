import type { WritableStore } from '../../engine/store/open.js';
import type { TableBuffer } from '../../engine/store/table-buffer.js';
import { type Batch, releaseBatch, Transaction } from '../../engine/store/transaction.js';
import { unwritten } from '../../engine/store/unwritten.js';
import { ROWS_A_GROUP, type TableBuffers, tableBuffers, type Writer } from '../../engine/store/writer.js';
import type { ColumnTypes } from '../../kql/types.js';

/** A transaction ends when its first rows are this old: with what collects before, less than two seconds from socket to query. */
const MILLISECONDS_A_COMMIT = 500;
/**
 * Or this old, when it is about to fill a row group. DuckDB writes a full one straight to the file; what is less goes to its log
 * and is compressed later; what is more becomes a small row group, and everything near it is written again to merge it.
 */
const MILLISECONDS_A_GROUP = 1_300;
/** Rows of a table after `MILLISECONDS_A_COMMIT` that promise a row group in time. */
const ROWS_PROMISING = 0.4 * ROWS_A_GROUP;
/** Somebody waits for an answer: others that come within this time share the commit. */
const MILLISECONDS_SHARED = 5;
/** Batches not yet committed, from which on there is no room. */
const BATCHES_WAITING = 12;
const FIRST_RETRY = 1_000;
const LAST_RETRY = 30_000;
/** Errors of DuckDB that are the machine's: no space, no memory, a disk that fails. */
const MACHINE =
  /no space|not enough space|out of memory|could not (?:write|read|open|sync|allocate)|IO Error|input\/output/i;

/** What goes wrong in writing, as long as it does. */
export interface WritingProblem {
  readonly message: string;
  /** Unix ms. */
  readonly since: number;
  readonly attempts: number;
}

/**
 * Writes what streams bring for as long as the process lives. Batches are kept until they are committed: when writing fails
 * (no space, say) they are written again until it succeeds, and meanwhile there is no room for more.
 */
export interface LiveWriter extends Writer {
  /** Whether senders had better wait. */
  readonly isFull: boolean;
  /** Resolves when there is room; at once when there is. */
  room(): Promise<void>;
  /** Whether batches wait to be written: one more would not be there any sooner. */
  readonly isBehind: boolean;
  /** Batches handed over and not committed. */
  readonly waiting: number;
  readonly problem: WritingProblem | undefined;
  /** Rows committed since the start. */
  readonly rows: number;
  /** Writes what is left, and stops. Rejects when that fails: nothing is tried again then. */
  close(): Promise<void>;
}

export const openLiveWriter = (store: WritableStore): LiveWriter => new Live(store);

class Live implements LiveWriter {
  rows = 0;
  problem: WritingProblem | undefined;
  private readonly buffers: TableBuffers;
  private readonly transaction: Transaction;
  /** Handed over, not yet written. */
  private queue: Batch[] = [];
  /** Written in the open transaction. */
  private written: Batch[] = [];
  /** Rows in the open transaction. */
  private readonly byTable = new Map<string, number>();
  /** Batches committed since the start, and those handed over. */
  private done = 0;
  private handedOver = 0;
  private readonly flushes: { readonly upTo: number; resolve(): void; reject(error: unknown): void }[] = [];
  private readonly roomers: (() => void)[] = [];
  private wake: () => void = () => {};
  private closing = false;
  private readonly running: Promise<void>;

  constructor(store: WritableStore) {
    this.buffers = tableBuffers(store);
    this.transaction = new Transaction(store, this.buffers.definitions, () => this.committed());
    this.running = this.run();
  }

  get waiting(): number {
    return this.queue.length + this.written.length;
  }

  get isBehind(): boolean {
    return this.queue.length > 1;
  }

  get isFull(): boolean {
    return this.waiting >= BATCHES_WAITING;
  }

  buffer(table: string, schema?: ColumnTypes): TableBuffer {
    return this.buffers.buffer(table, schema);
  }

  put(batch: Batch): Promise<void> {
    this.queue.push(batch);
    this.handedOver++;
    this.wake();
    return this.room();
  }

  room(): Promise<void> {
    return this.isFull ? new Promise((resolve) => this.roomers.push(resolve)) : Promise.resolve();
  }

  flush(): Promise<void> {
    if (this.done === this.handedOver) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.flushes.push({ upTo: this.handedOver, resolve, reject });
      this.wake();
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    this.wake();
    await this.running;
    this.transaction.close();
  }

  private async run(): Promise<void> {
    while (!this.closing || this.waiting > 0) {
      try {
        const next = this.queue[0];
        if (next) {
          if (this.overfills(next)) await this.transaction.commit();
          await this.transaction.write(next);
          // what a change of shape committed meanwhile did not hold it
          this.written.push(this.queue.shift()!);
          for (const { table, rows } of next.rows) this.byTable.set(table, this.rowsOf(table) + rows);
        }
        if (this.isDue()) await this.transaction.commit();
        else if (this.queue.length === 0) await this.sleep(this.untilDue());
      } catch (error) {
        if (this.closing) return this.giveUp(error);
        await this.failed(error);
      }
    }
  }

  private isDue(): boolean {
    if (this.written.length === 0) return false;
    const rest = this.queue.length === 0;
    return this.mostRows() >= ROWS_A_GROUP || this.untilDue() <= 0 || (rest && this.closing);
  }

  private untilDue(): number {
    if (this.written.length === 0) return 60_000;
    const age = performance.now() - this.transaction.since;
    if (this.flushes.length > 0) return MILLISECONDS_SHARED - age;
    return (this.mostRows() >= ROWS_PROMISING ? MILLISECONDS_A_GROUP : MILLISECONDS_A_COMMIT) - age;
  }

  private rowsOf(table: string): number {
    return this.byTable.get(table) ?? 0;
  }

  private mostRows(): number {
    return Math.max(0, ...this.byTable.values());
  }

  /** Whether a table would get more rows in the transaction than a row group has. */
  private overfills({ rows }: Batch): boolean {
    return rows.some((of) => this.rowsOf(of.table) > 0 && this.rowsOf(of.table) + of.rows > ROWS_A_GROUP);
  }

  private committed(): void {
    const { written } = this;
    this.written = [];
    this.byTable.clear();
    this.done += written.length;
    this.problem = undefined;
    for (const batch of written) {
      for (const { rows } of batch.rows) this.rows += rows;
      releaseBatch(batch);
    }
    while (this.flushes[0] && this.flushes[0].upTo <= this.done) this.flushes.shift()!.resolve();
    if (!this.isFull) for (const resolve of this.roomers.splice(0)) resolve();
  }

  private async failed(error: unknown): Promise<void> {
    const { message } = error as Error;
    const alone = this.written.length === 0;
    this.queue = [...this.written, ...this.queue];
    this.written = [];
    this.byTable.clear();
    const { since = Date.now(), attempts = 0 } = this.problem ?? {};
    this.problem = { message, since, attempts: attempts + 1 };
    // the machine may recover; a batch that DuckDB refuses, though nothing was written before it, will be refused again
    if (alone && !MACHINE.test(message)) this.setAside(message);
    else await this.sleep(Math.min(FIRST_RETRY * 2 ** attempts, LAST_RETRY), true);
  }

  /** Keeps the rows of the first batch among the rejected. */
  private setAside(reason: string): void {
    const [first] = this.queue;
    if (!first || first.rows.length === 0) return;
    this.queue[0] = { ...first, rows: [], rejected: unwritten(first, reason) };
    releaseBatch(first);
  }

  private giveUp(error: unknown): void {
    for (const { reject } of this.flushes.splice(0)) reject(error);
    throw error;
  }

  /** @param deaf whether batches handed over meanwhile don't end it: closing does */
  private async sleep(ms: number, deaf = false): Promise<void> {
    if (ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        if (deaf && !this.closing) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => {};
  }
}
