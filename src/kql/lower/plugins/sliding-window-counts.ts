import { aggregate, keep } from '../../plan/build.js';
import { activityOf, boundsOf, dimensionsOf, distanceOf, events, ID, PERIOD, result, TIME } from './activity.js';
import { aggregateOf, count, distinctCount, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';
import { stretched } from './stretched.js';

/**
 * `sliding_window_counts(id, time, start, end, lookback, bin [, dims…])`: for each bin from start to end the rows and ids of
 * the lookback window that ends with it. What is before the start counts for the first windows.
 */
export const lowerSlidingWindowCounts: LowerPlugin = (node, args, input, context) => {
  const plugin = 'sliding_window_counts';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const lookback = distanceOf(args[4]!, activity, context);
  const periods = periodsOf(plugin, args[5]!, time.type, bounds, context);
  const dimensions = dimensionsOf(plugin, args.slice(6), activity, node);

  const slices = dimensions.map(keep);
  const id = keep({ name: ID, type: activity.id.type });
  const found = events(during(activity.rows, time, bounds, lookback), activity, dimensions);
  const perId = aggregate(
    found,
    [{ name: PERIOD, expr: periods.of(own(TIME, time.type)) }, ...slices, id],
    [{ name: '$count', expr: count() }],
  );
  const counted = aggregate(
    stretched(perId, periods, lookback),
    [keep({ name: PERIOD, type: time.type }), ...slices],
    [
      { name: '$sum', expr: aggregateOf('sum', 'long', own('$count', 'long')) },
      { name: '$dcount', expr: distinctCount(id.expr) },
    ],
  );
  return result(counted, activity, dimensions, [
    { name: 'Count', expr: own('$sum', 'long') },
    { name: 'Dcount', expr: own('$dcount', 'long') },
  ]);
};
