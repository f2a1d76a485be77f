import type { SyntaxNode } from '../../parse/syntax.js';
import { aggregate, call, filter, keep } from '../../plan/build.js';
import type { Expr } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import {
  type Activity,
  activityOf,
  boundsOf,
  dimensionsOf,
  distanceOf,
  events,
  hasId,
  ID,
  joinedOn,
  PERIOD,
  result,
  TIME,
} from './activity.js';
import { constantOf, leadingConstants } from './arguments.js';
import { aggregateOf, distanceType, distinctCount, orZero, own, ratio } from './arithmetic.js';
import { type Bounds, during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';
import { stretched } from './stretched.js';

/**
 * `activity_engagement(id, time [, start, end], inner, outer [, dims…])`: for each inner window its ids, those of the outer
 * window that ends with it, and their ratio. What is before the start counts for the first outer windows.
 */
export const lowerActivityEngagement: LowerPlugin = (node, args, input, context) => {
  const plugin = 'activity_engagement';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const [first, last] = leadingConstants(args.slice(2), input, context, 2);
  const rest = args.slice(first && last ? 4 : 2);
  const bounds: Bounds =
    first && last ? boundsOf([first, last], activity, context) : extent(activity, rest[0]!, context);
  const periods = periodsOf(plugin, rest[0]!, time.type, bounds, context);
  const outer = distanceOf(rest[1]!, activity, context);
  const dimensions = dimensionsOf(plugin, rest.slice(2), activity, node);

  const found = filter(events(during(activity.rows, time, bounds, outer), activity, dimensions), hasId(activity));
  const slices = dimensions.map(keep);
  const id = keep({ name: ID, type: activity.id.type });
  const seen = aggregate(found, [{ name: PERIOD, expr: periods.of(own(TIME, time.type)) }, ...slices, id], []);
  const period = keep({ name: PERIOD, type: time.type });
  const inner = aggregate(seen, [period, ...slices], [{ name: '$inner', expr: distinctCount(id.expr) }]);
  const wide = aggregate(
    stretched(seen, periods, outer),
    [period, ...slices],
    [{ name: '$outer', expr: distinctCount(id.expr) }],
  );
  const names = [PERIOD, ...dimensions.map((of) => of.name)];
  const both = joinedOn('leftouter', wide, inner, names);
  const [few, many] = [orZero(own('$inner', 'long')), own('$outer', 'long')];
  return result(both, activity, dimensions, [
    { name: 'dcount_activities_inner', expr: few },
    { name: 'dcount_activities_outer', expr: many },
    { name: 'activity_ratio', expr: ratio(few, many) },
  ]);
};

/** From the first row's window to the last row. */
function extent({ rows, time }: Activity, window: SyntaxNode, context: Context): Bounds {
  const size = constantOf(window, context);
  const edge = (which: 'min' | 'max', of: Expr): Expr => ({
    kind: 'scalarSubquery',
    type: of.type,
    rel: aggregate(rows, [], [{ name: 'edge', expr: aggregateOf(which, of.type, of) }]),
  });
  const first = size.type === 'string' ? time : call('bin', time.type, time, coerce(size, distanceType(time.type)));
  return { start: edge('min', first), end: edge('max', time) };
}
