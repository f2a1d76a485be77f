import { keep, literal, long } from '../../plan/build.js';
import { visible } from '../operators/join.js';
import { uniquely } from './activity.js';
import { numberOf } from './arguments.js';
import { cell, frequentItems, isDefault, itemOf, patternRows, valueColumns, weightOf, wildcards } from './patterns.js';
import type { LowerPlugin } from './plugin.js';

/** `basket([threshold] [, weight] [, maxDimensions] [, wildcards…])`: all patterns that are frequent enough, each as special as its rows allow. */
export const lowerBasket: LowerPlugin = (node, args, input, context) => {
  const plugin = 'basket';
  const rows = visible(input);
  const threshold = isDefault(args[0], context) ? 0.05 : numberOf(plugin, args[0]!, context, [0.015, 1]);
  const weight = weightOf(plugin, args[1], rows, context, node);
  const dimensions = isDefault(args[2], context)
    ? 5
    : numberOf(plugin, args[2]!, context, [1, Number.POSITIVE_INFINITY]);
  const columns = rows.columns.filter((of) => of !== weight.column);
  const table = frequentItems(rows, { columns: columns.map(itemOf), weights: [weight.expr], threshold }, context);
  const found = patternRows(table, 'patterns_of_basket', literal('real', threshold), long(Math.trunc(dimensions)));
  return uniquely(found, [
    keep({ name: 'SegmentId', type: 'long' }),
    { name: 'Count', expr: cell(0, 'long') },
    { name: 'Percent', expr: cell(1, 'real') },
    ...valueColumns(columns, 2, wildcards(args.slice(3), context)),
  ]);
};
