import { call, column, filter, keep, literal, long, or, project } from '../../plan/build.js';
import type { Expr, WindowCall } from '../../plan/nodes.js';
import { isHidden, isSerialized, withOrder } from '../../plan/order.js';
import { coerce } from '../coerce.js';
import { badArgument } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { numberOf } from './arguments.js';
import { atMost, difference, own } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

const NUMBER = '$number';

/** `rows_near(condition, before [, after])`: the rows up to that many before or after one for which the condition is true. */
export const lowerRowsNear: LowerPlugin = (node, args, input, context) => {
  const plugin = 'rows_near';
  if (!isSerialized(input))
    return badArgument(plugin, 'the rows must be serialized: put sort by or serialize before it', node);
  const any = [0, Number.POSITIVE_INFINITY] as const;
  const before = long(numberOf(plugin, args[1]!, context, any));
  const after = args[2] ? long(numberOf(plugin, args[2], context, any)) : before;
  const { rel, order } = withOrder(input);
  const condition = coerce(lowerExpr(args[0]!, { ...context, row: { columns: rel.columns } }), 'bool');
  const over = (name: string, descending: boolean, ...given: Expr[]): WindowCall => ({
    kind: 'window',
    type: 'long',
    name,
    args: given,
    partition: [],
    order: [{ expr: order, descending, nullsFirst: true }],
  });
  const number = own(NUMBER, 'long');
  const matched = (position: Expr): Expr =>
    call('iff', 'long', own('$matches', 'bool'), position, literal('long', null));
  const numbered = project(rel, [
    ...rel.columns.map(keep),
    { name: NUMBER, expr: over('row_number', false) },
    { name: '$matches', expr: condition },
  ]);
  const marked = project(numbered, [
    ...numbered.columns.map(keep),
    { name: '$past', expr: over('running_max', false, matched(number)) },
    { name: '$coming', expr: over('running_max', true, matched(call('negate', 'long', number))) },
  ]);
  const near = or([
    atMost(difference(number, own('$past', 'long')), after),
    atMost(difference(call('negate', 'long', own('$coming', 'long')), number), before),
  ]);
  return project(
    filter(marked, near),
    input.columns.filter((of) => !isHidden(of.name)).map((of) => ({ name: of.name, expr: column(of) })),
  );
};
