import {
  aggregate,
  and,
  call,
  column,
  filter,
  keep,
  literal,
  long,
  project,
  sort,
  text,
  values,
} from '../../plan/build.js';
import type { Expr, Rel, WindowCall } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument } from '../context.js';
import { joined } from '../operators/join.js';
import {
  type Activity,
  activityOf,
  boundsOf,
  events,
  hasId,
  ID,
  joinedOn,
  PERIOD,
  TIME,
  uniquely,
} from './activity.js';
import { arrayOf, columnOf, constantOf } from './arguments.js';
import { atMost, distance, distanceType, distinctCount, equal, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';
import type { LowerPlugin } from './plugin.js';

const STATE = '$state';
/** The time at which a chain of steps reaches the one of that number. */
const at = (step: number): string => `$at${step}`;

/**
 * `funnel_sequence_completion(id, time, start, end, step, state, sequence, periods)`: for each period and state of the sequence
 * the ids that came to it, through all states before it and within the period from the first.
 */
export const lowerFunnelSequenceCompletion: LowerPlugin = (node, args, input, context) => {
  const plugin = 'funnel_sequence_completion';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const bins = periodsOf(plugin, args[4]!, time.type, bounds, context);
  const state = columnOf(plugin, args[5], activity.rows, node);
  const sequence = arrayOf(plugin, args[6]!, context).map(String);
  const spans = arrayOf(plugin, args[7]!, context);
  if (sequence.length === 0 || spans.length === 0)
    return badArgument(plugin, 'it takes at least one state and one period', node);

  const rows = events(
    during(activity.rows, time, bounds),
    activity,
    [],
    [{ name: STATE, expr: coerce(column(state), 'string') }],
  );
  const who = keep({ name: ID, type: activity.id.type });
  const seen = aggregate(
    filter(rows, and([hasId(activity), call('in', 'bool', own(STATE, 'string'), ...[...new Set(sequence)].map(text))])),
    [who, keep({ name: TIME, type: time.type }), keep({ name: STATE, type: 'string' })],
    [],
  );
  const distances = distanceType(time.type);
  const levels = values(
    [
      { name: '$p', type: 'long' },
      { name: '$k', type: 'long' },
      { name: '$name', type: 'string' },
      { name: '$span', type: distances },
    ],
    spans.flatMap((_, p) =>
      sequence.map((name, k) => [long(p), long(k), text(name), spanAt(constantOf(args[7]!, context), p, distances)]),
    ),
  );
  const each = joined('cross', chains(seen, activity, sequence), levels, []);
  const reached = call(
    'case',
    time.type,
    ...sequence.slice(1).flatMap((_, i) => [equal(own('$k', 'long'), long(i + 1)), own(at(i + 1), time.type)]),
    own(at(0), time.type),
  );
  const within = filter(
    each,
    atMost(
      distance(own(at(0), time.type), sequence.length > 1 ? reached : own(at(0), time.type)),
      own('$span', distances),
    ),
  );
  const keys = [{ name: PERIOD, expr: bins.of(own(at(0), time.type)) }, ...levels.columns.map(keep)];
  const counted = aggregate(within, keys, [{ name: '$dcount', expr: distinctCount(who.expr) }]);
  const sorted = sort(
    counted,
    [own(PERIOD, time.type), own('$p', 'long'), own('$k', 'long')].map((expr) => ({
      expr,
      descending: false,
      nullsFirst: true,
    })),
  );
  return uniquely(sorted, [
    { name: activity.timeline.name, expr: coerce(own(PERIOD, time.type), activity.timeline.type) },
    { name: state.name, expr: own('$name', 'string') },
    { name: 'Period', expr: coerce(own('$span', distances), 'timespan') },
    { name: 'dcount', expr: own('$dcount', 'long') },
  ]);
};

/** An element of the periods' array. */
const spanAt = (periods: Expr, p: number, type: KqlType): Expr =>
  coerce(call('[]', 'dynamic', coerce(periods, 'dynamic'), long(p)), type);

/**
 * For each time at which an id was in the first state, the earliest times at which it came to the next ones, one after the
 * other; null from the one on that it never came to.
 */
function chains(seen: Rel, { id, time }: Activity, sequence: readonly string[]): Rel {
  const when = own(TIME, time.type);
  const who = { name: ID, type: id.type };
  const over = (name: string, descending: boolean, by: readonly Expr[], of: Expr): WindowCall => ({
    kind: 'window',
    type: time.type,
    name,
    args: [of],
    partition: by,
    order: [{ expr: when, descending, nullsFirst: true }],
  });
  const isAt = (step: number): Expr => equal(own(STATE, 'string'), text(sequence[step]!));
  /** The first time of a step at or after the row's; after it, when the step repeats the row's own state. */
  const nextAt = (step: number): Expr =>
    sequence[step] === sequence[step - 1]
      ? over('next', false, [column(who), own(STATE, 'string')], when)
      : over('running_min', true, [column(who)], call('iff', time.type, isAt(step), when, literal(time.type, null)));
  /** The rows of a step, with the times of all steps from it on. */
  const from = (step: number): Rel => {
    if (step === sequence.length - 1)
      return project(filter(seen, isAt(step)), [keep(who), { name: at(step), expr: when }]);
    const looked = project(seen, [...seen.columns.map(keep), { name: at(step + 1), expr: nextAt(step + 1) }]);
    const rows = project(filter(looked, isAt(step)), [
      keep(who),
      { name: at(step), expr: when },
      keep({ name: at(step + 1), type: time.type }),
    ]);
    return step === sequence.length - 2 ? rows : joinedOn('leftouter', rows, from(step + 1), [ID, at(step + 1)]);
  };
  return from(0);
}
