import { knownColumnNames } from '../../tables/known.js';
import { HUNTING_TABLES, tableOfAction } from './tables.js';

/** How a table fits some columns. */
export interface Fit {
  readonly table: string;
  /** The share of the filled columns that the table has, 0 to 1. */
  readonly share: number;
}

/** Columns that say nothing of the table. */
const COMMON = new Set([
  'Timestamp',
  'TimeGenerated',
  'TenantId',
  'Type',
  'SourceSystem',
  'ReportId',
  'AdditionalFields',
  'ActionType',
  'MachineGroup',
]);
/** Fewer columns of a table's own than this are no evidence. */
const LEAST = 3;

let columns: ReadonlyMap<string, ReadonlySet<string>> | undefined;

const columnsOf = (): ReadonlyMap<string, ReadonlySet<string>> => {
  columns ??= new Map(HUNTING_TABLES.map((table) => [table, new Set(knownColumnNames(table))]));
  return columns;
};

/**
 * The hunting table whose columns a row has: the one that lacks the fewest of the filled columns; of equals the one that the
 * action type names, else the one of whose columns most are there. Null when there is no time or too little to go by.
 * @param filled the columns with a value
 * @param present all columns, which a union of tables shows empty
 */
export function recognise(filled: readonly string[], present: readonly string[], action: string): Fit | null {
  if (!present.includes('Timestamp') && !present.includes('TimeGenerated')) return null;
  const telling = filled.filter((column) => !COMMON.has(column) && !column.startsWith('_'));
  const named = tableOfAction(action);
  let best: { table: string; hits: number; rank: number } | null = null;
  for (const [table, has] of columnsOf()) {
    let hits = 0;
    for (const column of telling) if (has.has(column)) hits++;
    if (hits < LEAST || (best && hits < best.hits)) continue;
    const covered = present.reduce((count, column) => count + (has.has(column) ? 1 : 0), 0) / has.size;
    const rank = covered + (table === named ? 10 : 0);
    if (!best || hits > best.hits || rank > best.rank) best = { table, hits, rank };
  }
  return best && { table: best.table, share: best.hits / telling.length };
}
