import type { DuckDBConnection } from '@duckdb/node-api';
import { TrawlError } from '../../util/errors.js';

/**
 * What each version of the format added, the first to nothing: a new workspace takes all steps, one of an older Trawl the
 * rest. A step never changes once a Trawl with it was published.
 * Schema `data` holds the tables, `trawl` what we know of them, `main` the views for people who open the file with DuckDB.
 */
const FIRST = [
  'CREATE SCHEMA IF NOT EXISTS data',
  'CREATE SCHEMA IF NOT EXISTS trawl',
  'CREATE TABLE trawl.meta (key VARCHAR, value VARCHAR)',
  `INSERT INTO trawl.meta VALUES ('format', '0')`,
  'CREATE TABLE trawl.tables (name VARCHAR, physical VARCHAR)',
  `CREATE TABLE trawl.columns (table_name VARCHAR, ordinal INTEGER, name VARCHAR, type VARCHAR, physical VARCHAR,
     ipv4 VARCHAR, ipv6 VARCHAR, exact BOOLEAN, literal VARCHAR)`,
  `CREATE TABLE trawl.files (id BIGINT, path VARCHAR, size BIGINT, head VARCHAR, fingerprint VARCHAR, connector VARCHAR,
     target VARCHAR, status VARCHAR, records BIGINT, events BIGINT, rejected BIGINT, by_table VARCHAR, note VARCHAR,
     recorded_at TIMESTAMP)`,
  'CREATE TABLE trawl.rejected (file_id BIGINT, file VARCHAR, line BIGINT, connector VARCHAR, reason VARCHAR, text VARCHAR)',
];

/** Batches of senders that may send one again. */
const BATCHES = ['CREATE TABLE trawl.batches (id VARCHAR, received BIGINT)'];

/** How feeds of indicators stand (times in Unix ms), and what their STIX objects say of each other. */
const FEEDS = [
  `CREATE TABLE trawl.feeds (name VARCHAR, fingerprint VARCHAR, attempted BIGINT, succeeded BIGINT, changed BIGINT,
     failing_since BIGINT, failures BIGINT, problem VARCHAR, position VARCHAR, counts VARCHAR)`,
  'CREATE TABLE trawl.feed_objects (feed VARCHAR, id VARCHAR, object VARCHAR)',
];

/** Which file on disk an entry of `trawl.files` is read from as it grows. */
const FOLLOWED = ['CREATE TABLE trawl.followed (file_id BIGINT, disk_key VARCHAR, position BIGINT, lines BIGINT)'];

/** Days that moved to Parquet files, and a schema for the views of tables together with these. */
const ARCHIVE = [
  'CREATE SCHEMA whole',
  `CREATE TABLE trawl.archive (file VARCHAR, table_name VARCHAR, day BIGINT, rows BIGINT, bytes BIGINT, first BIGINT,
     last BIGINT, columns VARCHAR)`,
];

const VERSIONS: readonly (readonly string[])[] = [FIRST, BATCHES, FEEDS, FOLLOWED, ARCHIVE];

/** The format this Trawl writes. */
export const FORMAT_VERSION = VERSIONS.length;

/** Makes our schemas in a new database, and brings one of an older Trawl up to now; one opened for reading stays as it is. */
export async function prepareBookkeeping(connection: DuckDBConnection, readOnly: boolean): Promise<void> {
  const format = await formatOf(connection);
  if (format > FORMAT_VERSION)
    throw new TrawlError(
      'workspace-newer',
      `The workspace was written by a newer Trawl (format ${format}; this one knows ${FORMAT_VERSION}). Update Trawl to open it.`,
    );
  if (format === 0 && readOnly) throw new TrawlError('workspace-missing', 'There is no workspace here to read.');
  if (format === FORMAT_VERSION || readOnly) return;
  await connection.run('BEGIN');
  for (const statement of VERSIONS.slice(format).flat()) await connection.run(statement);
  await connection.run(`UPDATE trawl.meta SET value = '${FORMAT_VERSION}' WHERE key = 'format'`);
  await connection.run('COMMIT');
}

/** 0 when there is nothing yet. */
async function formatOf(connection: DuckDBConnection): Promise<number> {
  const found = await connection.runAndReadAll(
    "SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'trawl' AND table_name = 'meta'",
  );
  if (found.getRows()[0]?.[0] === 0n) return 0;
  const version = await connection.runAndReadAll("SELECT value FROM trawl.meta WHERE key = 'format'");
  return Number(version.getRows()[0]?.[0]);
}
