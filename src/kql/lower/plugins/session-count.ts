import { aggregate, and, call, column, filter, keep, long, or, project } from '../../plan/build.js';
import type { Expr, WindowCall } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { activityOf, boundsOf, dimensionsOf, distanceOf, events, ID, PERIOD, result, TIME } from './activity.js';
import { atLeast, count, distance, more, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

/**
 * `session_count(id, time, start, end, bin, lookback [, dims…])`: for each bin the sessions that are active in it. A session
 * is a run of one id's rows without a gap longer than the lookback.
 */
export const lowerSessionCount: LowerPlugin = (node, args, input, context) => {
  const plugin = 'session_count';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const periods = periodsOf(plugin, args[4]!, time.type, bounds, context);
  const lookback = distanceOf(args[5]!, activity, context);
  const dimensions = dimensionsOf(plugin, args.slice(6), activity, node);

  const slices = dimensions.map(keep);
  const id = keep({ name: ID, type: activity.id.type });
  const at = own(TIME, time.type);
  const over = (name: string, type: KqlType, ...given: Expr[]): WindowCall => ({
    kind: 'window',
    type,
    name,
    args: given,
    partition: [...dimensions.map((of) => column(of)), id.expr],
    order: [{ expr: at, descending: false, nullsFirst: true }],
  });
  const past = over('prev', time.type, at);
  const begins = or([call('isnull', 'bool', past), more(distance(past, at), lookback)]);
  const session = over('running_sum', 'long', call('iff', 'long', begins, long(1), long(0)));
  const found = events(during(activity.rows, time, bounds, lookback), activity, dimensions);
  const numbered = project(found, [...found.columns.map(keep), { name: '$session', expr: session }]);
  const active = aggregate(
    filter(numbered, and([atLeast(at, bounds.start)])),
    [{ name: PERIOD, expr: periods.of(at) }, ...slices, id, keep({ name: '$session', type: 'long' })],
    [],
  );
  const counted = aggregate(
    active,
    [keep({ name: PERIOD, type: time.type }), ...slices],
    [{ name: '$sessions', expr: count() }],
  );
  return result(counted, activity, dimensions, [{ name: 'count_sessions', expr: own('$sessions', 'long') }]);
};
