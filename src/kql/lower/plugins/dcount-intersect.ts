import { call, column, keep, long, project } from '../../plan/build.js';
import type { NamedExpr } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import { badArgument } from '../context.js';
import { visible } from '../operators/join.js';
import { lowerExpr } from '../recurse.js';
import { uniquely } from './activity.js';
import { own } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

const MOST = 16;

/** `dcount_intersect(hll1, hll2, …)`: how many values the first set has, the first two have in common, the first three, … as `s0`, `s1`, … */
export const lowerDcountIntersect: LowerPlugin = (node, args, input, context) => {
  if (args.length < 2 || args.length > MOST)
    return badArgument('dcount_intersect', `it takes 2 to ${MOST} sketches made by hll()`, node);
  const rows = visible(input);
  const row = { ...context, row: { columns: rows.columns } };
  const sketches = args.map((arg) => coerce(lowerExpr(arg, row), 'dynamic'));
  const counted = project(rows, [
    ...rows.columns.map(keep),
    { name: '$counts', expr: call('hll_intersections', 'dynamic', call('pack_array', 'dynamic', ...sketches)) },
  ]);
  const counts = args.map(
    (_, i): NamedExpr => ({
      name: `s${i}`,
      expr: coerce(call('[]', 'dynamic', own('$counts', 'dynamic'), long(i)), 'long'),
    }),
  );
  return uniquely(counted, [...rows.columns.map((of) => ({ name: of.name, expr: column(of) })), ...counts]);
};
