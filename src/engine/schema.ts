import type { Schema, StoredFunction } from '../kql/lower/context.js';
import type { StoredColumns } from '../kql/sql/dialect.js';
import { quoteName, quoteText } from '../kql/sql/duckdb/literal.js';
import type { Column } from '../kql/types.js';
import { knownSchema, knownTables } from '../tables/known.js';
import type { Store, StoredTable } from './store/types.js';
import type { Watchlist } from './watchlists/types.js';

/** The workspace's tables and the known ones, as the language sees them. Column lists are kept so that symbols can be. */
export function schemaOf(
  store: Store,
  functions: readonly StoredFunction[] = [],
  watchlists: readonly Watchlist[] = [],
): Schema {
  return {
    table: (name) => store.table(name)?.columns ?? knownColumns(name),
    existing: store.tables().map((of) => of.name),
    stored: (name) => {
      const physical = store.table(name)?.physical;
      return physical && new Set(physical.keys());
    },
    functions,
    known: knownTables,
    watchlists,
  };
}

const known = new Map<string, readonly Column[] | undefined>();

function knownColumns(name: string): readonly Column[] | undefined {
  if (!known.has(name)) {
    const schema = knownSchema(name);
    known.set(name, schema && Object.entries(schema).map(([column, type]) => ({ name: column, type })));
  }
  return known.get(name);
}

/** Where a table's columns stand in DuckDB; hidden key columns go by their own names. */
export function storedColumns(store: Store, name: string): StoredColumns {
  const table = store.table(name);
  if (!table || table.physical.size === 0) return { relation: undefined, column: () => undefined };
  const keys = new Set(
    [...table.addressKeys.values()].flatMap((of) => [of.ipv4, of.ipv6].filter((key) => key !== undefined)),
  );
  return {
    relation: table.relation,
    ...(table.archive ? { days: { time: 'TimeGenerated', sql: table.archive.day } } : {}),
    column: (column) => {
      const physical = table.physical.get(column) ?? (keys.has(column) ? column : undefined);
      if (physical !== undefined) return quoteName(physical);
      const literal = table.literals.get(column);
      return literal === undefined ? undefined : quoteText(literal);
    },
  };
}

/**
 * The key columns of an address column when every address in it has its key; none are needed while no row has a value.
 * Undefined when the column must be read as text.
 */
export function exactAddressKeys(
  table: StoredTable | undefined,
  column: string,
): { readonly ipv4?: string; readonly ipv6?: string } | undefined {
  if (!table?.physical.has(column)) return table?.literals.has(column) ? undefined : {};
  const keys = table.addressKeys.get(column);
  return keys?.exact ? keys : undefined;
}

/** Whether a column is only in the table's schema: no row has a value, and it stands for none. */
export const isAbsent = (table: StoredTable | undefined, column: string): boolean =>
  table !== undefined &&
  !table.physical.has(column) &&
  !table.literals.has(column) &&
  table.columns.some(({ name }) => name === column);
