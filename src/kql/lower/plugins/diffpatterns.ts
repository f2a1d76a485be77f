import { call, column, filter, keep, literal, long, or, text } from '../../plan/build.js';
import type { Expr } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { badArgument } from '../context.js';
import { visible } from '../operators/join.js';
import { uniquely } from './activity.js';
import { columnOf, literalOf, numberOf } from './arguments.js';
import { equal } from './arithmetic.js';
import { cell, frequentItems, isDefault, itemOf, patternRows, valueColumns, weightOf, wildcards } from './patterns.js';
import type { LowerPlugin } from './plugin.js';

/** Dimensions are not limited unless a query does. */
const ALL_DIMENSIONS = 1_000_000;

/**
 * `diffpatterns(split, a, b [, weight] [, threshold] [, maxDimensions] [, wildcards…])`: the patterns whose shares of two sets
 * of rows differ the most.
 */
export const lowerDiffpatterns: LowerPlugin = (node, args, input, context) => {
  const plugin = 'diffpatterns';
  const rows = visible(input);
  const split = columnOf(plugin, args[0], rows, node);
  const weight = weightOf(plugin, args[3], rows, context, node);
  const threshold = isDefault(args[4], context) ? 0.05 : numberOf(plugin, args[4]!, context, [0.015, 1]);
  const dimensions = isDefault(args[5], context)
    ? ALL_DIMENSIONS
    : numberOf(plugin, args[5]!, context, [1, Number.POSITIVE_INFINITY]);
  const columns = rows.columns.filter((of) => of !== split && of !== weight.column);
  if (columns.length === 0) return badArgument(plugin, 'there is no column beside the one that splits the rows', node);
  const sides = [args[1]!, args[2]!].map((arg) =>
    equal(coerce(column(split), 'string'), text(String(literalOf(plugin, arg, context)))),
  );
  const weights = sides.map((side): Expr => call('iff', 'real', side, weight.expr, literal('real', 0)));
  const table = frequentItems(filter(rows, or(sides)), { columns: columns.map(itemOf), weights, threshold }, context);
  const found = patternRows(table, 'patterns_of_difference', literal('real', threshold), long(Math.trunc(dimensions)));
  return uniquely(found, [
    keep({ name: 'SegmentId', type: 'long' }),
    { name: 'CountA', expr: cell(0, 'long') },
    { name: 'CountB', expr: cell(1, 'long') },
    { name: 'PercentA', expr: cell(2, 'real') },
    { name: 'PercentB', expr: cell(3, 'real') },
    { name: 'PercentDiffAB', expr: cell(4, 'real') },
    ...valueColumns(columns, 5, wildcards(args.slice(6), context)),
  ]);
};
