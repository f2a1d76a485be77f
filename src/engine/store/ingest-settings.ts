import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../../kql/sql/duckdb/literal.js';
import type { Store } from './types.js';

/** Memory that DuckDB keeps for itself while files go in: enough for a batch and its compression, whatever the files' size. */
const MEMORY = '512MB';

/**
 * Leaves DuckDB no more memory than writing needs. Returns what it had.
 * @returns the limit as DuckDB writes it
 */
export async function limitMemory(connection: DuckDBConnection): Promise<string> {
  const result = await connection.runAndReadAll(
    `SELECT current_setting('memory_limit'),
       parse_formatted_bytes(current_setting('memory_limit')) > parse_formatted_bytes(${quoteText(MEMORY)})`,
  );
  const [memory, isMore] = result.getRows()[0] as [string, boolean];
  if (isMore) await connection.run(`SET memory_limit = ${quoteText(MEMORY)}`);
  return memory;
}

/**
 * Runs `work` with DuckDB set for inserting: one thread, since more would only wait for each other and parsing has one of
 * its own; and on disk with memory for what is being written, not for what was.
 */
export async function withIngestSettings<T>(store: Store, work: () => Promise<T>): Promise<T> {
  const connection = await store.connect();
  const [threads] = (await connection.runAndReadAll("SELECT current_setting('threads')")).getRows()[0]!;
  const memory = store.path !== undefined ? await limitMemory(connection) : undefined;
  try {
    await connection.run('SET threads = 1');
    return await work();
  } finally {
    await connection.run(`SET threads = ${threads}`);
    if (memory !== undefined) await connection.run(`SET memory_limit = ${quoteText(memory)}`);
    connection.closeSync();
  }
}

/** Rows that come in small commits go through DuckDB's log; emptying it blocks commits, so it happens often and takes less each time. */
const LOG_OF_STREAMS = '64MB';

/** Sets DuckDB for rows that come in streams, with queries beside them. */
export async function setForStreams(store: Store): Promise<void> {
  const connection = await store.connect();
  await connection.run(`SET checkpoint_threshold = ${quoteText(LOG_OF_STREAMS)}`);
  connection.closeSync();
}
