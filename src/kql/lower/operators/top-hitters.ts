import { aggregate, limit, sort } from '../../plan/build.js';
import type { Expr, SortKey } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { boundNames, lowerNamed } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/**
 * `top-hitters n of x [by y]`: the n values with most rows, or the largest sum of y, the smallest first as Kusto gives them.
 * Exact, where Kusto approximates; of values that tie, Kusto may keep others.
 */
export const lowerTopHitters: LowerOperator = (node, input, context) => {
  const [valueName, measureName] = boundNames(node);
  const groups = lowerNamed([node.OfExpression], context, [valueName ?? 'Column1']);
  const weight = node.ByClause ? lowerExpr(node.ByClause.Expression, context) : undefined;
  const type = weight?.type === 'real' ? 'real' : 'long';
  const measure: Expr = weight
    ? { kind: 'aggregate', type, name: 'sum', args: [coerce(weight, type)] }
    : { kind: 'aggregate', type: 'long', name: 'count', args: [] };
  const name = measureName ?? 'approximate_count';
  const grouped = aggregate(input, groups, [{ name, expr: measure }]);
  const count = coerce(lowerExpr(node.Expression, { ...context, row: undefined }), 'long');
  const by = (descending: boolean): SortKey[] => [
    { expr: { kind: 'column', type, name }, descending, nullsFirst: !descending },
    ...groups.map(
      ({ name, expr }): SortKey => ({
        expr: { kind: 'column', type: expr.type, name },
        descending: true,
        nullsFirst: false,
      }),
    ),
  ];
  return sort(limit(sort(grouped, by(true)), count), by(false));
};
