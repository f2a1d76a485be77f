import type { DuckDBConnection } from '@duckdb/node-api';
import type { Inserter } from './insert.js';
import { separatorsFor } from './separators.js';
import type { Store } from './types.js';

/** A record that could not be parsed, or a whole file (line 0). */
export interface RejectedRecord {
  readonly fileId: number;
  readonly file: string;
  /** Line in the file, from 1; 0 where there are no lines or the whole file is meant. */
  readonly line: number;
  readonly connector: string;
  readonly reason: string;
  /** The record as it was, cut at 64 Ki characters. */
  readonly text: string;
}

/** Characters of a rejected record's text that are kept. */
export const REJECTED_TEXT_LIMIT = 65_536;

const COLUMNS = [
  { name: 'file_id', type: 'BIGINT' },
  { name: 'file', type: 'VARCHAR' },
  { name: 'line', type: 'BIGINT' },
  { name: 'connector', type: 'VARCHAR' },
  { name: 'reason', type: 'VARCHAR' },
  { name: 'text', type: 'VARCHAR' },
];

export async function insertRejected(inserter: Inserter, records: readonly RejectedRecord[]): Promise<void> {
  const cells = records.map(({ fileId, file, line, connector, reason, text }) => [
    String(fileId),
    file,
    String(line),
    connector,
    reason,
    text.slice(0, REJECTED_TEXT_LIMIT),
  ]);
  const separators = separatorsFor(cells.map((row) => row.join('')).join(''));
  const rows = cells.map((row) => row.join(separators.cell));
  await inserter.insert('trawl.rejected', {
    rows,
    separators,
    columns: COLUMNS.map((column, at) => ({ ...column, at })),
    constants: [],
  });
}

/** Forgets that a whole file was refused: it is about to be read after all. */
export async function forgetRefusal(connection: DuckDBConnection, fileId: number): Promise<void> {
  await connection.run('DELETE FROM trawl.rejected WHERE file_id = $1::BIGINT AND line = 0', [String(fileId)]);
}

/** Rejected records, in the order they were met. `file` keeps those of one path. */
export async function listRejected(
  store: Store,
  options: { readonly limit?: number; readonly file?: string } = {},
): Promise<RejectedRecord[]> {
  const connection = await store.connect();
  try {
    const result = await connection.runAndReadAll(
      `SELECT file_id, file, line, connector, reason, text FROM trawl.rejected
       WHERE $1 = '' OR file = $1 ORDER BY rowid LIMIT ${Math.max(0, Math.floor(options.limit ?? 100))}`,
      [options.file ?? ''],
    );
    return result.getRows().map(([fileId, file, line, connector, reason, text]) => ({
      fileId: Number(fileId),
      file: String(file),
      line: Number(line),
      connector: String(connector),
      reason: String(reason),
      text: String(text),
    }));
  } finally {
    connection.closeSync();
  }
}

/** How many records are rejected in all. */
export async function countRejected(store: Store): Promise<number> {
  const connection = await store.connect();
  try {
    return Number((await connection.runAndReadAll('SELECT count(*) FROM trawl.rejected')).getRows()[0]?.[0]);
  } finally {
    connection.closeSync();
  }
}
