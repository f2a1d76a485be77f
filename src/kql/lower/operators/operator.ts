import type { SyntaxNode } from '../../parse/syntax.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context, NamedTable } from '../context.js';
import type { Graph } from '../graph/graph.js';

/** Lowers one tabular operator over `input`; the context's row is the input's. */
export type LowerOperator = (node: SyntaxNode, input: Rel, context: Context) => Rel;

/** Lowers an operator that gives several tables. */
export type LowerSeveral = (node: SyntaxNode, input: Rel, context: Context) => readonly NamedTable[];

/** Lowers an operator that makes a table of a graph. */
export type LowerGraphOperator = (node: SyntaxNode, graph: Graph, context: Context) => Rel;
