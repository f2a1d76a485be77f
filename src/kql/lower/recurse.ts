import { checkTime } from '../../util/deadline.js';
import type { SyntaxNode } from '../parse/syntax.js';
import type { Expr, Rel } from '../plan/nodes.js';
import type { Context, NamedTable } from './context.js';
import type { Graph } from './graph/graph.js';

/**
 * Lowering is one recursive descent: an operator holds expressions, an expression may hold a whole table.
 * The ways down hang on the session, so that a file of one operator needs no import of all the others.
 */

/** Lowers a scalar expression. Throws `unsupported`, with its place, for what has no lowering. */
export function lowerExpr(node: SyntaxNode, context: Context): Expr {
  checkTime();
  return context.session.lowering.expr(node, context);
}

/** Lowers a tabular expression: a source, or operators piped one after the other. */
export function lowerPipe(node: SyntaxNode, context: Context): Rel {
  checkTime();
  return context.session.lowering.pipe(node, context);
}

/** Lowers an expression that stands for a graph. */
export const lowerGraph = (node: SyntaxNode, context: Context): Graph => context.session.lowering.graph(node, context);

/** Lowers a tabular expression that may give several tables (`fork`, `facet`). */
export const lowerTables = (node: SyntaxNode, context: Context): readonly NamedTable[] =>
  context.session.lowering.tables(node, context);
