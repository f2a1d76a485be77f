import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../kql/sql/duckdb/literal.js';
import { DAY_COLUMN, wholeSelect, wholeView } from './archive/whole-table.js';
import { type Catalogue, relationOf, type TableState } from './catalogue.js';
import type { AddressKeys, StoredTable } from './types.js';

/** The catalogue as of now, as readers see it until the next commit. `connection` is for counts and ranges. */
export function snapshot(catalogue: Catalogue, connection: DuckDBConnection): ReadonlyMap<string, StoredTable> {
  const names = [...catalogue.keys()].sort();
  return new Map(names.map((name) => [name, storedTable(catalogue.get(name)!, connection)]));
}

function storedTable(table: TableState, connection: DuckDBConnection): StoredTable {
  const live = relationOf(table);
  const relation = readableRelation(table);
  const columns = [...table.columns.values()].map((column) => ({ ...column }));
  const physical = new Map(columns.flatMap(({ name, physical }) => (physical === undefined ? [] : [[name, physical]])));
  return {
    name: table.name,
    relation,
    ...(table.archive
      ? { archive: { live, rows: table.archive.files.reduce((sum, { rows }) => sum + rows, 0), day: DAY_COLUMN } }
      : {}),
    columns: columns.map(({ name, type }) => ({ name, type })),
    physical,
    literals: new Map(columns.flatMap(({ name, literal }) => (literal === undefined ? [] : [[name, literal]]))),
    addressKeys: new Map(
      columns.flatMap(({ name, ipv4, ipv6, exact }): [string, AddressKeys][] =>
        ipv4 === undefined && ipv6 === undefined ? [] : [[name, { ipv4, ipv6, exact }]],
      ),
    ),
    async rows() {
      if (physical.size === 0) return 0;
      // in one statement, so that a day on its way into the archive counts once
      const archived = table.archive
        ? ` + (SELECT coalesce(sum(rows), 0) FROM trawl.archive WHERE table_name = ${quoteText(table.name)})`
        : '';
      const result = await connection.runAndReadAll(`SELECT (SELECT count(*) FROM ${live})${archived}`);
      return Number(result.getRows()[0]?.[0]);
    },
    async timeRange(column = 'TimeGenerated') {
      const stored = physical.get(column);
      if (stored === undefined) return null;
      const name = quoteName(stored);
      const result = await connection.runAndReadAll(
        table.archive && column === 'TimeGenerated'
          ? `SELECT min(first), max(last) FROM (
               SELECT min(${name}) AS first, max(${name}) AS last FROM ${live}
               UNION ALL SELECT first, last FROM trawl.archive WHERE table_name = ${quoteText(table.name)})`
          : `SELECT min(${name}), max(${name}) FROM ${relation}`,
      );
      const [first, last] = result.getRows()[0] ?? [];
      return typeof first === 'bigint' && typeof last === 'bigint' ? { first, last } : null;
    },
  };
}

/** What queries read from: a name, so that what it stands for is as of the same moment as the rows. */
function readableRelation(table: TableState): string {
  if (!table.archive) return relationOf(table);
  return table.archive.viewed ? wholeView(table) : `(${wholeSelect(table)})`;
}
