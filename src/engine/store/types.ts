import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, ColumnTypes } from '../../kql/types.js';

/** How to open a store. Without `path` it lives in memory. */
export interface StoreOptions {
  /** The workspace's directory; made when missing. */
  readonly path?: string;
  /** DuckDB's size text: `4GB`. Default: DuckDB's own (80 % of the machine). */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly readOnly?: boolean;
}

/** The hidden columns that hold an address column's numbers, by their names in DuckDB. */
export interface AddressKeys {
  /** UINTEGER: the 32 bits when the text is a canonical dotted IPv4 address, else null. */
  readonly ipv4?: string;
  /** UHUGEINT: the 128 bits when the text is an IPv6 address (IPv4-mapped ones included), else null. */
  readonly ipv6?: string;
  /**
   * False once a text was stored that has no key though Kusto may read it as an address (`10.0.0.0/8`, `010.0.0.1`):
   * a null key then doesn't mean "no address".
   */
  readonly exact: boolean;
}

/** A table as of the last commit. */
export interface StoredTable {
  readonly name: string;
  /** All of its rows in SQL: `data."CommonSecurityLog"`, or a view where some are in the archive. */
  readonly relation: string;
  /** Present when older days are in files. */
  readonly archive?: {
    /** What is in DuckDB, in SQL. */
    readonly live: string;
    /** How many rows are not. */
    readonly rows: number;
    /** SQL for the first tick of the day that a row's file is of; null for rows in DuckDB. */
    readonly day: string;
  };
  /** Logical columns in order. Not every one exists in DuckDB: see `physical`. */
  readonly columns: readonly Column[];
  /** Columns that exist in DuckDB: their names there (unquoted), by logical name. The two differ only where names differ in case alone. */
  readonly physical: ReadonlyMap<string, string>;
  /** What absent columns read as, where that isn't '' (string columns) or null (all others): `Type` is the table's own name. */
  readonly literals: ReadonlyMap<string, string>;
  /** Address columns that have keys, by logical name. */
  readonly addressKeys: ReadonlyMap<string, AddressKeys>;
  rows(): Promise<number>;
  /** Ticks of the first and last value of a datetime column (default `TimeGenerated`), or null without any. */
  timeRange(column?: string): Promise<{ readonly first: bigint; readonly last: bigint } | null>;
}

export interface Store {
  /** The workspace's directory; undefined in memory. */
  readonly path: string | undefined;
  readonly readOnly: boolean;
  /** A new connection to the database; closed with the store at the latest. */
  connect(): Promise<DuckDBConnection>;
  /** Tables by name. */
  tables(): readonly StoredTable[];
  /** A table by its exact name. */
  table(name: string): StoredTable | undefined;
  /** Makes an empty table. Throws `table-exists` unless `ifExists` is 'keep' (the table then stays as it is). */
  createTable(name: string, columns: ColumnTypes, options?: { readonly ifExists?: 'error' | 'keep' }): Promise<void>;
  close(): Promise<void>;
}
