import type { Rel } from '../plan/nodes.js';

/** A rewrite of a plan that keeps its meaning: one file each, with its own before/after test. */
export interface Rule {
  readonly name: string;
  apply(rel: Rel, options: OptimizeOptions): Rel;
}

export interface OptimizeOptions {
  /** Hidden key columns of an address column of a stored table, when it has exact ones. */
  addressKeys?(table: string, column: string): { readonly ipv4?: string; readonly ipv6?: string } | undefined;
  /** Whether no row of a stored table has a value in that column, so that it reads as '' or null throughout. */
  absent?(table: string, column: string): boolean;
  /** About how many rows a stored table has, if that is known. */
  rows?(table: string): number | undefined;
  /** Leaves out the rules; answers must be the same. */
  readonly optimize?: boolean;
}
