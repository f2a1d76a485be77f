import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText, SQL_TYPE } from '../../kql/sql/duckdb/literal.js';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { loadArchives } from './archive/archive-file.js';
import { type Catalogue, type ColumnState, relationOf, type TableState } from './table-state.js';
import { makeViews } from './views.js';

export { type Catalogue, type ColumnState, relationOf, type TableState } from './table-state.js';

/** @param directory the workspace's; undefined in memory */
export async function loadCatalogue(connection: DuckDBConnection, directory?: string): Promise<Catalogue> {
  const catalogue: Catalogue = new Map();
  const tables = await connection.runAndReadAll('SELECT name, physical FROM trawl.tables ORDER BY name');
  for (const [name, physical] of tables.getRows() as [string, string][])
    catalogue.set(name, { name, physical, columns: new Map() });
  const columns = await connection.runAndReadAll(
    'SELECT table_name, name, type, physical, ipv4, ipv6, exact, literal FROM trawl.columns ORDER BY table_name, ordinal',
  );
  for (const row of columns.getRows() as (string | null)[][]) {
    const [table, name, type, physical, ipv4, ipv6, exact, literal] = row;
    catalogue.get(table!)?.columns.set(name!, {
      name: name!,
      type: type as KqlType,
      physical: physical ?? undefined,
      ipv4: ipv4 ?? undefined,
      ipv6: ipv6 ?? undefined,
      exact: Boolean(exact),
      literal: literal ?? undefined,
    });
  }
  if (directory !== undefined) await loadArchives(connection, catalogue, directory);
  return catalogue;
}

/**
 * Makes a table with its logical columns. In DuckDB it starts with one of them, `TimeGenerated` or the first, and those of
 * `needed`; the others come when values arrive. `literals` are what absent columns read as.
 */
export async function addTable(
  connection: DuckDBConnection,
  catalogue: Catalogue,
  name: string,
  columns: ColumnTypes,
  options: { readonly literals?: Readonly<Record<string, string>>; readonly needed?: readonly string[] } = {},
): Promise<TableState> {
  const taken = new Set([...catalogue.values()].map((table) => table.physical.toLowerCase()));
  const table: TableState = { name, physical: freeName(name, taken), columns: new Map() };
  catalogue.set(name, table);
  for (const [column, type] of Object.entries(columns))
    table.columns.set(column, { name: column, type, exact: true, literal: options.literals?.[column] });
  await connection.run('INSERT INTO trawl.tables VALUES ($1, $2)', [name, table.physical]);
  const anchor = table.columns.has('TimeGenerated') ? 'TimeGenerated' : table.columns.keys().next().value!;
  await extendTable(connection, table, { values: [anchor, ...(options.needed ?? [])] });
  return table;
}

/** What a table is to have that it may not have yet. Columns named must be among the logical ones, old or new. */
export interface Extension {
  /** Logical columns that data brought along. */
  readonly columns?: ColumnTypes;
  /** Logical columns that have values now: rows already there read as the column's literal, '' or null. */
  readonly values?: readonly string[];
  /** Columns that have address keys now; rows already there have none. */
  readonly ipv4?: readonly string[];
  readonly ipv6?: readonly string[];
  /** Columns that hold address-like text without a key. */
  readonly inexact?: readonly string[];
}

/** DuckDB would pack the bits of 128-bit numbers, and unpacking them costs 500 ns a row against 2. */
const IPV6_KEY = 'UHUGEINT USING COMPRESSION RLE';

/** Extends a table, in our books and in DuckDB. */
export async function extendTable(
  connection: DuckDBConnection,
  table: TableState,
  extension: Extension,
): Promise<void> {
  for (const [name, type] of Object.entries(extension.columns ?? {}))
    if (!table.columns.has(name)) table.columns.set(name, { name, type, exact: true });
  for (const name of extension.inexact ?? []) table.columns.get(name)!.exact = false;
  const taken = takenNames(table);
  const isNew = taken.size === 0;
  const definitions: string[] = [];
  const define = (name: string, rest: string): string => {
    const free = freeName(name, taken);
    definitions.push(`${quoteName(free)} ${rest}`);
    return free;
  };
  for (const column of pick(table, extension.values)) {
    if (column.physical !== undefined) continue;
    const fallback = column.type === 'string' ? ` DEFAULT ${quoteText(column.literal ?? '')}` : '';
    column.physical = define(column.name, `${SQL_TYPE[column.type]}${fallback}`);
  }
  for (const column of pick(table, extension.ipv4)) column.ipv4 ??= define(`${column.physical}$v4`, 'UINTEGER');
  for (const column of pick(table, extension.ipv6)) column.ipv6 ??= define(`${column.physical}$v6`, IPV6_KEY);
  if (isNew) await connection.run(`CREATE TABLE ${relationOf(table)} (${definitions.join(', ')})`);
  else
    for (const definition of definitions)
      await connection.run(`ALTER TABLE ${relationOf(table)} ADD COLUMN ${definition}`);
  await saveColumns(connection, table);
  if (definitions.length > 0) await makeViews(connection, table);
}

const pick = (table: TableState, names: readonly string[] = []): ColumnState[] =>
  names.map((name) => table.columns.get(name)!);

async function saveColumns(connection: DuckDBConnection, table: TableState): Promise<void> {
  const orNull = (value: string | undefined): string => (value === undefined ? 'NULL' : quoteText(value));
  const rows = [...table.columns.values()].map(
    ({ name, type, physical, ipv4, ipv6, exact, literal }, ordinal) =>
      `(${[quoteText(table.name), ordinal, quoteText(name), quoteText(type), orNull(physical), orNull(ipv4), orNull(ipv6), exact, orNull(literal)].join(', ')})`,
  );
  await connection.run('DELETE FROM trawl.columns WHERE table_name = $1', [table.name]);
  await connection.run(`INSERT INTO trawl.columns VALUES ${rows.join(', ')}`);
}

function takenNames(table: TableState): Set<string> {
  const names = [...table.columns.values()].flatMap((column) => [column.physical, column.ipv4, column.ipv6]);
  return new Set(names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()])));
}

/** DuckDB's names ignore case, Kusto's don't: a name that differs in case alone from one taken gets a number. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}$${n}`;
  taken.add(free.toLowerCase());
  return free;
}
