import type { DuckDBConnection } from '@duckdb/node-api';
import type { WritableStore } from '../../engine/store/open.js';
import type { FeedCounts, FeedState, Position } from './types.js';

export const NO_COUNTS: FeedCounts = { added: 0, changed: 0, retired: 0, unchanged: 0, rejected: 0, active: 0 };

export const NO_STATE: FeedState = {
  fingerprint: '',
  attempted: 0,
  succeeded: 0,
  changed: 0,
  failingSince: 0,
  failures: 0,
  problem: '',
  position: {},
  counts: NO_COUNTS,
};

/** What the workspace remembers of its feeds, by name; nothing in one of an older Trawl that was opened for reading. */
export async function readStates(store: WritableStore): Promise<Map<string, FeedState>> {
  const connection = await store.connect();
  try {
    const there = await connection.runAndReadAll(
      "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'trawl' AND table_name = 'feeds'",
    );
    if (there.currentRowCount === 0) return new Map();
    const result = await connection.runAndReadAll(
      `SELECT name, fingerprint, attempted, succeeded, changed, failing_since, failures, problem, position, counts
       FROM trawl.feeds`,
    );
    return new Map(
      result
        .getRows()
        .map(([name, fingerprint, attempted, succeeded, changed, since, failures, problem, position, counts]) => [
          String(name),
          {
            fingerprint: String(fingerprint),
            attempted: Number(attempted),
            succeeded: Number(succeeded),
            changed: Number(changed),
            failingSince: Number(since),
            failures: Number(failures),
            problem: String(problem),
            position: JSON.parse(String(position)) as Position,
            counts: JSON.parse(String(counts)) as FeedCounts,
          },
        ]),
    );
  } finally {
    connection.closeSync();
  }
}

/** Remembers how a feed stands, in the caller's transaction. */
export async function saveState(connection: DuckDBConnection, name: string, state: FeedState): Promise<void> {
  await connection.run('DELETE FROM trawl.feeds WHERE name = $1', [name]);
  await connection.run(
    `INSERT INTO trawl.feeds VALUES ($1, $2, $3::BIGINT, $4::BIGINT, $5::BIGINT, $6::BIGINT, $7::BIGINT, $8, $9, $10)`,
    [
      name,
      state.fingerprint,
      ...[state.attempted, state.succeeded, state.changed, state.failingSince, state.failures].map(String),
      state.problem,
      JSON.stringify(state.position),
      JSON.stringify(state.counts),
    ],
  );
}

/** STIX objects that an earlier update brought and that indicators of later ones refer to. */
export async function readObjects(connection: DuckDBConnection, feed: string): Promise<string[]> {
  const result = await connection.runAndReadAll('SELECT object FROM trawl.feed_objects WHERE feed = $1', [feed]);
  return result.getRows().map(([object]) => String(object));
}

/** Adds objects (JSON texts by their ids) to those of a feed, in the caller's transaction. */
export async function saveObjects(
  connection: DuckDBConnection,
  feed: string,
  objects: ReadonlyMap<string, string>,
  anew: boolean,
): Promise<void> {
  const rows = JSON.stringify([...objects].map(([id, object]) => ({ id, object })));
  const given = `SELECT json_extract_string(r, '$.id') AS id, json_extract_string(r, '$.object') AS object
    FROM (SELECT unnest(CAST($2 AS JSON[])) AS r)`;
  await connection.run(
    anew
      ? 'DELETE FROM trawl.feed_objects WHERE feed = $1'
      : `DELETE FROM trawl.feed_objects WHERE feed = $1 AND id IN (SELECT id FROM (${given}))`,
    anew ? [feed] : [feed, rows],
  );
  if (objects.size > 0)
    await connection.run(`INSERT INTO trawl.feed_objects SELECT $1, id, object FROM (${given})`, [feed, rows]);
}
