import { aggregate, filter, keep, project } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import {
  type Activity,
  activityOf,
  boundsOf,
  dimensionsOf,
  events,
  hasId,
  ID,
  joinedOn,
  PERIOD,
  result,
  TIME,
} from './activity.js';
import { aggregateOf, count, distinctCount, orZero, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

/**
 * `activity_counts_metrics(id, time, start, end, window [, dims…])`: for each window with activity its rows, its ids, those
 * never seen in a window before, and all seen up to it.
 */
export const lowerActivityCountsMetrics: LowerPlugin = (node, args, input, context) => {
  const plugin = 'activity_counts_metrics';
  const activity = activityOf(plugin, args, input, node);
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const periods = periodsOf(plugin, args[4]!, activity.time.type, bounds, context);
  const dimensions = dimensionsOf(plugin, args.slice(5), activity, node);
  const type = activity.time.type;

  const found = events(during(activity.rows, activity.time, bounds), activity, dimensions);
  const period = { name: PERIOD, expr: periods.of(own(TIME, type)) };
  const groups = [period, ...dimensions.map(keep)];
  const counted = aggregate(found, groups, [
    { name: '$count', expr: count() },
    { name: '$dcount', expr: distinctCount(own(ID, activity.id.type)) },
  ]);
  const names = [PERIOD, ...dimensions.map((of) => of.name)];
  const both = joinedOn(
    'leftouter',
    counted,
    newIds(found, activity, periods.of(own(TIME, type)), names.slice(1)),
    names,
  );
  const fresh = orZero(own('$new', 'long'));
  const soFar: Expr = {
    kind: 'window',
    type: 'long',
    name: 'running_sum',
    args: [fresh],
    partition: dimensions.map((of) => ({ kind: 'column', ...of })),
    order: [{ expr: own(PERIOD, type), descending: false, nullsFirst: true }],
  };
  return result(both, activity, dimensions, [
    { name: 'count', expr: own('$count', 'long') },
    { name: 'dcount', expr: own('$dcount', 'long') },
    { name: 'new_dcount', expr: fresh },
    { name: 'aggregated_dcount', expr: soFar },
  ]);
};

/** For each period the number of ids that are seen in it first. */
function newIds(found: Rel, activity: Activity, period: Expr, dimensions: readonly string[]): Rel {
  const slices = found.columns.filter((of) => dimensions.includes(of.name)).map(keep);
  const dated = project(filter(found, hasId(activity)), [
    ...slices,
    keep({ name: ID, type: activity.id.type }),
    { name: PERIOD, expr: period },
  ]);
  const first = aggregate(
    dated,
    [...slices, keep({ name: ID, type: activity.id.type })],
    [{ name: PERIOD, expr: aggregateOf('min', period.type, own(PERIOD, period.type)) }],
  );
  return aggregate(first, [keep({ name: PERIOD, type: period.type }), ...slices], [{ name: '$new', expr: count() }]);
}
