import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteName } from '../../kql/sql/duckdb/literal.js';
import { type Catalogue, relationOf, type TableState } from './catalogue.js';
import type { AddressKeys, StoredTable } from './types.js';

/** The catalogue as of now, as readers see it until the next commit. `connection` is for counts and ranges. */
export function snapshot(catalogue: Catalogue, connection: DuckDBConnection): ReadonlyMap<string, StoredTable> {
  const names = [...catalogue.keys()].sort();
  return new Map(names.map((name) => [name, storedTable(catalogue.get(name)!, connection)]));
}

function storedTable(table: TableState, connection: DuckDBConnection): StoredTable {
  const relation = relationOf(table);
  const columns = [...table.columns.values()].map((column) => ({ ...column }));
  const physical = new Map(columns.flatMap(({ name, physical }) => (physical === undefined ? [] : [[name, physical]])));
  return {
    name: table.name,
    relation,
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
      const result = await connection.runAndReadAll(`SELECT count(*) FROM ${relation}`);
      return Number(result.getRows()[0]?.[0]);
    },
    async timeRange(column = 'TimeGenerated') {
      const stored = physical.get(column);
      if (stored === undefined) return null;
      const name = quoteName(stored);
      const result = await connection.runAndReadAll(`SELECT min(${name}), max(${name}) FROM ${relation}`);
      const [first, last] = result.getRows()[0] ?? [];
      return typeof first === 'bigint' && typeof last === 'bigint' ? { first, last } : null;
    },
  };
}
