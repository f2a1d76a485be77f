import type { DuckDBConnection } from '@duckdb/node-api';
import { SQL_TYPE } from '../../kql/sql/duckdb/literal.js';
import type { ColumnTypes } from '../../kql/types.js';
import { knownSchema } from '../../tables/known.js';
import { rememberBatch } from './batches.js';
import { giveBack } from './buffer-pool.js';
import { addTable, type Catalogue, extendTable, relationOf, type TableState } from './catalogue.js';
import { type FileEntry, saveFile } from './files.js';
import { type InsertColumn, Inserter } from './insert.js';
import type { WritableStore } from './open.js';
import { forgetRefusal, insertRejected, type RejectedRecord } from './rejected.js';
import type { FilledColumn, Part } from './segment.js';
import type { BufferedRows } from './table-buffer.js';

/** What goes in together or not at all: rows, rejected records and how far their files got with them. */
export interface Batch {
  readonly rows: readonly BufferedRows[];
  readonly rejected: readonly RejectedRecord[];
  readonly files: readonly FileEntry[];
  /** Files whose refusal as a whole no longer holds. */
  readonly forget?: readonly number[];
  /** What senders call the batches whose rows are in it, so that one sent again is known. */
  readonly ids?: readonly string[];
  /** What else is to be written with the rows. */
  readonly also?: readonly ((connection: DuckDBConnection) => Promise<void>)[];
}

/** The store's one writing connection, for as long as nobody else may write. */
interface Turn {
  readonly connection: DuckDBConnection;
  readonly catalogue: Catalogue;
  end(): void;
}

/**
 * Writes batches in transactions. Each takes a turn at the store: between them others may write.
 * A step that fails undoes everything since the last commit.
 */
export class Transaction {
  /** Rows written since the last commit. */
  rows = 0;
  /** When the first of them was written (`performance.now()`). */
  since = 0;
  private turn: Turn | undefined;
  private inserter: Inserter | undefined;
  private readonly progress = new Map<number, FileEntry>();

  /**
   * @param definitions types of the columns of tables that don't exist yet
   * @param committed called after each commit: everything written until then is safe
   */
  constructor(
    private readonly store: WritableStore,
    private readonly definitions: ReadonlyMap<string, ColumnTypes>,
    private readonly committed: () => void = () => {},
  ) {}

  get isOpen(): boolean {
    return this.turn !== undefined;
  }

  /** Writes a batch; its bytes stay its owner's (`releaseBatch`). May commit what was written before, never a part of the batch. */
  write(batch: Batch): Promise<void> {
    return this.guarded(async () => {
      // changes of shape commit what was before: none may come between the rows of a batch
      const fitting: BufferedRows[] = [];
      for (const rows of batch.rows) fitting.push(await this.prepareTable(rows));
      const { connection, catalogue } = await this.begin();
      this.inserter ??= new Inserter(connection);
      for (const rows of fitting) await this.writeRows(rows, catalogue);
      for (const id of batch.forget ?? []) await forgetRefusal(connection, id);
      if (batch.rejected.length > 0) await insertRejected(this.inserter, batch.rejected);
      for (const file of batch.files) this.progress.set(file.id, file);
      for (const id of batch.ids ?? []) await rememberBatch(connection, id);
      for (const write of batch.also ?? []) await write(connection);
    });
  }

  commit(): Promise<void> {
    return this.guarded(async () => {
      const { turn } = this;
      if (!turn) return;
      for (const file of this.progress.values()) await saveFile(turn.connection, file);
      await turn.connection.run('COMMIT');
      this.progress.clear();
      this.rows = 0;
      this.store.publish();
      this.endTurn();
      this.committed();
    });
  }

  close(): void {
    this.inserter?.close();
    this.inserter = undefined;
  }

  /** Runs a step of writing; when it fails, nothing since the last commit stays. */
  private async guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { turn } = this;
      if (turn) {
        await turn.connection.run('ROLLBACK').catch(() => {});
        await this.store.reload().catch(() => {});
      }
      this.progress.clear();
      this.rows = 0;
      this.endTurn();
      throw error;
    }
  }

  private async begin(): Promise<Turn> {
    if (this.turn) return this.turn;
    const turn = await takeTurn(this.store);
    this.turn = turn;
    await turn.connection.run('BEGIN');
    this.since = performance.now();
    return turn;
  }

  private endTurn(): void {
    const { turn } = this;
    this.turn = undefined;
    turn?.end();
  }

  private async writeRows({ table: name, rows, columns }: BufferedRows, catalogue: Catalogue): Promise<void> {
    const table = catalogue.get(name)!;
    const filled = columns.map((column): InsertColumn => ({ ...insertColumn(table, column), cells: column.cells }));
    await this.inserter!.insert(relationOf(table), rows, filled.length > 0 ? filled : [anchorColumn(table)]);
    this.rows += rows;
  }

  /**
   * Brings the table to the shape the rows need. Changes of shape start a transaction of their own, as DuckDB likes it.
   * @returns the rows as the table can take them
   */
  private async prepareTable(collected: BufferedRows): Promise<BufferedRows> {
    const rows = fittingInto((await this.begin()).catalogue.get(collected.table), collected);
    const needed = rows.columns;
    const fits = (table: TableState | undefined): boolean =>
      table !== undefined &&
      needed.every(({ name, part }) => table.columns.get(name)?.[PLACE_OF_PART[part]] !== undefined) &&
      rows.inexact.every((name) => table.columns.get(name)?.exact === false);
    if (fits((await this.begin()).catalogue.get(rows.table))) return rows;

    await this.commit();
    const { connection, catalogue } = await this.begin();
    const found = catalogue.get(rows.table);
    const named = (part: Part): string[] => needed.filter((column) => column.part === part).map(({ name }) => name);
    const columns = Object.fromEntries(rows.types);
    const table = found ?? (await this.define(connection, catalogue, rows.table, columns, named('value')));
    await extendTable(connection, table, {
      columns,
      values: named('value'),
      ipv4: named('ipv4'),
      ipv6: named('ipv6'),
      inexact: rows.inexact.filter((name) => table.columns.has(name)),
    });
    return rows;
  }

  private define(
    connection: DuckDBConnection,
    catalogue: Catalogue,
    name: string,
    met: ColumnTypes,
    needed: readonly string[],
  ): Promise<TableState> {
    const columns = { ...this.definitions.get(name), ...met };
    const literals = knownSchema(name)?.Type === 'string' ? { Type: name } : undefined;
    return addTable(connection, catalogue, name, columns, { literals, needed });
  }
}

/** Gives a batch's bytes back for other batches; nobody may write it any more. */
export function releaseBatch(batch: Batch): void {
  for (const { columns } of batch.rows) for (const { cells } of columns) giveBack(cells.bytes);
}

const takeTurn = (store: WritableStore): Promise<Turn> =>
  new Promise((resolve, reject) => {
    store
      .exclusive((connection, catalogue) => new Promise<void>((end) => resolve({ connection, catalogue, end })))
      .catch(reject);
  });

/** Columns that another writer gave another type since the rows were collected become string columns beside it: `Port_s`. */
function fittingInto(table: TableState | undefined, rows: BufferedRows): BufferedRows {
  const isOther = (name: string): boolean =>
    (table?.columns.get(name)?.type ?? rows.types.get(name)) !== rows.types.get(name);
  if (![...rows.types.keys()].some(isOther)) return rows;
  const types = new Map(rows.types);
  const columns = rows.columns.flatMap((column): FilledColumn[] => {
    if (!isOther(column.name)) return [column];
    if (column.part !== 'value') return [];
    let name = `${column.name}_s`;
    while ((table?.columns.get(name)?.type ?? 'string') !== 'string' || types.has(name)) name += '_s';
    types.delete(column.name);
    types.set(name, 'string');
    return [{ ...column, name }];
  });
  return { ...rows, columns, types };
}

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
