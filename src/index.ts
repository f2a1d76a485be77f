import { connectors } from './connectors/index.js';
import { type Explained, explainQuery, type QueryOptions, type QueryResult, runQuery } from './engine/query.js';
import { openEngine } from './engine/engine.js';
import type { StoredTable, StoreOptions } from './engine/store/types.js';
import { ingest } from './ingest/ingest.js';
import type { IngestOptions, IngestReport } from './ingest/report.js';
import type { ColumnTypes } from './kql/types.js';

export type { QueryOptions, QueryResult, QueryTable } from './engine/query.js';
export type { IngestOptions, IngestReport } from './ingest/report.js';
export type { Diagnostic } from './kql/parse/diagnostics.js';
export type { Column, ColumnTypes, KqlType } from './kql/types.js';
export { TrawlError } from './util/errors.js';

/** A workspace: tables, and what can be done with them. Close it when done. */
export interface Workspace {
  readonly path: string | undefined;
  createTable(name: string, columns: ColumnTypes, options?: { readonly ifExists?: 'error' | 'keep' }): Promise<void>;
  /** Reads files, folders, globs or `-` into the workspace; each file goes in once. */
  ingest(paths: string | readonly string[], options?: IngestOptions): Promise<IngestReport>;
  /** Compiles and runs a KQL query. Throws TrawlError with the place of the mistake. */
  query(kql: string, options?: QueryOptions): Promise<QueryResult>;
  /** The plan and SQL of a query, without running it. */
  explain(kql: string, options?: QueryOptions): Promise<Explained>;
  tables(): readonly StoredTable[];
  close(): Promise<void>;
}

/** Opens a workspace directory (made when missing), or one in memory without `path`. */
export async function openWorkspace(options: StoreOptions = {}): Promise<Workspace> {
  const engine = await openEngine(options);
  const { store } = engine;
  return {
    path: store.path,
    createTable: (name, columns, how) => store.createTable(name, columns, how),
    ingest: (paths, how) => ingest(store, connectors, paths, how),
    query: (kql, how) => runQuery(engine, kql, how),
    explain: (kql, how) => explainQuery(engine, kql, how),
    tables: () => store.tables(),
    close: () => store.close(),
  };
}
