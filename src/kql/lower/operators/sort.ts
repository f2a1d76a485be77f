import { kindOf, listOf, type SyntaxNode } from '../../parse/syntax.js';
import type { SortKey } from '../../plan/nodes.js';
import { sorted } from '../../plan/order.js';
import type { Context } from '../context.js';
import { windowInput } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `sort by a, b asc nulls last`: descending unless told otherwise; nulls are the smallest. */
export const lowerSort: LowerOperator = (node, input, context) => {
  const expressions = listOf(node.Expressions);
  const windowed = windowInput(input, expressions, context);
  return sorted(
    windowed.input,
    expressions.map((expression) => sortKey(expression, windowed.context)),
  );
};

/** The key of `expr [asc|desc] [nulls first|last]`. */
export function sortKey(node: SyntaxNode, context: Context): SortKey {
  const ordered = kindOf(node) === 'OrderedExpression';
  const ordering: SyntaxNode | undefined = ordered ? node.Ordering : undefined;
  const descending = ordering?.AscOrDescKeyword?.Text !== 'asc';
  const nulls: string | undefined = ordering?.NullsClause?.FirstOrLastKeyword?.Text;
  const expr = lowerExpr(ordered ? node.Expression : node, context);
  return { expr, descending, nullsFirst: nulls ? nulls === 'first' : !descending };
}
