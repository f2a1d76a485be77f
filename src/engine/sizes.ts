import { quoteName } from '../kql/sql/duckdb/literal.js';
import type { Engine } from './engine.js';
import type { StoredTable } from './store/types.js';

/** Rows by table as of its last commit, after which it is another object. */
const sizes = new WeakMap<StoredTable, number>();

/** Learns how many rows each table has: one look at DuckDB's catalogue after a commit. */
export async function learnSizes(engine: Pick<Engine, 'store' | 'sessions'>): Promise<void> {
  const tables = engine.store.tables().filter((table) => table.physical.size > 0 && !sizes.has(table));
  if (tables.length === 0) return;
  const result = await engine.sessions.use((connection) =>
    connection.runAndReadAll(`SELECT table_name, estimated_size FROM duckdb_tables() WHERE schema_name = 'data'`),
  );
  const found = new Map(result.getRows().map(([name, size]) => [`data.${quoteName(String(name))}`, Number(size)]));
  for (const table of tables)
    sizes.set(table, (found.get(table.archive?.live ?? table.relation) ?? 0) + (table.archive?.rows ?? 0));
}

/** Rows of a table as `learnSizes` last found them; undefined when it was not asked since the last commit. */
export const knownRows = (table: StoredTable | undefined): number | undefined => table && sizes.get(table);
