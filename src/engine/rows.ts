import type { DuckDBConnection } from '@duckdb/node-api';
import type { Rel } from '../kql/plan/nodes.js';
import { cellConverter } from './cells.js';

/**
 * All rows of a plan's SELECT, cells converted to what the API gives. The rows of a summary are read when all are there, which
 * saves few rows a millisecond or so; others are converted while the engine still makes them.
 */
export async function fetchRows(connection: DuckDBConnection, sql: string, rel: Rel): Promise<unknown[][]> {
  const converters = rel.columns.map((of) => cellConverter(of.type));
  const summary = isSummary(rel) ? await connection.run(sql) : undefined;
  const result = summary ?? (await connection.stream(sql));
  const all = summary?.rowCount ?? Infinity;
  const rows: unknown[][] = [];
  while (rows.length < all) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const columns = converters.map((convert, i) => chunk.getColumnValues(i).map(convert));
    for (let r = 0; r < chunk.rowCount; r++) rows.push(columns.map((of) => of[r]));
  }
  return rows;
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
