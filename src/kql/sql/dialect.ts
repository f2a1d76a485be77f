import type { Rel } from '../plan/nodes.js';

/** Where and how a stored table's columns stand in the engine. */
export interface StoredColumns {
  /** The table in SQL, quoted and qualified; undefined when it holds no row yet. */
  readonly relation: string | undefined;
  /** SQL for a column of the table: its stored column, quoted, or a literal; undefined: no row has a value for it. */
  column(name: string): string | undefined;
  /** Present when older rows are kept by day: the datetime column that says which, and SQL for the day's first tick, null for newer rows. */
  readonly days?: { readonly time: string; readonly sql: string };
}

/** What printing a plan needs of the engine. */
export interface PrintOptions {
  /** True for arithmetic that wraps around as Kusto's does, which is slower: for a query that was run and overflowed. */
  readonly wrapping?: boolean;
  stored(table: string): StoredColumns;
}

/** The seam to an engine: a plan in, its SQL out. DuckDB's is the first; another engine's is a sibling folder. */
export interface Dialect {
  readonly name: string;
  /** One SELECT statement whose columns are the rel's, in order. */
  print(rel: Rel, options: PrintOptions): string;
  /** Whether running what was printed ended because a long overflowed. */
  overflowed(error: unknown): boolean;
}
