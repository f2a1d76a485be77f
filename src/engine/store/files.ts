import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * How far a file got:
 *  - `partial`: the first `records` records are in, an ingest was interrupted
 *  - `complete`: all of it is in, as long as it was then
 *  - `unrecognized`: no connector claimed it; nothing is in
 */
export type FileStatus = 'partial' | 'complete' | 'unrecognized';

/** What the workspace knows of a file it was given. */
export interface FileEntry {
  readonly id: number;
  readonly path: string;
  /** Bytes, as they are on disk. */
  readonly size: number;
  /** Hash of the first bytes: what a grown file still begins with. */
  readonly head: string;
  /** Hash of the size and of blocks spread over the file: equal means the same content. '' when unknown (standard input). */
  readonly fingerprint: string;
  readonly connector: string;
  /** The table asked for by the user, or ''. */
  readonly target: string;
  readonly status: FileStatus;
  /** Records consumed, whatever they gave. */
  readonly records: number;
  readonly events: number;
  readonly rejected: number;
  /** Rows by table. */
  readonly byTable: Readonly<Record<string, number>>;
  /** Words for the user: truncated, still growing, … or ''. */
  readonly note: string;
}

const COLUMNS =
  'id, path, size, head, fingerprint, connector, target, status, records, events, rejected, by_table, note';

/** All files recorded, oldest first. */
export async function readFiles(connection: DuckDBConnection): Promise<FileEntry[]> {
  const result = await connection.runAndReadAll(`SELECT ${COLUMNS} FROM trawl.files ORDER BY id`);
  return result.getRowObjects().map((row) => ({
    ...(row as unknown as FileEntry),
    id: Number(row.id),
    size: Number(row.size),
    records: Number(row.records),
    events: Number(row.events),
    rejected: Number(row.rejected),
    byTable: JSON.parse(String(row.by_table)),
  }));
}

/** Records how far a file got, in the transaction that holds its rows. */
export async function saveFile(connection: DuckDBConnection, file: FileEntry): Promise<void> {
  await connection.run('DELETE FROM trawl.files WHERE id = $1::BIGINT', [String(file.id)]);
  await connection.run(
    `INSERT INTO trawl.files (${COLUMNS}, recorded_at)
     VALUES ($1::BIGINT, $2, $3::BIGINT, $4, $5, $6, $7, $8, $9::BIGINT, $10::BIGINT, $11::BIGINT, $12, $13, get_current_timestamp()::TIMESTAMP)`,
    [
      String(file.id),
      file.path,
      String(file.size),
      file.head,
      file.fingerprint,
      file.connector,
      file.target,
      file.status,
      String(file.records),
      String(file.events),
      String(file.rejected),
      JSON.stringify(file.byTable),
      file.note,
    ],
  );
}
