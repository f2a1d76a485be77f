import type { DuckDBConnection } from '@duckdb/node-api';
import { TICKS_PER_DAY } from '../../util/ticks.js';
import { relationOf, type TableState, timeColumn } from '../store/table-state.js';

/** Rows that a table has of one day. */
export interface TableDay {
  readonly table: string;
  /** Ticks of its begin. */
  readonly day: bigint;
  readonly rows: number;
}

/** Begin of the day of these ticks. */
export const dayOf = (ticks: bigint): bigint => ticks - (ticks % TICKS_PER_DAY);

/** The days before `before` of which a table has rows in DuckDB, oldest first. */
export async function liveDays(connection: DuckDBConnection, table: TableState, before: bigint): Promise<TableDay[]> {
  const time = timeColumn(table);
  if (time === undefined) return [];
  const found = await connection.runAndReadAll(
    `SELECT ${time} - ${time} % ${TICKS_PER_DAY} AS day, count(*) FROM ${relationOf(table)} WHERE ${time} < ${before} GROUP BY 1 ORDER BY 1`,
  );
  return found.getRows().map(([day, rows]) => ({ table: table.name, day: BigInt(day as bigint), rows: Number(rows) }));
}

/** The same of the days in its archive. */
export function archivedDays({ name, archive }: TableState, before: bigint): TableDay[] {
  const days = new Map<bigint, number>();
  for (const { day, rows } of archive?.files ?? []) if (day < before) days.set(day, (days.get(day) ?? 0) + rows);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, rows]) => ({ table: name, day, rows }));
}
