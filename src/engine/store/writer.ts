import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { knownSchema } from '../../tables/known.js';
import { withIngestSettings } from './ingest-settings.js';
import type { WritableStore } from './open.js';
import { TableBuffer } from './table-buffer.js';
import { type Batch, releaseBatch, Transaction } from './transaction.js';

/** Rows of DuckDB's row groups. One that a commit leaves part full goes through the log, and is written again with its neighbours. */
export const ROWS_A_GROUP = 122_880;
/** A transaction ends after this many rows or this time, whichever comes first: what a kill can cost. */
const ROWS_A_COMMIT = 2 * ROWS_A_GROUP;
const MILLISECONDS_A_COMMIT = 3_000;
/** It waits so much longer for a row group to become full. */
const MILLISECONDS_MORE = 3_000;
/** Batches handed over and not yet written: a commit takes as long as several batches take to read. */
const BATCHES_WAITING = 4;

/** Makes buffers for rows that are going to be written. */
export interface TableBuffers {
  /** A buffer for a table's rows, with the types of its columns: those stored, those known, and `schema` of the connector. */
  buffer(table: string, schema?: ColumnTypes): TableBuffer;
  /** The columns of tables that a buffer was made for and the store didn't have. */
  readonly definitions: ReadonlyMap<string, ColumnTypes>;
}

/**
 * Writes batches one after the other while the caller prepares the next one. One transaction holds many batches;
 * files' progress is saved when it ends.
 */
export interface Writer extends Pick<TableBuffers, 'buffer'> {
  /** Hands over a batch; resolves when few enough are waiting to be written. */
  put(batch: Batch): Promise<void>;
  /** Resolves when everything handed over is committed. */
  flush(): Promise<void>;
}

/**
 * Runs `work` with a writer; commits what was handed over when it ends, even when it throws.
 * @param alone whether the process does nothing else meanwhile, and DuckDB may be set for inserting alone
 */
export async function withWriter<T>(
  store: WritableStore,
  work: (writer: Writer) => Promise<T>,
  rowsACommit = ROWS_A_COMMIT,
  alone = true,
): Promise<T> {
  const write = async (): Promise<T> => {
    const writing = new Writing(store, rowsACommit);
    try {
      return await work(writing);
    } finally {
      await writing.close();
    }
  };
  return alone ? withIngestSettings(store, write) : write();
}

class Writing implements Writer {
  private readonly buffers: TableBuffers;
  private readonly transaction: Transaction;
  private tail: Promise<void> = Promise.resolve();
  private readonly pending: Promise<void>[] = [];
  private failed = false;

  constructor(
    store: WritableStore,
    private readonly rowsACommit: number,
  ) {
    this.buffers = tableBuffers(store);
    this.transaction = new Transaction(store, this.buffers.definitions);
  }

  buffer(table: string, schema?: ColumnTypes): TableBuffer {
    return this.buffers.buffer(table, schema);
  }

  async put(batch: Batch): Promise<void> {
    while (this.pending.length >= BATCHES_WAITING) await this.pending[0];
    const written = this.tail.then(() => this.write(batch));
    this.tail = written;
    this.pending.push(written);
    // one that failed stays, so that whoever comes next hears of it
    written.then(
      () => this.pending.shift(),
      () => {},
    );
  }

  async flush(): Promise<void> {
    await this.tail;
    this.tail = this.guarded(() => this.transaction.commit());
    await this.tail;
  }

  async close(): Promise<void> {
    try {
      if (!this.failed) await this.flush();
    } finally {
      this.transaction.close();
    }
  }

  private write(batch: Batch): Promise<void> {
    const { transaction } = this;
    return this.guarded(async () => {
      await transaction.write(batch);
      releaseBatch(batch);
      const age = performance.now() - transaction.since;
      const patience = transaction.rows % ROWS_A_GROUP === 0 ? 0 : MILLISECONDS_MORE;
      const late = age > MILLISECONDS_A_COMMIT + patience;
      if (late || transaction.rows >= this.rowsACommit) await transaction.commit();
    });
  }

  /** After a step that failed nothing more is written. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failed = true;
      throw error;
    }
  }
}

export function tableBuffers(store: WritableStore): TableBuffers {
  const definitions = new Map<string, ColumnTypes>();
  return {
    definitions,
    buffer(table, schema = {}) {
      const stored = store.table(table);
      const known = knownSchema(table);
      // known columns come first and have the last word; a table that nobody knows has at least its time
      const defined: ColumnTypes =
        known || Object.keys(schema).length > 0 ? { ...known, ...schema, ...known } : ANY_TABLE;
      const storedColumns = (stored?.columns ?? []).map(({ name, type }) => [name, type] as const);
      if (!stored) definitions.set(table, defined);
      const layout = new Map<string, KqlType>([...Object.entries(defined), ...storedColumns]);
      const namesItself = stored ? stored.literals.get('Type') === table : known?.Type === 'string';
      const present = stored ? stored.columns.map(({ name }) => name) : Object.keys(defined);
      return new TableBuffer(table, layout, present, namesItself ? 'Type' : undefined);
    },
  };
}

const ANY_TABLE: ColumnTypes = { TimeGenerated: 'datetime' };
