import { argumentsOf, calledName, kindOf, listOf, type SyntaxNode } from '../../parse/syntax.js';
import { keep, project } from '../../plan/build.js';
import { isHidden } from '../../plan/order.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { wildcard } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `project-by-names 'a', 'b*', dynamic(['c']), column_names_of(T)`: the columns of these names that there are, in the order asked for. */
export const lowerProjectByNames: LowerOperator = (node, input, context) => {
  const patterns = listOf(node.Expressions).flatMap((of) => namesOf(of, context));
  const columns = input.columns.filter((of) => !isHidden(of.name));
  const found = patterns.flatMap((pattern) => columns.filter((of) => wildcard(pattern).test(of.name)));
  return project(input, [...new Set(found)].map(keep));
};

function namesOf(node: SyntaxNode, context: Context): string[] {
  if (kindOf(node) === 'FunctionCallExpression' && calledName(node) === 'column_names_of') {
    const [table] = argumentsOf(node.ArgumentList);
    if (!table) return badArgument('column_names_of', 'it takes a table', node);
    const rel = lowerPipe(table, { session: context.session, scope: context.scope });
    return rel.columns.filter((of) => !isHidden(of.name)).map((of) => of.name);
  }
  const expr = lowerExpr(node, { ...context, row: undefined });
  if (expr.kind === 'literal') {
    if (Array.isArray(expr.value)) return expr.value.map(String);
    if (typeof expr.value === 'string') return [expr.value];
  }
  return badArgument('project-by-names', 'its names must be constants', node);
}
