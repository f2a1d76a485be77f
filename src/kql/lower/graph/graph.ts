import type { Rel } from '../../plan/nodes.js';
import type { Column, KqlType } from '../../types.js';
import type { Session } from '../context.js';

/**
 * A graph, which exists only while a query is lowered: what its nodes and edges have, and how to get them as tables.
 * Each graph operator builds its own with just the columns it reads.
 */
export interface Graph {
  /** The properties of edges: the columns of the edges' table. */
  readonly edgeColumns: readonly Column[];
  /** The properties of nodes. */
  readonly nodeColumns: readonly Column[];
  /** The columns of the edges' table that hold the ids of their ends. */
  readonly source: string;
  readonly target: string;
  readonly idType: KqlType;
  build(wanted: Wanted, session: Session): BuiltGraph;
}

/** Names of the properties an operator reads. */
export interface Wanted {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/** A graph's tables, computed once a query: `nodes` with `$node` (numbers from 1) and `$id`, `edges` with `$edge`, `$from` and `$to`. */
export interface BuiltGraph {
  readonly nodes: Rel;
  readonly edges: Rel;
}

export const NODE: Column = { name: '$node', type: 'long' };
export const ID = '$id';
export const EDGE: Column = { name: '$edge', type: 'long' };
export const FROM: Column = { name: '$from', type: 'long' };
export const TO: Column = { name: '$to', type: 'long' };

/** The table computed once, however often it is read. */
export const shared = (input: Rel, session: Session): Rel => ({
  kind: 'shared',
  id: `graph ${session.next()}`,
  input,
  columns: input.columns,
});
