import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { WATCHLIST_TABLE } from '../../kql/parse/watchlist-symbol.js';
import { quoteName } from '../../kql/sql/duckdb/literal.js';
import type { ColumnTypes } from '../../kql/types.js';
import { knownSchema } from '../../tables/known.js';
import { addTable, type Catalogue, extendTable, relationOf, type TableState } from '../store/catalogue.js';
import type { WatchlistDefinition, WatchlistItems } from './types.js';

export interface NewItems {
  readonly definition: WatchlistDefinition;
  readonly items: WatchlistItems;
  /** The id of the watchlist. */
  readonly id: string;
  /** Ticks of the import. */
  readonly now: bigint;
}

/** Rows that one statement inserts. */
const BATCH = 5_000;

/** Inserts a watchlist and its items as rows of Sentinel's table `Watchlist`, in the caller's transaction. */
export async function insertItems(connection: DuckDBConnection, catalogue: Catalogue, given: NewItems): Promise<void> {
  const schema: ColumnTypes = knownSchema(WATCHLIST_TABLE)!;
  const table =
    catalogue.get(WATCHLIST_TABLE) ??
    (await addTable(connection, catalogue, WATCHLIST_TABLE, schema, { literals: { Type: WATCHLIST_TABLE } }));
  const filled = Object.keys(rowOf(given, []));
  await extendTable(connection, table, { columns: schema, values: filled });
  const rows = [rowOf(given, undefined), ...given.items.rows.map((cells) => rowOf(given, cells))];
  for (let at = 0; at < rows.length; at += BATCH)
    await insertRows(connection, table, filled, rows.slice(at, at + BATCH));
}

/** Takes the items of a watchlist out of the table, in the caller's transaction. */
export async function deleteItems(connection: DuckDBConnection, catalogue: Catalogue, alias: string): Promise<void> {
  const table = catalogue.get(WATCHLIST_TABLE);
  const column = table?.columns.get('WatchlistAlias')?.physical;
  if (!table || column === undefined) return;
  await connection.run(`DELETE FROM ${relationOf(table)} WHERE ${quoteName(column)} = $1`, [alias]);
}

/** A row of the table as texts: an item's, or the watchlist's own when there are no cells. */
function rowOf({ definition, items, id, now }: NewItems, cells: readonly string[] | undefined): Record<string, string> {
  const item = cells && Object.fromEntries(items.columns.map((name, i) => [name, cells[i] ?? '']));
  const time = String(now);
  return {
    TimeGenerated: time,
    CreatedTimeUTC: time,
    LastUpdatedTimeUTC: time,
    _DTTimestamp: time,
    _DTItemId: item ? randomUUID() : id,
    _DTItemStatus: 'Create',
    _DTItemType: item ? 'watchlist-item' : 'watchlist',
    SearchKey: item?.[definition.searchKey] ?? '',
    Source: definition.source,
    WatchlistAlias: definition.alias,
    WatchlistId: id,
    WatchlistItem: JSON.stringify(item ?? {}),
    WatchlistName: definition.name,
  };
}

async function insertRows(
  connection: DuckDBConnection,
  table: TableState,
  names: readonly string[],
  rows: readonly Record<string, string>[],
): Promise<void> {
  const columns = names.map((name) => table.columns.get(name)!);
  const cells = columns.map(({ name, type }) => {
    const text = `json_extract_string(r, ${quotePath(name)})`;
    if (type === 'datetime') return `CAST(${text} AS BIGINT)`;
    return type === 'dynamic' ? `CAST(${text} AS JSON)` : text;
  });
  await connection.run(
    `INSERT INTO ${relationOf(table)} (${columns.map(({ physical }) => quoteName(physical!)).join(', ')})
     SELECT ${cells.join(', ')} FROM (SELECT unnest(CAST($1 AS JSON[])) AS r)`,
    [JSON.stringify(rows)],
  );
}

/** A JSON path to a key that is a plain word. */
const quotePath = (name: string): string => `'$.${name}'`;
