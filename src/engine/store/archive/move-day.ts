import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../../kql/sql/duckdb/literal.js';
import { formatDatetime } from '../../../util/ticks.js';
import type { WritableStore } from '../open.js';
import { ofDay, relationOf, type TableState, timeColumn } from '../table-state.js';
import { makeViews } from '../views.js';
import { type ArchiveFile, recordFile, saveViewedDirectory, unrecordFiles, viewedDirectory } from './archive-file.js';
import { putInPlace, tableFolder } from './archive-folder.js';
import { type PhysicalColumn, physicalColumns, toParquet } from './parquet-columns.js';
import { archiveSelects, literalPath } from './whole-table.js';

/** Rows of a row group; files of fewer are written anew with what comes late for their day. */
const ROWS_A_GROUP = 122_880;

/** A day as it was when it was copied. */
interface Snapshot {
  readonly table: string;
  readonly day: bigint;
  readonly columns: readonly PhysicalColumn[];
  /** Name in DuckDB of `TimeGenerated`, quoted. */
  readonly time: string;
  /** SQL of its rows in DuckDB. */
  readonly live: string;
  /** Smaller files of the day, to go into the new one. */
  readonly small: readonly ArchiveFile[];
  readonly file: string;
}

/**
 * Moves a day of a table from DuckDB to a file. The copy is made from a snapshot while others write; what comes in meanwhile
 * stays in DuckDB. A kill at any moment leaves the rows in one of both places.
 * @param signal ends the copying, which throws then; nothing has changed
 * @returns the file, or undefined when there was nothing to move, or the table's columns changed meanwhile
 */
export async function moveDay(
  store: WritableStore,
  name: string,
  day: bigint,
  signal?: AbortSignal,
): Promise<ArchiveFile | undefined> {
  const directory = store.path;
  if (directory === undefined) return undefined;
  await makeReadable(store, name, directory);
  const connection = await store.connect();
  const stop = (): void => connection.interrupt();
  try {
    const snapshot = await takeSnapshot(store, connection, name, day);
    if (!snapshot) return undefined;
    signal?.addEventListener('abort', stop);
    const file = await writeFile(connection, snapshot, directory);
    signal?.removeEventListener('abort', stop);
    let committed = false;
    try {
      if (file) committed = await exchange(store, connection, snapshot, file);
    } finally {
      if (!committed) rmSync(join(directory, snapshot.file), { force: true });
    }
    if (!committed) return undefined;
    store.retired.add(snapshot.small.map((of) => of.file));
    return file;
  } finally {
    signal?.removeEventListener('abort', stop);
    await connection.run('ROLLBACK').catch(() => {});
    connection.closeSync();
  }
}

/**
 * Has queries read the table by its view from now on: one that still names the table itself must be over when rows
 * leave it.
 */
async function makeReadable(store: WritableStore, name: string, directory: string): Promise<void> {
  await store.exclusive(async (connection, catalogue) => {
    const table = catalogue.get(name);
    if (!table || table.archive) return;
    await connection.run('BEGIN');
    try {
      table.archive = { directory, files: [], viewed: true };
      await makeViews(connection, table);
      if ((await viewedDirectory(connection)) !== directory) await saveViewedDirectory(connection, directory);
      await connection.run('COMMIT');
    } catch (error) {
      table.archive = undefined;
      await connection.run('ROLLBACK').catch(() => {});
      throw error;
    }
    store.publish();
  });
}

/** Begins a transaction between two of the writers', so that the catalogue is of the same moment. */
function takeSnapshot(
  store: WritableStore,
  connection: DuckDBConnection,
  name: string,
  day: bigint,
): Promise<Snapshot | undefined> {
  return store.exclusive(async (_writing, catalogue) => {
    const table = catalogue.get(name);
    const time = table && timeColumn(table);
    if (!table?.archive || time === undefined) return undefined;
    const columns = physicalColumns(table);
    const already = table.archive.files.filter((of) => of.day === day);
    const date = formatDatetime(day).slice(0, 10);
    const numbers = already.map(({ file }) => Number(/-(\d+)\.parquet$/.exec(file)?.[1] ?? 0));
    const live = `FROM ${relationOf(table)} WHERE ${ofDay(time, day)}`;
    await connection.run('BEGIN');
    const found = await connection.runAndReadAll(`SELECT 1 ${live} LIMIT 1`);
    if (found.currentRowCount === 0) return undefined;
    const small = already.filter(({ rows }) => rows < ROWS_A_GROUP);
    const file = `${tableFolder(table.physical)}/${date}-${Math.max(0, ...numbers) + 1}.parquet`;
    return { table: name, day, columns, time, live, small, file };
  });
}

async function writeFile(
  connection: DuckDBConnection,
  { table, day, columns, time, live, small, file }: Snapshot,
  directory: string,
): Promise<ArchiveFile | undefined> {
  const path = join(directory, file);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.part`;
  const names = columns.map(({ name }) => quoteName(name));
  const rows = [
    `SELECT ${names.join(', ')} ${live}`,
    ...archiveSelects(columns, { directory, files: small, viewed: true }),
  ].join(' UNION ALL ');
  try {
    await connection.run(
      `COPY (SELECT ${columns.map(toParquet).join(', ')} FROM (${rows})) TO ${quoteText(temporary)}
       (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROWS_A_GROUP})`,
    );
    const [there] = (
      await connection.runAndReadAll(
        `SELECT count(*), min(${time}), max(${time}) FROM read_parquet(${quoteText(literalPath(temporary))})`,
      )
    ).getRows();
    const count = Number(there![0]);
    const before = small.reduce((sum, of) => sum + of.rows, 0);
    const moved = Number((await connection.runAndReadAll(`SELECT count(*) ${live}`)).getRows()[0]![0]);
    if (count !== before + moved) return undefined;
    putInPlace(temporary, path);
    return {
      file,
      table,
      day,
      rows: count,
      bytes: statSync(path).size,
      first: BigInt(there![1] as bigint),
      last: BigInt(there![2] as bigint),
      columns: columns.map(({ name }) => name),
    };
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Takes the rows that were copied out of DuckDB and the file into the books. False when the table has other columns now. */
function exchange(
  store: WritableStore,
  connection: DuckDBConnection,
  snapshot: Snapshot,
  file: ArchiveFile,
): Promise<boolean> {
  return store.exclusive(async (_writing, catalogue) => {
    const table = catalogue.get(snapshot.table);
    if (!table?.archive || !sameColumns(table, snapshot.columns)) return false;
    const before = table.archive;
    try {
      await connection.run(`DELETE ${snapshot.live}`);
      await recordFile(connection, file);
      await unrecordFiles(connection, snapshot.small);
      const kept = before.files.filter((of) => !snapshot.small.includes(of));
      table.archive = { ...before, files: [...kept, file] };
      await makeViews(connection, table);
      await connection.run('COMMIT');
    } catch (error) {
      table.archive = before;
      throw error;
    }
    store.publish();
    return true;
  });
}

const sameColumns = (table: TableState, columns: readonly PhysicalColumn[]): boolean =>
  JSON.stringify(physicalColumns(table)) === JSON.stringify(columns);
