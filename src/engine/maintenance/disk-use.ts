import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { DATABASE_FILE } from '../store/open.js';
import type { Catalogue } from '../store/table-state.js';

/** Bytes of a workspace on disk. What is free inside the database is not counted: it is written again before the file grows. */
export interface DiskUse {
  readonly database: number;
  readonly archive: number;
}

export async function diskUse(connection: DuckDBConnection, catalogue: Catalogue, directory: string): Promise<DiskUse> {
  const found = await connection.runAndReadAll(
    'SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name = current_database()',
  );
  let archive = 0;
  for (const table of catalogue.values()) for (const { bytes } of table.archive?.files ?? []) archive += bytes;
  return { database: Number(found.getRows()[0]?.[0] ?? 0) + sizeOf(`${join(directory, DATABASE_FILE)}.wal`), archive };
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
