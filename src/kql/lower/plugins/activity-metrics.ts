import { aggregate, column, filter, keep, project } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import { activityOf, boundsOf, dimensionsOf, events, hasId, ID, joinedOn, PERIOD, result, TIME } from './activity.js';
import { leadingConstants } from './arguments.js';
import { count, difference, distinctCount, orZero, own, ratio } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

/**
 * `activity_metrics(id, time [, start, end], window [, dims…])`: each window's ids compared with those of the window right
 * before it. A window after one without activity has NaN for rates.
 */
export const lowerActivityMetrics: LowerPlugin = (node, args, input, context) => {
  const plugin = 'activity_metrics';
  const activity = activityOf(plugin, args, input, node);
  const [first, last] = leadingConstants(args.slice(2), input, context, 1);
  const bounds = first && last ? boundsOf([first, last], activity, context) : undefined;
  const rest = args.slice(bounds ? 4 : 2);
  const periods = periodsOf(plugin, rest[0]!, activity.time.type, bounds, context);
  const dimensions = dimensionsOf(plugin, rest.slice(1), activity, node);
  const type = activity.time.type;

  const rows = bounds ? during(activity.rows, activity.time, bounds) : activity.rows;
  const found = filter(events(rows, activity, dimensions), hasId(activity));
  const slices = dimensions.map(keep);
  const id = keep({ name: ID, type: activity.id.type });
  const seen = aggregate(found, [{ name: PERIOD, expr: periods.of(own(TIME, type)) }, ...slices, id], []);
  const period = keep({ name: PERIOD, type });
  const counted = aggregate(seen, [period, ...slices], [{ name: '$dcount', expr: distinctCount(id.expr) }]);

  const names = dimensions.map((of) => of.name);
  const previous = { name: '$previous', expr: periods.before(own(PERIOD, type)) };
  const asPrevious = (rel: Rel, kept: readonly string[]): Rel =>
    project(rel, [
      { name: '$previous', expr: own(PERIOD, type) },
      ...rel.columns.filter((of) => kept.includes(of.name)).map(keep),
    ]);
  const withPrevious = (rel: Rel): Rel =>
    project(rel, [...rel.columns.map((of) => ({ name: of.name, expr: column(of) })), previous]);
  const returned = aggregate(
    joinedOn('inner', withPrevious(seen), asPrevious(seen, [...names, ID]), ['$previous', ...names, ID]),
    [period, ...slices],
    [{ name: '$retained', expr: count() }],
  );
  const before = project(asPrevious(counted, [...names, '$dcount']), [
    { name: '$previous', expr: own('$previous', type) },
    ...slices,
    { name: '$before', expr: own('$dcount', 'long') },
  ]);
  const all = joinedOn(
    'leftouter',
    joinedOn('leftouter', withPrevious(counted), before, ['$previous', ...names]),
    returned,
    [PERIOD, ...names],
  );
  const [now, kept, past] = [own('$dcount', 'long'), orZero(own('$retained', 'long')), orZero(own('$before', 'long'))];
  return result(all, activity, dimensions, [
    { name: 'dcount_values', expr: now },
    { name: 'dcount_newvalues', expr: difference(now, kept) },
    { name: 'retention_rate', expr: ratio(kept, past) },
    { name: 'churn_rate', expr: ratio(difference(past, kept), past) },
  ]);
};
