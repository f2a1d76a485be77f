import type { RetentionPolicy } from '../engine/maintenance/policy.js';
import type { QueryOptions } from '../engine/query-types.js';
import type { AddressKeys } from '../engine/store/types.js';
import type { Hunt } from '../hunting/hunt.js';
import type { Prepared } from '../hunting/prepare.js';
import type { HuntOptions } from '../hunting/run.js';
import type { Column, ColumnTypes } from '../kql/types.js';
import type { WatchlistImport } from '../workspace.js';

/** What goes with each call of `POST /api/METHOD`: the arguments of the method of `Workspace` of that name. */
export interface Calls {
  createTable: { name: string; columns: ColumnTypes; options?: { readonly ifExists?: 'error' | 'keep' } };
  query: { kql: string; options?: Omit<QueryOptions, 'signal'> };
  explain: { kql: string; options?: Omit<QueryOptions, 'signal'> };
  runHunt: { hunt: Hunt; prepared: Prepared; options?: Omit<HuntOptions, 'signal'> };
  tables: Record<string, never>;
  rows: { table: string };
  timeRange: { table: string; column?: string };
  functions: Record<string, never>;
  watchlists: Record<string, never>;
  importWatchlist: { path: string; options: WatchlistImport };
  removeWatchlist: { alias: string };
  feeds: Record<string, never>;
  maintain: { options?: { readonly policy?: RetentionPolicy; readonly now?: number } };
  rejected: { options?: { readonly limit?: number; readonly file?: string } };
}

export type CallMethod = keyof Calls;
export type Call<M extends CallMethod> = Calls[M];

/** A stored table as it goes over HTTP: maps are lists of pairs. */
export interface RemoteTable {
  readonly name: string;
  readonly relation: string;
  readonly columns: readonly Column[];
  readonly physical: readonly (readonly [string, string])[];
  readonly literals: readonly (readonly [string, string])[];
  readonly addressKeys: readonly (readonly [string, AddressKeys])[];
}
