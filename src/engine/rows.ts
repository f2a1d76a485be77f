import type { DuckDBConnection } from '@duckdb/node-api';
import { COMPILE_MS } from '../kql/compile.js';
import type { Rel } from '../kql/plan/nodes.js';
import { duckdb } from '../kql/sql/duckdb/index.js';
import { withinTime } from '../util/deadline.js';
import { cellConverter } from './cells.js';
import type { Engine } from './engine.js';
import { loadExternal } from './external/load.js';
import type { QueryOptions } from './query-types.js';
import { storedColumns } from './schema.js';

/** The SQL of a plan over the engine's tables; see `PrintOptions` for `wrapping`. */
export const printRel = (engine: Engine, rel: Rel, wrapping = false): string =>
  withinTime(COMPILE_MS, () => duckdb.print(rel, { stored: (name) => storedColumns(engine.store, name), wrapping }));

/**
 * The rows of a plan in batches, cells converted to what the API gives.
 *
 * Arithmetic that overflows is done again so that it wraps around, as Kusto's does. What was handed out can't be taken back:
 * batches are kept back until `hold` rows are together, and a plan with arithmetic that could still overflow after that is
 * run again in the slower way that can't.
 */
export async function* rowBatches(
  engine: Engine,
  connection: DuckDBConnection,
  rel: Rel,
  { externalData }: QueryOptions,
  hold: number,
): AsyncGenerator<unknown[][], void> {
  const sql = printRel(engine, rel);
  const wrapped = (): string => printRel(engine, rel, true);
  const takeAway = await loadExternal(connection, rel, externalData ?? {});
  try {
    if (hold < Number.POSITIVE_INFINITY && wrapped() === sql) return yield* fetchBatches(connection, sql, rel, hold);
    const held = await firstBatches(connection, sql, rel, hold);
    if (held === undefined) yield* fetchBatches(connection, wrapped(), rel, hold);
    else yield* held;
  } finally {
    await takeAway();
  }
}

/** All rows of a plan. */
export async function allRows(
  engine: Engine,
  connection: DuckDBConnection,
  rel: Rel,
  options: QueryOptions,
): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of rowBatches(engine, connection, rel, options, Number.POSITIVE_INFINITY))
    for (const row of batch) rows.push(row);
  return rows;
}

/** All batches of a SELECT that has no more than so many rows; undefined when it has more, or arithmetic overflowed. */
async function firstBatches(
  connection: DuckDBConnection,
  sql: string,
  rel: Rel,
  most: number,
): Promise<unknown[][][] | undefined> {
  const batches: unknown[][][] = [];
  let count = 0;
  try {
    for await (const batch of fetchBatches(connection, sql, rel, most)) {
      count += batch.length;
      if (count > most) return undefined;
      batches.push(batch);
    }
    return batches;
  } catch (error) {
    if (duckdb.overflowed(error)) return undefined;
    throw error;
  }
}

/** The rows of a summary that is wanted whole are read when all are there, which saves few rows a millisecond or so. */
async function* fetchBatches(
  connection: DuckDBConnection,
  sql: string,
  rel: Rel,
  hold: number,
): AsyncGenerator<unknown[][], void> {
  const converters = rel.columns.map((of) => cellConverter(of.type));
  const summary = hold === Number.POSITIVE_INFINITY && isSummary(rel) ? await connection.run(sql) : undefined;
  const result = summary ?? (await connection.stream(sql));
  let left = summary?.rowCount ?? Number.POSITIVE_INFINITY;
  let done = false;
  try {
    while (left > 0) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) break;
      left -= chunk.rowCount;
      const columns = converters.map((convert, i) => chunk.getColumnValues(i).map(convert));
      yield Array.from({ length: chunk.rowCount }, (_, row) => columns.map((of) => of[row]));
    }
    done = true;
  } finally {
    // another statement ends what is still running, and frees what it holds
    if (!done) {
      connection.interrupt();
      await connection.run('SELECT 1').catch(() => {});
    }
  }
}

/** Whether the rows come out of an aggregation, of which there are few as a rule. */
function isSummary(rel: Rel): boolean {
  switch (rel.kind) {
    case 'aggregate':
      return true;
    case 'filter':
    case 'limit':
    case 'project':
    case 'sort':
      return isSummary(rel.input);
    default:
      return false;
  }
}
