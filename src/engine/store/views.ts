import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../../kql/sql/duckdb/literal.js';
import { wholeSelect, wholeView } from './archive/whole-table.js';
import { viewExpression } from './physical.js';
import { relationOf, type TableState } from './table-state.js';

/** Makes a table's views: the one of all its rows, where some are in the archive, and the one for people. */
export async function makeViews(connection: DuckDBConnection, table: TableState): Promise<void> {
  if (table.archive) await connection.run(`CREATE OR REPLACE VIEW ${wholeView(table)} AS ${wholeSelect(table)}`);
  const columns = [...table.columns.values()].flatMap((column) => {
    if (column.physical === undefined) return [];
    const name = quoteName(column.physical);
    return [`${viewExpression(name, column.type)} AS ${name}`];
  });
  await connection.run(
    `CREATE OR REPLACE VIEW main.${quoteName(table.physical)} AS SELECT ${columns.join(', ')} FROM ${table.archive ? wholeView(table) : relationOf(table)}`,
  );
}
