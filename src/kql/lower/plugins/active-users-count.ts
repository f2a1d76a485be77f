import { aggregate, and, column, filter, keep } from '../../plan/build.js';
import { joined } from '../operators/join.js';
import { activityOf, boundsOf, dimensionsOf, distanceOf, events, hasId, ID, PERIOD, result, TIME } from './activity.js';
import { constantOf } from './arguments.js';
import { aggregateOf, atLeast, atMost, count, distance, distinctCount, less, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

const STEP = '$step';
const LAST = '$last';

/**
 * `active_users_count(id, time, start, end, lookback, period, least, bin [, dims…])`: for each bin the ids that have a row in
 * it before which, looking back, they were seen in at least that many periods (the row's own included).
 */
export const lowerActiveUsersCount: LowerPlugin = (node, args, input, context) => {
  const plugin = 'active_users_count';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const lookback = distanceOf(args[4]!, activity, context);
  const steps = periodsOf(plugin, args[5]!, time.type, bounds, context);
  const least = constantOf(args[6]!, context, 'long');
  const bins = periodsOf(plugin, args[7]!, time.type, bounds, context);
  const dimensions = dimensionsOf(plugin, args.slice(8), activity, node);

  const who = [...dimensions.map(keep), keep({ name: ID, type: activity.id.type })];
  const at = own(TIME, time.type);
  const found = filter(events(during(activity.rows, time, bounds, lookback), activity, dimensions), hasId(activity));
  const step = { name: STEP, expr: steps.of(at) };
  // of an id's rows in one period and bin, the first looks back the furthest; of those in a past period, the last is seen longest
  const rows = aggregate(
    filter(found, atLeast(at, bounds.start)),
    [...who, step, { name: PERIOD, expr: bins.of(at) }],
    [{ name: TIME, expr: aggregateOf('min', time.type, at) }],
  );
  const past = aggregate(found, [...who, step], [{ name: LAST, expr: aggregateOf('max', time.type, at) }]);
  const left = (name: string) => column({ name, type: time.type }, 'left');
  const right = (name: string) => column({ name, type: time.type }, 'right');
  const keys = who.map(({ name, expr }) => ({
    left: column({ name, type: expr.type }, 'left'),
    right: column({ name, type: expr.type }, 'right'),
  }));
  const seen = {
    ...joined('inner', rows, past, keys, new Set([...who.map(({ name }) => name), STEP])),
    condition: and([atMost(right(STEP), left(STEP)), less(distance(right(LAST), left(TIME)), lookback)]),
  };
  const counted = aggregate(
    seen,
    [...who, keep({ name: STEP, type: time.type }), keep({ name: PERIOD, type: time.type })],
    [{ name: '$seen', expr: count() }],
  );
  const active = aggregate(
    filter(counted, atLeast(own('$seen', 'long'), least)),
    [keep({ name: PERIOD, type: time.type }), ...dimensions.map(keep)],
    [{ name: '$dcount', expr: distinctCount(own(ID, activity.id.type)) }],
  );
  return result(active, activity, dimensions, [{ name: 'dcount', expr: own('$dcount', 'long') }]);
};
