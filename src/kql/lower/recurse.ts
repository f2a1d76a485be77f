import type { SyntaxNode } from '../parse/syntax.js';
import type { Expr, Rel } from '../plan/nodes.js';
import type { Context } from './context.js';

/**
 * Lowering is one recursive descent: an operator holds expressions, an expression may hold a whole table.
 * The two ways down hang on the session, so that a file of one operator needs no import of all the others.
 */

/** Lowers a scalar expression. Throws `unsupported`, with its place, for what has no lowering. */
export const lowerExpr = (node: SyntaxNode, context: Context): Expr => context.session.lowering.expr(node, context);

/** Lowers a tabular expression: a source, or operators piped one after the other. */
export const lowerPipe = (node: SyntaxNode, context: Context): Rel => context.session.lowering.pipe(node, context);
