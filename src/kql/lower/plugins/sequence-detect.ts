import { kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, and, call, column, extend, filter, keep, long, project } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { joined, visible } from '../operators/join.js';
import { lowerExpr } from '../recurse.js';
import { uniquely } from './activity.js';
import { columnOf, constantOf } from './arguments.js';
import { atMost, distance, distanceType, later, own } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

const TIME = '$time';
const BUCKET = '$bucket';
const OFFSET = '$offset';

/**
 * `sequence_detect(time, maxStep, maxSpan, e1 = condition, e2 = condition, …, dims…)`: every way to pick a time for each step,
 * in order, none further from the one before than the step window and all within the span.
 */
export const lowerSequenceDetect: LowerPlugin = (node, args, input, context) => {
  const plugin = 'sequence_detect';
  const rows = visible(input);
  const timeline = columnOf(plugin, args[0], rows, node);
  const time: Expr = timeline.type === 'int' ? coerce(column(timeline), 'long') : column(timeline);
  const gap = constantOf(args[1]!, context, distanceType(time.type));
  const span = constantOf(args[2]!, context, distanceType(time.type));
  const row: Context = { ...context, row: { columns: rows.columns } };
  const lowered = args.slice(3).map((arg) => ({ arg, expr: lowerExpr(arg, row) }));
  const end = lowered.findIndex(({ expr }) => expr.type !== 'bool');
  const steps = lowered.slice(0, end < 0 ? undefined : end);
  const dimensions = lowered
    .slice(steps.length)
    .map(({ arg, expr }): NamedExpr => ({ name: nameOfArgument(plugin, arg), expr }));
  const names = steps.map(({ arg }) => nameOfArgument(plugin, arg));
  if (steps.length === 0)
    return badArgument(plugin, 'it takes at least one step, such as login = (EventID == 4624)', node);

  const times = steps.map(
    ({ expr }, i): Rel =>
      aggregate(
        filter(rows, and([expr, call('isnotnull', 'bool', time)])),
        [...dimensions, { name: `${TIME}${i}`, expr: time }],
        [],
      ),
  );
  const shown = dimensions.map(({ name, expr }) => ({ name, type: expr.type }));
  const found = times
    .slice(1)
    .reduce(
      (before, step, i) => following({ before, step, at: i + 1, gap, span, type: time.type, dimensions: shown }),
      times[0]!,
    );
  const first = own(`${TIME}0`, time.type);
  const last = own(`${TIME}${steps.length - 1}`, time.type);
  return uniquely(found, [
    ...shown.map(keep),
    ...names.map((name, i) => ({
      name: `${name}_${timeline.name}`,
      expr: coerce(own(`${TIME}${i}`, time.type), timeline.type),
    })),
    { name: 'Duration', expr: coerce(distance(first, last), 'timespan') },
  ]);
};

interface Step {
  readonly before: Rel;
  readonly step: Rel;
  readonly at: number;
  readonly gap: Expr;
  readonly span: Expr;
  readonly type: KqlType;
  readonly dimensions: readonly { readonly name: string; readonly type: KqlType }[];
}

/** The sequences so far, each with every time of the next step that may follow. */
function following({ before, step, at, gap, span, type, dimensions }: Step): Rel {
  const [previous, next] = [`${TIME}${at - 1}`, `${TIME}${at}`];
  // times are only compared within a window's length: each side says which, and the earlier one the window after as well
  const length = gap.kind === 'literal' && Number(gap.value) > 0 ? gap : undefined;
  const left = length ? inBuckets(before, own(previous, type), length) : before;
  const right = length ? extend(step, [{ name: BUCKET, expr: call('bin', type, own(next, type), length) }]) : step;
  const shared = [...dimensions, ...(length ? [{ name: BUCKET, type }] : [])];
  const keys = shared.map((of) => ({ left: column(of, 'left'), right: column(of, 'right') }));
  const a = (name: string): Expr => column({ name, type }, 'left');
  const b = column({ name: next, type }, 'right');
  const join = joined('inner', left, right, keys, new Set(shared.map(({ name }) => name)));
  const condition = and([
    atMost(a(previous), b),
    atMost(distance(a(previous), b), gap),
    ...(at > 0 ? [atMost(distance(a(`${TIME}0`), b), span)] : []),
  ]);
  const matched = { ...join, condition };
  return project(matched, matched.columns.filter(({ name }) => name !== BUCKET && name !== OFFSET).map(keep));
}

/** Each row with the bucket of its time, and once more with the one after. */
function inBuckets(rel: Rel, time: Expr, length: Expr): Rel {
  const two: Rel = {
    kind: 'range',
    from: long(0),
    to: long(1),
    step: long(1),
    columns: [{ name: OFFSET, type: 'long' }],
  };
  const moved = call('*', length.type, own(OFFSET, 'long'), length);
  return extend(joined('cross', rel, two, []), [
    { name: BUCKET, expr: later(call('bin', time.type, time, length), moved) },
  ]);
}

function nameOfArgument(plugin: string, arg: SyntaxNode): string {
  if (kindOf(arg) === 'SimpleNamedExpression') return nameOf(arg.Name);
  if (kindOf(arg) === 'NameReference') return nameOf(arg);
  return badArgument(plugin, 'give each step and dimension a name, as in login = (EventID == 4624)', arg);
}
