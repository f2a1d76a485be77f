import type { DuckDBConnection } from '@duckdb/node-api';
import { giveBack } from './buffer-pool.js';
import { ColumnBuffer } from './column-buffer.js';
import type { Inserter } from './insert.js';
import type { Store } from './types.js';
import { encodeText, scratch } from './utf8-scratch.js';

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

const COLUMNS: readonly { readonly name: string; readonly type: string; text(record: RejectedRecord): string }[] = [
  { name: 'file_id', type: 'BIGINT', text: ({ fileId }) => String(fileId) },
  { name: 'file', type: 'VARCHAR', text: ({ file }) => file },
  { name: 'line', type: 'BIGINT', text: ({ line }) => String(line) },
  { name: 'connector', type: 'VARCHAR', text: ({ connector }) => connector },
  { name: 'reason', type: 'VARCHAR', text: ({ reason }) => reason },
  { name: 'text', type: 'VARCHAR', text: ({ text }) => text.slice(0, REJECTED_TEXT_LIMIT) },
];

export async function insertRejected(inserter: Inserter, records: readonly RejectedRecord[]): Promise<void> {
  const columns = COLUMNS.map(({ name, type, text }) => {
    const buffer = new ColumnBuffer();
    for (const [row, record] of records.entries()) {
      const length = encodeText(text(record));
      buffer.put(row, scratch(), 0, length);
    }
    return { name, type, cells: buffer.take(records.length) };
  });
  await inserter.insert('trawl.rejected', records.length, columns);
  for (const { cells } of columns) if (cells) giveBack(cells.bytes);
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
