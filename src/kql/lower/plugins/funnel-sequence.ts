import type { SyntaxNode } from '../../parse/syntax.js';
import { aggregate, and, call, column, filter, keep, long, missing, project, sort, text } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel, WindowCall } from '../../plan/nodes.js';
import type { Column, KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import {
  type Activity,
  activityOf,
  boundsOf,
  distanceOf,
  events,
  hasId,
  ID,
  PERIOD,
  result,
  TIME,
} from './activity.js';
import { arrayOf, columnOf } from './arguments.js';
import { aggregateOf, atMost, distance, distinctCount, equal, own } from './arithmetic.js';
import { during, periodsOf } from './periods.js';

const STATE = '$state';
const BEGIN = '$begin';
const FINISH = '$finish';
const RUN = '$run';
const PREVIOUS = '$prev';
const NEXT = '$next';
/** Ids that a row of the result shows at most. */
const SAMPLES = 128;

/**
 * `funnel_sequence(id, time, start, end, maxStep, step, state, sequence)`: three tables of the ids that went through the
 * sequence, by the states before and after it, before it, and after it. Steps are consecutive states of an id; a state that
 * is repeated counts as one that lasts.
 */
export function lowerFunnelSequence(
  node: SyntaxNode,
  args: readonly SyntaxNode[],
  input: Rel,
  context: Context,
): Rel[] {
  const plugin = 'funnel_sequence';
  const activity = activityOf(plugin, args, input, node);
  const { time } = activity;
  const bounds = boundsOf([args[2]!, args[3]!], activity, context);
  const gap = distanceOf(args[4]!, activity, context);
  const periods = periodsOf(plugin, args[5]!, time.type, bounds, context);
  const state = columnOf(plugin, args[6], activity.rows, node);
  const sequence = arrayOf(plugin, args[7]!, context).map(String);
  if (sequence.length === 0) return badArgument(plugin, 'the sequence is empty', args[7]!);

  const found = filter(
    events(during(activity.rows, time, bounds), activity, [], [{ name: STATE, expr: column(state) }]),
    hasId(activity),
  );
  const matched = matches(runs(found, activity, state, sequence), activity, state, sequence, gap);
  const dated = project(matched, [
    ...matched.columns.map(keep),
    { name: PERIOD, expr: periods.of(own(BEGIN, time.type)) },
  ]);
  return [[PREVIOUS, NEXT], [PREVIOUS], [NEXT]].map((by) => counted(dated, activity, state, by));
}

/** An id's rows put together to runs of one state, each with its first and last time. */
function runs(found: Rel, { id, time }: Activity, state: Column, sequence: readonly string[]): Rel {
  const [at, of] = [own(TIME, time.type), own(STATE, state.type)];
  const over = (name: string, type: KqlType, ...given: Expr[]): WindowCall => ({
    kind: 'window',
    type,
    name,
    args: given,
    partition: [own(ID, id.type)],
    order: [at, of].map((expr) => ({ expr, descending: false, nullsFirst: true })),
  });
  // where the sequence itself repeats a state, each row is a run
  const repeats = sequence.some((each, i) => i > 0 && each === sequence[i - 1]);
  const changes = over('running_sum', 'long', call('iff', 'long', over('row_changed', 'bool', of), long(1), long(0)));
  const numbered = project(found, [
    ...found.columns.map(keep),
    { name: RUN, expr: repeats ? over('row_number', 'long') : changes },
  ]);
  return aggregate(
    numbered,
    [keep({ name: ID, type: id.type }), keep({ name: RUN, type: 'long' })],
    [
      { name: STATE, expr: aggregateOf('take_any', state.type, of) },
      { name: BEGIN, expr: aggregateOf('min', time.type, at) },
      { name: FINISH, expr: aggregateOf('max', time.type, at) },
    ],
  );
}

/** The runs at which the sequence begins, with the states around it. */
function matches(runs: Rel, { id, time }: Activity, state: Column, sequence: readonly string[], gap: Expr): Rel {
  const shifted = (name: string, type: KqlType, by: number): Expr => {
    if (by === 0) return own(name, type);
    const moved: WindowCall = {
      kind: 'window',
      type,
      name: by < 0 ? 'prev' : 'next',
      args: [own(name, type), long(Math.abs(by))],
      partition: [own(ID, id.type)],
      order: [{ expr: own(RUN, 'long'), descending: false, nullsFirst: true }],
    };
    return moved;
  };
  const near = (later: number): Expr =>
    atMost(distance(shifted(FINISH, time.type, later - 1), shifted(BEGIN, time.type, later)), gap);
  const is = (at: number): Expr => equal(coerce(shifted(STATE, state.type, at), 'string'), text(sequence[at]!));
  const around = (later: number, at: number): Expr =>
    call('iff', state.type, near(later), shifted(STATE, state.type, at), missing(state.type));
  const steps = sequence.map((_, i) => (i === 0 ? is(0) : and([is(i), near(i)])));
  const tested = project(runs, [
    keep({ name: ID, type: id.type }),
    keep({ name: BEGIN, type: time.type }),
    { name: PREVIOUS, expr: around(0, -1) },
    { name: NEXT, expr: around(sequence.length, sequence.length) },
    { name: '$matches', expr: and(steps) },
  ]);
  return filter(tested, own('$matches', 'bool'));
}

function counted(dated: Rel, activity: Activity, state: Column, by: readonly string[]): Rel {
  const { id, time } = activity;
  const who = own(ID, id.type);
  const groups: NamedExpr[] = [PERIOD, ...by].map((name) =>
    keep({ name, type: name === PERIOD ? time.type : state.type }),
  );
  const found = aggregate(dated, groups, [
    { name: '$dcount', expr: distinctCount(who) },
    { name: '$samples', expr: aggregateOf('make_set', 'dynamic', coerce(who, 'dynamic'), long(SAMPLES)) },
  ]);
  const keys = [own(PERIOD, time.type), own('$dcount', 'long'), ...by.map((name) => own(name, state.type))];
  const sorted = sort(
    found,
    keys.map((expr, i) => ({ expr, descending: i === 1, nullsFirst: true })),
  );
  return result(
    sorted,
    activity,
    [],
    [
      ...by.map((name) => ({ name: name.slice(1), expr: own(name, state.type) })),
      { name: 'dcount', expr: own('$dcount', 'long') },
      { name: 'samples', expr: call('array_sort_asc', 'dynamic', own('$samples', 'dynamic')) },
    ],
  );
}
