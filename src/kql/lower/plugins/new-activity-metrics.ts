import { boundColumns, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, and, call, column, filter, keep, long, or, project } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { joined, visible } from '../operators/join.js';
import { lowerExpr } from '../recurse.js';
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
  TIME,
  uniquely,
} from './activity.js';
import { constantOf, tableArgument } from './arguments.js';
import { aggregateOf, atMost, count, difference, equal, less, orZero, own, ratio } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

const FROM = '$from';
const FIRST = '$first';

/**
 * `new_activity_metrics(id, time, start, end, window [, cohort] [, dims…] [, lookback])`: the ids first seen in each window
 * (the cohort), and how many of them come again in each window from it on. Ids of the lookback table belong to no cohort.
 */
export const lowerNewActivityMetrics: LowerPlugin = (node, args, input, context) => {
  const plugin = 'new_activity_metrics';
  const activity = activityOf(plugin, args, input, node);
  const type = activity.time.type;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const periods = periodsOf(plugin, args[4]!, type, bounds, context);
  const { cohort, slicedBy, lookback } = optionsOf(args.slice(5), input, context);
  const dimensions = dimensionsOf(plugin, slicedBy, activity, node);
  const slices = dimensions.map(keep);
  const names = dimensions.map((of) => of.name);

  const found = filter(events(during(activity.rows, activity.time, bounds), activity, dimensions), hasId(activity));
  const id = keep({ name: ID, type: activity.id.type });
  const seen = aggregate(found, [{ name: PERIOD, expr: periods.of(own(TIME, type)) }, ...slices, id], []);
  const everFirst = aggregate(
    seen,
    [...slices, id],
    [{ name: FIRST, expr: aggregateOf('min', type, own(PERIOD, type)) }],
  );
  const first = lookback ? unseen(everFirst, idsOf(lookback, activity, node), activity) : everFirst;

  /** How many ids of each first window are active in each window. */
  const active = aggregate(
    joinedOn('inner', seen, first, [...names, ID]),
    [keep({ name: FIRST, type }), keep({ name: PERIOD, type }), ...slices],
    [{ name: '$active', expr: count() }],
  );
  const pairs = pairsOf(periods.all(FROM), periods.all(PERIOD), dimensions, seen);
  const wanted = cohort ? filter(pairs, equal(own(FROM, type), periods.of(constantOf(cohort, context, type)))) : pairs;
  const cohorts = project(
    aggregate(first, [keep({ name: FIRST, type }), ...slices], [{ name: '$size', expr: count() }]),
    [{ name: FROM, expr: own(FIRST, type) }, ...slices, keep({ name: '$size', type: 'long' })],
  );
  const sized = joinedOn('leftouter', wanted, cohorts, [FROM, ...names]);
  return measured(joinedOn('leftouter', sized, active, [PERIOD, ...names]), activity, dimensions);
};

/** Each window with itself and every later one, for each combination of the dimensions there is. */
function pairsOf(from: Rel, to: Rel, dimensions: readonly Column[], seen: Rel): Rel {
  const { type } = from.columns[0]!;
  const both = {
    ...joined('inner', from, to, []),
    condition: atMost(column({ name: FROM, type }, 'left'), column({ name: PERIOD, type }, 'right')),
  };
  return dimensions.length === 0 ? both : joined('cross', both, aggregate(seen, dimensions.map(keep), []), []);
}

function measured(input: Rel, { timeline, time }: Activity, dimensions: readonly Column[]): Rel {
  const [from, to, first] = [own(FROM, time.type), own(PERIOD, time.type), own(FIRST, time.type)];
  const active = orZero(own('$active', 'long'));
  const summed = (condition: Expr): Expr => aggregateOf('sum', 'long', call('iff', 'long', condition, active, long(0)));
  const ofCohort = equal(first, from);
  const isNew = or([less(from, first), and([ofCohort, equal(from, to)])]);
  const sums = aggregate(
    input,
    [
      keep({ name: FROM, type: time.type }),
      keep({ name: PERIOD, type: time.type }),
      ...dimensions.map(keep),
      keep({ name: '$size', type: 'long' }),
    ],
    [
      { name: '$new', expr: summed(isNew) },
      { name: '$retained', expr: summed(ofCohort) },
    ],
  );
  const [size, retained] = [orZero(own('$size', 'long')), own('$retained', 'long')];
  const churned = difference(size, retained);
  const ends: NamedExpr[] = [
    { name: `from_${timeline.name}`, expr: coerce(from, timeline.type) },
    { name: `to_${timeline.name}`, expr: coerce(to, timeline.type) },
  ];
  return uniquely(sums, [
    ...ends,
    ...dimensions.map(keep),
    { name: 'dcount_new_values', expr: own('$new', 'long') },
    { name: 'dcount_retained_values', expr: retained },
    { name: 'dcount_churn_values', expr: churned },
    { name: 'retention_rate', expr: ratio(retained, size) },
    { name: 'churn_rate', expr: ratio(churned, size) },
  ]);
}

interface Options {
  readonly cohort?: SyntaxNode;
  readonly slicedBy: readonly SyntaxNode[];
  readonly lookback?: Rel;
}

/** A cohort is a constant right behind the window, a lookback a table at the end; columns between them are dimensions. */
function optionsOf(args: readonly SyntaxNode[], input: Rel, context: Context): Options {
  const lookback = tableArgument(args.at(-1), context);
  const rest = lookback ? args.slice(0, -1) : args;
  const [first] = rest;
  const isCohort =
    first &&
    !boundColumns(first) &&
    lowerExpr(first, { ...context, row: { columns: input.columns } }).kind !== 'column';
  return {
    slicedBy: isCohort ? rest.slice(1) : rest,
    ...(isCohort ? { cohort: first } : {}),
    ...(lookback ? { lookback } : {}),
  };
}

/** The ids of a lookback table: its column of the id's name, or its only one. */
function idsOf(lookback: Rel, { id }: Activity, node: SyntaxNode): Rel {
  const { columns } = visible(lookback);
  const found = columns.find((of) => of.name === id.name) ?? (columns.length === 1 ? columns[0] : undefined);
  if (!found) return badArgument('new_activity_metrics', `the lookback table has no column ${id.name}`, node);
  return aggregate(lookback, [{ name: ID, expr: coerce(column(found), id.type) }], []);
}

function unseen(first: Rel, ids: Rel, { id }: Activity): Rel {
  const key = { name: ID, type: id.type };
  return joined('leftanti', first, ids, [{ left: column(key, 'left'), right: column(key, 'right') }]);
}
