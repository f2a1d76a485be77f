import type { DuckDBConnection } from '@duckdb/node-api';
import { TICKS_PER_DAY, ticksFromUnixMilliseconds } from '../../util/ticks.js';

/** Days for which a batch that a client sends again is known. */
const DAYS = 2n;

/** Whether a batch of this name was committed before. */
export async function isBatchKnown(connection: DuckDBConnection, id: string): Promise<boolean> {
  const found = await connection.runAndReadAll('SELECT 1 FROM trawl.batches WHERE id = $1 LIMIT 1', [id]);
  return found.currentRowCount > 0;
}

/** Notes a batch in the transaction that holds its rows. */
export async function rememberBatch(connection: DuckDBConnection, id: string): Promise<void> {
  await connection.run('INSERT INTO trawl.batches VALUES ($1, $2::BIGINT)', [id, String(now())]);
}

/** Forgets batches of long ago. */
export async function forgetBatches(connection: DuckDBConnection): Promise<void> {
  await connection.run('DELETE FROM trawl.batches WHERE received < $1::BIGINT', [String(now() - DAYS * TICKS_PER_DAY)]);
}

const now = (): bigint => ticksFromUnixMilliseconds(Date.now());
