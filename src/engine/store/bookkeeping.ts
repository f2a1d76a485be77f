import type { DuckDBConnection } from '@duckdb/node-api';
import { TrawlError } from '../../util/errors.js';

/** Raised whenever an older Trawl could not read what this one writes. */
export const FORMAT_VERSION = 1;

/** Schema `data` holds the tables, `trawl` what we know of them, `main` the views for people who open the file with DuckDB. */
const STATEMENTS = [
  'CREATE SCHEMA IF NOT EXISTS data',
  'CREATE SCHEMA IF NOT EXISTS trawl',
  'CREATE TABLE trawl.meta (key VARCHAR, value VARCHAR)',
  `INSERT INTO trawl.meta VALUES ('format', '${FORMAT_VERSION}')`,
  'CREATE TABLE trawl.tables (name VARCHAR, physical VARCHAR)',
  `CREATE TABLE trawl.columns (table_name VARCHAR, ordinal INTEGER, name VARCHAR, type VARCHAR, physical VARCHAR,
     ipv4 VARCHAR, ipv6 VARCHAR, exact BOOLEAN, literal VARCHAR)`,
  `CREATE TABLE trawl.files (id BIGINT, path VARCHAR, size BIGINT, head VARCHAR, fingerprint VARCHAR, connector VARCHAR,
     target VARCHAR, status VARCHAR, records BIGINT, events BIGINT, rejected BIGINT, by_table VARCHAR, note VARCHAR,
     recorded_at TIMESTAMP)`,
  'CREATE TABLE trawl.rejected (file_id BIGINT, file VARCHAR, line BIGINT, connector VARCHAR, reason VARCHAR, text VARCHAR)',
];

/** Makes our schemas in a new database, or checks the version of an existing one. */
export async function prepareBookkeeping(connection: DuckDBConnection, readOnly: boolean): Promise<void> {
  const found = await connection.runAndReadAll(
    "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'trawl' AND table_name = 'meta'",
  );
  if (found.getRows()[0]?.[0] === 0n) {
    if (readOnly) throw new TrawlError('workspace-missing', 'There is no workspace here to read.');
    await connection.run('BEGIN');
    for (const statement of STATEMENTS) await connection.run(statement);
    await connection.run('COMMIT');
    return;
  }
  const version = await connection.runAndReadAll("SELECT value FROM trawl.meta WHERE key = 'format'");
  const format = Number(version.getRows()[0]?.[0]);
  if (format > FORMAT_VERSION)
    throw new TrawlError(
      'workspace-newer',
      `The workspace was written by a newer Trawl (format ${format}; this one knows ${FORMAT_VERSION}). Update Trawl to open it.`,
    );
}
