import { kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, call, keep, text } from '../../plan/build.js';
import type { AggregateCall, Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import { isHidden } from '../../plan/order.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import type { LowerPlugin } from './plugin.js';
import { knownColumns } from './probe.js';

/** `pivot(column [, aggregate] [, columns…]) [: (schema)]`: a column for each value, holding the aggregate of its rows. */
export const lowerPivot: LowerPlugin = (node, args, input, context) => {
  const [pivotNode, ...rest] = args;
  if (!pivotNode) return badArgument('pivot', 'it takes the column whose values become columns', node);
  const value = lowerExpr(pivotNode, context);
  const aggregateNode = rest.find((arg) => kindOf(arg) === 'FunctionCallExpression');
  const measured = aggregateOf(aggregateNode, context);
  const used = new Set([value, ...measured.args].flatMap((expr) => (expr.kind === 'column' ? [expr.name] : [])));
  const named = rest.filter((arg) => kindOf(arg) === 'NameReference').map(nameOf);
  const groups = input.columns.filter(
    (of) => (named.length > 0 ? named.includes(of.name) : !used.has(of.name)) && !isHidden(of.name),
  );
  const type = measured.type;
  const known = knownColumns(
    node,
    {
      rel: distinctValues(input, value),
      columns: (rows) => [...groups, ...rows.map(([name]): Column => ({ name: String(name ?? ''), type }))],
      keepsInput: false,
    },
    context,
  );
  const wanted = known.columns.filter((of) => !groups.some((group) => group.name === of.name));
  return aggregate(
    input,
    groups.map(keep),
    wanted.map((of) => pivoted(of, value, measured)),
  );
};

function aggregateOf(node: SyntaxNode | undefined, context: Context): AggregateCall {
  const count: AggregateCall = { kind: 'aggregate', type: 'long', name: 'count', args: [] };
  if (!node) return count;
  const expr = lowerExpr(node, { ...context, aggregates: true });
  return expr.kind === 'aggregate' ? expr : badArgument('pivot', 'its second argument must be an aggregate', node);
}

const distinctValues = (input: Rel, value: Expr): Rel => ({
  kind: 'sort',
  input: aggregate(input, [{ name: 'value', expr: coerce(value, 'string') }], []),
  keys: [{ expr: { kind: 'column', type: 'string', name: 'value' }, descending: false, nullsFirst: true }],
  columns: [{ name: 'value', type: 'string' }],
});

/** The aggregate over the rows with that value: its arguments are null on the others, which aggregates skip. */
function pivoted(of: Column, value: Expr, measured: AggregateCall): NamedExpr {
  const matches = call('==', 'bool', coerce(value, 'string'), text(of.name));
  const conditional = CONDITIONAL[measured.name];
  if (!conditional)
    return badArgument('pivot', `the aggregate ${measured.name} is not supported here`, { start: 0, length: 0 });
  return {
    name: of.name,
    expr: { ...measured, name: conditional, args: [...measured.args.slice(0, 1), matches, ...measured.args.slice(1)] },
  };
}

const CONDITIONAL: Readonly<Record<string, string>> = {
  count: 'countif',
  sum: 'sumif',
  avg: 'avgif',
  min: 'minif',
  max: 'maxif',
  dcount: 'dcountif',
  take_any: 'take_anyif',
  make_bag: 'make_bag_if',
  make_list: 'make_list_if',
  make_set: 'make_set_if',
  stdev: 'stdevif',
  variance: 'varianceif',
};
