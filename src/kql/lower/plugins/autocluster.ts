import { LEAST_SHARE } from '../../functions/patterns/clusters.js';
import { keep, literal, long } from '../../plan/build.js';
import { visible } from '../operators/join.js';
import { uniquely } from './activity.js';
import { numberOf } from './arguments.js';
import { cell, frequentItems, isDefault, itemOf, patternRows, valueColumns, weightOf, wildcards } from './patterns.js';
import type { LowerPlugin } from './plugin.js';

/** `autocluster([sizeWeight] [, weight] [, seeds] [, wildcards…])`: a few patterns that describe most of the rows. */
export const lowerAutocluster: LowerPlugin = (node, args, input, context) => {
  const plugin = 'autocluster';
  const rows = visible(input);
  const sizeWeight = isDefault(args[0], context) ? 0.5 : numberOf(plugin, args[0]!, context, [0, 1]);
  const weight = weightOf(plugin, args[1], rows, context, node);
  const seeds = isDefault(args[2], context) ? 25 : numberOf(plugin, args[2]!, context, [1, Number.POSITIVE_INFINITY]);
  const columns = rows.columns.filter((of) => of !== weight.column);
  const items = { columns: columns.map(itemOf), weights: [weight.expr], threshold: LEAST_SHARE };
  // without weights, what occurs once is no pattern
  const least = literal('real', weight.column ? 0 : 2);
  const found = patternRows(
    frequentItems(rows, items, context),
    'patterns_of_clusters',
    literal('real', sizeWeight),
    long(Math.trunc(seeds)),
    least,
  );
  return uniquely(found, [
    keep({ name: 'SegmentId', type: 'long' }),
    { name: 'Count', expr: cell(0, 'long') },
    { name: 'Percent', expr: cell(1, 'real') },
    ...valueColumns(columns, 2, wildcards(args.slice(3), context)),
  ]);
};
