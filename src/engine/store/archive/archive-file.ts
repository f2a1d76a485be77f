import type { DuckDBConnection } from '@duckdb/node-api';
import type { Catalogue } from '../table-state.js';

/** A Parquet file with rows of one table and one day, none of which are in DuckDB any more. It never changes. */
export interface ArchiveFile {
  /** Relative to the workspace's directory: `archive/DnsEvents/2026-01-31-1.parquet`. */
  readonly file: string;
  readonly table: string;
  /** Ticks of the day's begin (UTC). */
  readonly day: bigint;
  readonly rows: number;
  readonly bytes: number;
  /** Ticks of its first and last `TimeGenerated`. */
  readonly first: bigint;
  readonly last: bigint;
  /** Names in DuckDB of the columns it holds, hidden ones included. */
  readonly columns: readonly string[];
}

/** What a table has on disk beside DuckDB. */
export interface Archive {
  /** The workspace's directory. */
  readonly directory: string;
  readonly files: readonly ArchiveFile[];
  /** False when the workspace was moved and is open for reading only: its views look for the files where they were. */
  readonly viewed: boolean;
}

const DIRECTORY = 'archive-directory';

/** Gives the catalogue's tables the files recorded for them. */
export async function loadArchives(
  connection: DuckDBConnection,
  catalogue: Catalogue,
  directory: string,
): Promise<void> {
  const files = await loadFiles(connection);
  if (files.length === 0) return;
  const viewed = (await viewedDirectory(connection)) === directory;
  for (const table of catalogue.values()) {
    const own = files.filter((of) => of.table === table.name);
    if (own.length > 0) table.archive = { directory, files: own, viewed };
  }
}

/** The directory in which the views of the workspace look for archive files; undefined while there are none. */
export async function viewedDirectory(connection: DuckDBConnection): Promise<string | undefined> {
  const found = await connection.runAndReadAll('SELECT value FROM trawl.meta WHERE key = $1', [DIRECTORY]);
  return found.getRows()[0]?.[0] as string | undefined;
}

export async function saveViewedDirectory(connection: DuckDBConnection, directory: string): Promise<void> {
  await connection.run('DELETE FROM trawl.meta WHERE key = $1', [DIRECTORY]);
  await connection.run('INSERT INTO trawl.meta VALUES ($1, $2)', [DIRECTORY, directory]);
}

/** Workspaces of older formats have none, which matters where they are opened for reading. */
async function loadFiles(connection: DuckDBConnection): Promise<ArchiveFile[]> {
  const there = await connection.runAndReadAll(
    "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'trawl' AND table_name = 'archive'",
  );
  if (there.currentRowCount === 0) return [];
  const found = await connection.runAndReadAll(
    'SELECT file, table_name, day, rows, bytes, first, last, columns FROM trawl.archive ORDER BY table_name, day, file',
  );
  return found.getRows().map(([file, table, day, rows, bytes, first, last, columns]) => ({
    file: String(file),
    table: String(table),
    day: BigInt(day as bigint),
    rows: Number(rows),
    bytes: Number(bytes),
    first: BigInt(first as bigint),
    last: BigInt(last as bigint),
    columns: JSON.parse(String(columns)) as string[],
  }));
}

/** Records a file in the transaction that deletes its rows from DuckDB. */
export async function recordFile(connection: DuckDBConnection, of: ArchiveFile): Promise<void> {
  const numbers = [of.day, of.rows, of.bytes, of.first, of.last];
  await connection.run(`INSERT INTO trawl.archive VALUES ($1, $2, ${numbers.join(', ')}, $3)`, [
    of.file,
    of.table,
    JSON.stringify(of.columns),
  ]);
}

/** Takes files out of the books; they stay on disk for whoever reads them now. */
export async function unrecordFiles(connection: DuckDBConnection, files: readonly ArchiveFile[]): Promise<void> {
  for (const { file } of files) await connection.run('DELETE FROM trawl.archive WHERE file = $1', [file]);
}
