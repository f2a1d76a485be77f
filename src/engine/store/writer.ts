import type { DuckDBConnection } from '@duckdb/node-api';
import { SQL_TYPE } from '../../kql/sql/duckdb/literal.js';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { knownSchema } from '../../tables/known.js';
import { addTable, type Catalogue, extendTable, relationOf, type TableState } from './catalogue.js';
import { type FileEntry, saveFile } from './files.js';
import { withIngestSettings } from './ingest-settings.js';
import { type InsertColumn, Inserter } from './insert.js';
import type { WritableStore } from './open.js';
import { forgetRefusal, insertRejected, type RejectedRecord } from './rejected.js';
import type { FilledColumn, Part } from './segment.js';
import { type BufferedRows, TableBuffer } from './table-buffer.js';

/** What goes in together or not at all: rows, rejected records and how far their files got with them. */
export interface Batch {
  readonly rows: readonly BufferedRows[];
  readonly rejected: readonly RejectedRecord[];
  readonly files: readonly FileEntry[];
  /** Files whose refusal as a whole no longer holds. */
  readonly forget?: readonly number[];
}

/** A transaction ends after this many rows or this time, whichever comes first: what a kill can cost. */
const ROWS_A_COMMIT = 245_760;
const MILLISECONDS_A_COMMIT = 3_000;
/** Batches handed over and not yet written: a commit takes as long as several batches take to read. */
const BATCHES_WAITING = 4;

/**
 * Writes batches one after the other while the caller prepares the next one. One transaction holds many batches;
 * files' progress is saved when it ends.
 */
export interface Writer {
  /** A buffer for a table's rows, with the types of its columns: those stored, those known, and `schema` of the connector. */
  buffer(table: string, schema?: ColumnTypes): TableBuffer;
  /** Hands over a batch; resolves when few enough are waiting to be written. */
  put(batch: Batch): Promise<void>;
  /** Resolves when everything handed over is committed. */
  flush(): Promise<void>;
}

/** Runs `work` with a writer; commits what was handed over when it ends, even when it throws. */
export function withWriter<T>(
  store: WritableStore,
  work: (writer: Writer, connection: DuckDBConnection) => Promise<T>,
  rowsACommit = ROWS_A_COMMIT,
): Promise<T> {
  return store.exclusive((connection, catalogue) =>
    withIngestSettings(connection, store.path !== undefined, async () => {
      const writing = new Writing(store, connection, catalogue, rowsACommit);
      try {
        return await work(writing, connection);
      } finally {
        await writing.close();
      }
    }),
  );
}

class Writing implements Writer {
  private readonly inserter: Inserter;
  private readonly definitions = new Map<string, ColumnTypes>();
  private readonly progress = new Map<number, FileEntry>();
  private tail: Promise<void> = Promise.resolve();
  private readonly pending: Promise<void>[] = [];
  private failed = false;
  private open = false;
  private since = 0;
  private rows = 0;

  constructor(
    private readonly store: WritableStore,
    private readonly connection: DuckDBConnection,
    private readonly catalogue: Catalogue,
    private readonly rowsACommit: number,
  ) {
    this.inserter = new Inserter(connection);
  }

  buffer(table: string, schema: ColumnTypes = {}): TableBuffer {
    const stored = this.catalogue.get(table);
    const known = knownSchema(table);
    // known columns come first and have the last word; a table that nobody knows has at least its time
    const defined: ColumnTypes =
      known || Object.keys(schema).length > 0 ? { ...known, ...schema, ...known } : ANY_TABLE;
    const storedColumns = [...(stored?.columns.values() ?? [])].map(({ name, type }) => [name, type] as const);
    if (!stored) this.definitions.set(table, defined);
    const layout = new Map<string, KqlType>([...Object.entries(defined), ...storedColumns]);
    const namesItself = stored ? stored.columns.get('Type')?.literal === table : known?.Type === 'string';
    const present = stored ? stored.columns.keys() : Object.keys(defined);
    return new TableBuffer(table, layout, present, namesItself ? 'Type' : undefined);
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
    this.tail = this.guarded(() => this.commit());
    await this.tail;
  }

  async close(): Promise<void> {
    try {
      if (!this.failed) await this.flush();
    } finally {
      this.inserter.close();
    }
  }

  private write(batch: Batch): Promise<void> {
    return this.guarded(async () => {
      // changes of shape commit what was before: none may come between the rows of a batch
      for (const rows of batch.rows) await this.prepareTable(rows);
      await this.begin();
      for (const rows of batch.rows) await this.writeRows(rows);
      for (const id of batch.forget ?? []) await forgetRefusal(this.connection, id);
      if (batch.rejected.length > 0) await insertRejected(this.inserter, batch.rejected);
      for (const file of batch.files) this.progress.set(file.id, file);
      if (this.rows >= this.rowsACommit || performance.now() - this.since > MILLISECONDS_A_COMMIT) await this.commit();
    });
  }

  /** Runs a step of writing; when it fails, nothing since the last commit stays, and nothing more is written. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.failed = true;
      if (this.open) await this.connection.run('ROLLBACK').catch(() => {});
      this.open = false;
      await this.store.reload();
      throw error;
    }
  }

  private async begin(): Promise<void> {
    if (this.open) return;
    await this.connection.run('BEGIN');
    this.open = true;
    this.since = performance.now();
  }

  private async commit(): Promise<void> {
    if (!this.open) return;
    for (const file of this.progress.values()) await saveFile(this.connection, file);
    await this.connection.run('COMMIT');
    this.open = false;
    this.rows = 0;
    this.progress.clear();
    this.store.publish();
  }

  private async writeRows({ table: name, rows, columns }: BufferedRows): Promise<void> {
    const table = this.catalogue.get(name)!;
    const filled = columns.map((column): InsertColumn => ({ ...insertColumn(table, column), cells: column.cells }));
    await this.inserter.insert(relationOf(table), rows, filled.length > 0 ? filled : [anchorColumn(table)]);
    this.rows += rows;
  }

  /** Brings the table to the shape the rows need. Changes of shape start a transaction of their own, as DuckDB likes it. */
  private async prepareTable(rows: BufferedRows): Promise<void> {
    const found = this.catalogue.get(rows.table);
    const needed = rows.columns;
    const isMissing = ({ name, part }: FilledColumn): boolean =>
      found?.columns.get(name)?.[PLACE_OF_PART[part]] === undefined;
    const isExact = (name: string): boolean => found?.columns.get(name)?.exact !== false;
    if (found && !needed.some(isMissing) && !rows.inexact.some(isExact)) return;

    await this.commit();
    await this.begin();
    const named = (part: Part): string[] => needed.filter((column) => column.part === part).map(({ name }) => name);
    const table = found ?? (await this.define(rows.table, rows.newColumns, named('value')));
    await extendTable(this.connection, table, {
      columns: rows.newColumns,
      values: named('value'),
      ipv4: named('ipv4'),
      ipv6: named('ipv6'),
      inexact: rows.inexact.filter((name) => table.columns.has(name)),
    });
  }

  private define(name: string, met: ColumnTypes, needed: readonly string[]): Promise<TableState> {
    const columns = { ...this.definitions.get(name), ...met };
    const literals = knownSchema(name)?.Type === 'string' ? { Type: name } : undefined;
    return addTable(this.connection, this.catalogue, name, columns, { literals, needed });
  }
}

const ANY_TABLE: ColumnTypes = { TimeGenerated: 'datetime' };

const PLACE_OF_PART = { value: 'physical', ipv4: 'ipv4', ipv6: 'ipv6' } as const;

function insertColumn(table: TableState, { name, part }: FilledColumn): InsertColumn {
  const column = table.columns.get(name)!;
  if (part === 'ipv4') return { name: column.ipv4!, type: 'UINTEGER' };
  if (part === 'ipv6') return { name: column.ipv6!, type: 'UHUGEINT' };
  return { name: column.physical!, type: SQL_TYPE[column.type], literal: column.literal };
}

/** A row without any value still is a row. */
function anchorColumn(table: TableState): InsertColumn {
  const column = [...table.columns.values()].find(({ physical }) => physical !== undefined)!;
  return { name: column.physical!, type: SQL_TYPE[column.type] };
}
