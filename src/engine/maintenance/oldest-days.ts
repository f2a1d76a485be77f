import type { DuckDBConnection } from '@duckdb/node-api';
import { type Catalogue, relationOf } from '../store/table-state.js';
import { liveDays, type TableDay } from './days.js';
import type { DiskUse } from './disk-use.js';
import { holdsEvents } from './policy.js';

/**
 * The oldest days of events that take so many bytes together, none from `before` on. Bytes of rows in DuckDB are estimated:
 * their share of all its rows.
 */
export async function oldestDays(
  connection: DuckDBConnection,
  catalogue: Catalogue,
  { database }: DiskUse,
  bytes: number,
  before: bigint,
): Promise<TableDay[]> {
  const days: (TableDay & { readonly bytes: number })[] = [];
  const bytesARow = database / Math.max(1, await liveRows(connection, catalogue));
  for (const table of catalogue.values()) {
    if (!holdsEvents(table.name)) continue;
    for (const day of await liveDays(connection, table, before)) days.push({ ...day, bytes: day.rows * bytesARow });
    for (const file of table.archive?.files ?? []) if (file.day < before) days.push(file);
  }
  days.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const chosen: TableDay[] = [];
  let freed = 0;
  for (const { table, day, rows, bytes: size } of days) {
    const isChosen = chosen.some((of) => of.table === table && of.day === day);
    if (freed >= bytes && !isChosen) break;
    freed += size;
    if (!isChosen) chosen.push({ table, day, rows });
  }
  return chosen;
}

async function liveRows(connection: DuckDBConnection, catalogue: Catalogue): Promise<number> {
  let rows = 0;
  for (const table of catalogue.values()) {
    const found = await connection.runAndReadAll(`SELECT count(*) FROM ${relationOf(table)}`);
    rows += Number(found.getRows()[0]![0]);
  }
  return rows;
}
