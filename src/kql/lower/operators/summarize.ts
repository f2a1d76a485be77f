import { argumentsOf, boundColumns, calledName, kindOf, listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import { hasOrder, inOrderOfFirst, isWritten, withOrder } from '../../plan/order.js';
import type { Context } from '../context.js';
import { multiColumn } from '../multi-aggregate.js';
import { boundNames, lowerNamed } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `summarize aggregates by groups`: one row a group; without `by` exactly one row, also for no input. Of a table written in the query, groups keep the order of their first rows. */
export const lowerSummarize: LowerOperator = (node, input, context) => {
  const groupNodes = listOf(node.ByClause?.Expressions);
  const names = boundNames(node);
  const groups = lowerNamed(groupNodes, context, names.slice(0, groupNodes.length));
  const aggregateNodes = listOf(node.Aggregates);
  const ordered = hasOrder(input) ? withOrder(input) : undefined;
  const rel: Rel = ordered?.rel ?? input;
  const inner: Context = {
    ...context,
    aggregates: true,
    row: { columns: input.columns },
    ...(ordered ? { order: ordered.order } : {}),
  };
  const grouped = aggregate(rel, groups, lowerAggregates(aggregateNodes, groups, names.slice(groups.length), inner));
  return ordered && groups.length > 0 && isWritten(input) ? inOrderOfFirst(grouped, ordered.order) : grouped;
};

/** Aggregate expressions with their names; some give several columns (`arg_max`, `percentiles`, `take_any(*)`). */
export function lowerAggregates(
  nodes: readonly SyntaxNode[],
  groups: readonly NamedExpr[],
  names: readonly string[],
  context: Context,
): NamedExpr[] {
  const left = [...names];
  return nodes.flatMap((node) => {
    const several = multiColumn(node, groups, context);
    if (several) return several.map((expr, i) => ({ name: left.shift() ?? `Column${i + 1}`, expr }));
    const own = kindOf(node) === 'SimpleNamedExpression' ? nameOf(node.Name) : undefined;
    const bound = left.shift();
    return [{ name: own ?? pairName(node) ?? bound ?? defaultName(node), expr: lowerExpr(node, context) }];
  });
}

/** Kusto names a covariance after both of its columns, the official binder after the first. */
function pairName(node: SyntaxNode): string | undefined {
  if (kindOf(node) !== 'FunctionCallExpression' || !/^covariancep?(if)?$/.test(calledName(node))) return undefined;
  const [a, b] = argumentsOf(node.ArgumentList);
  const named = a && b && kindOf(a) === 'NameReference' && kindOf(b) === 'NameReference';
  return named ? `${calledName(node)}_${nameOf(a)}_${nameOf(b)}` : undefined;
}

const defaultName = (node: SyntaxNode): string => boundColumns(node)?.columns[0]?.name ?? 'Column1';
