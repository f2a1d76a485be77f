import type { DuckDBConnection } from '@duckdb/node-api';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { identifier, PHYSICAL_TYPES, text, viewExpression } from './physical.js';

/** What we know of a column; changed only by the functions here, which change DuckDB's catalogue along. */
export interface ColumnState {
  readonly name: string;
  readonly type: KqlType;
  /** Name in DuckDB, once a value arrived. */
  physical?: string;
  ipv4?: string;
  ipv6?: string;
  exact: boolean;
  /** What rows without a value read as, where that is neither '' nor null. */
  readonly literal?: string;
}

export interface TableState {
  readonly name: string;
  readonly physical: string;
  readonly columns: Map<string, ColumnState>;
}

export type Catalogue = Map<string, TableState>;

export const relationOf = (table: TableState): string => `data.${identifier(table.physical)}`;

export async function loadCatalogue(connection: DuckDBConnection): Promise<Catalogue> {
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
  return catalogue;
}

/**
 * Makes a table with its logical columns. In DuckDB it starts with one of them, `TimeGenerated` or the first,
 * and gets the others when values arrive. `literals` are what absent columns read as.
 */
export async function addTable(
  connection: DuckDBConnection,
  catalogue: Catalogue,
  name: string,
  columns: ColumnTypes,
  literals: Readonly<Record<string, string>> = {},
): Promise<TableState> {
  const taken = new Set([...catalogue.values()].map((table) => table.physical.toLowerCase()));
  const table: TableState = { name, physical: freeName(name, taken), columns: new Map() };
  await connection.run('INSERT INTO trawl.tables VALUES ($1, $2)', [name, table.physical]);
  catalogue.set(name, table);
  const entries = Object.entries(columns);
  for (const [column, type] of entries)
    table.columns.set(column, { name: column, type, exact: true, literal: literals[column] });
  const values = entries.map(
    ([column, type], ordinal) =>
      `(${[text(name), ordinal, text(column), text(type), 'NULL, NULL, NULL, true', literals[column] === undefined ? 'NULL' : text(literals[column])].join(', ')})`,
  );
  if (values.length > 0) await connection.run(`INSERT INTO trawl.columns VALUES ${values.join(', ')}`);
  const anchor = table.columns.get('TimeGenerated') ?? table.columns.values().next().value;
  if (anchor) await makePhysical(connection, table, [anchor]);
  return table;
}

/** Adds logical columns that data brought along. */
export async function addColumns(connection: DuckDBConnection, table: TableState, columns: ColumnTypes): Promise<void> {
  for (const [name, type] of Object.entries(columns)) {
    if (table.columns.has(name)) continue;
    const ordinal = table.columns.size;
    table.columns.set(name, { name, type, exact: true });
    await connection.run('INSERT INTO trawl.columns VALUES ($1, $2::INTEGER, $3, $4, NULL, NULL, NULL, true, NULL)', [
      table.name,
      String(ordinal),
      name,
      type,
    ]);
  }
}

/** Gives logical columns their column in DuckDB; rows already there read as the column's literal, '' or null. */
export async function makePhysical(
  connection: DuckDBConnection,
  table: TableState,
  columns: readonly ColumnState[],
): Promise<void> {
  const taken = takenNames(table);
  for (const column of columns) {
    const first = taken.size === 0;
    column.physical = freeName(column.name, taken);
    const fallback = column.type === 'string' ? ` DEFAULT ${text(column.literal ?? '')}` : '';
    const definition = `${identifier(column.physical)} ${PHYSICAL_TYPES[column.type]}${fallback}`;
    await connection.run(
      first
        ? `CREATE TABLE ${relationOf(table)} (${definition})`
        : `ALTER TABLE ${relationOf(table)} ADD COLUMN ${definition}`,
    );
    await saveColumn(connection, table, column);
  }
  if (columns.length > 0) await makeView(connection, table);
}

/** Adds the hidden column for a column's address keys; rows already there have none. */
export async function makeAddressKey(
  connection: DuckDBConnection,
  table: TableState,
  column: ColumnState,
  family: 'ipv4' | 'ipv6',
): Promise<void> {
  const name = freeName(`${column.physical}${family === 'ipv4' ? '$v4' : '$v6'}`, takenNames(table));
  const type = family === 'ipv4' ? 'UINTEGER' : 'UHUGEINT';
  await connection.run(`ALTER TABLE ${relationOf(table)} ADD COLUMN ${identifier(name)} ${type}`);
  column[family] = name;
  await saveColumn(connection, table, column);
}

/** Notes that a column holds address-like text without a key. */
export async function markInexact(connection: DuckDBConnection, table: TableState, column: ColumnState): Promise<void> {
  column.exact = false;
  await saveColumn(connection, table, column);
}

async function saveColumn(connection: DuckDBConnection, table: TableState, column: ColumnState): Promise<void> {
  await connection.run(
    'UPDATE trawl.columns SET physical = $1, ipv4 = $2, ipv6 = $3, exact = $4 WHERE table_name = $5 AND name = $6',
    [column.physical ?? null, column.ipv4 ?? null, column.ipv6 ?? null, column.exact, table.name, column.name],
  );
}

async function makeView(connection: DuckDBConnection, table: TableState): Promise<void> {
  const shown = [...table.columns.values()].flatMap((column) => {
    if (column.physical === undefined) return [];
    const name = identifier(column.physical);
    return [`${viewExpression(name, column.type)} AS ${name}`];
  });
  await connection.run(
    `CREATE OR REPLACE VIEW main.${identifier(table.physical)} AS SELECT ${shown.join(', ')} FROM ${relationOf(table)}`,
  );
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
