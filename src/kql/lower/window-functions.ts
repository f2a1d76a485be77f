import { argumentsOf, type SyntaxNode } from '../parse/syntax.js';
import { aggregate, call, column, literal, long, project } from '../plan/build.js';
import type { Expr, NamedExpr, WindowCall } from '../plan/nodes.js';
import { ORDER_COLUMN } from '../plan/order.js';
import type { KqlType } from '../types.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, unsupported } from './context.js';
import { lowerExpr } from './recurse.js';

/** Window functions that begin anew where a condition holds: put together from the registry's plain ones. */
export const RESTARTING_WINDOWS: Readonly<Record<string, (node: SyntaxNode, context: Context) => Expr>> = {
  row_number: rowNumber,
  row_cumsum: rowCumsum,
  row_rank_dense: (node, context) => rank('row_rank_dense', node, context),
  row_rank_min: (node, context) => rank('row_rank_min', node, context),
  row_rank: rowRank,
  row_window_session: rowWindowSession,
};

interface Rows {
  readonly order: Expr;
  readonly partition: readonly Expr[];
}

const over = (name: string, type: KqlType, { order, partition }: Rows, ...args: Expr[]): WindowCall => ({
  kind: 'window',
  type,
  name,
  args,
  partition,
  order: [{ expr: order, descending: false, nullsFirst: true }],
});

/** The rows' order, and the run of rows each belongs to when a restart condition is given. */
function rowsOf(name: string, node: SyntaxNode, restart: Expr | undefined, context: Context): Rows {
  if (!context.order) return badArgument(name, 'the rows must be serialized: put sort by or serialize before it', node);
  const all: Rows = { order: context.order, partition: [] };
  if (!restart || (restart.kind === 'literal' && restart.value !== true)) return all;
  const starts = call('iff', 'long', coerce(restart, 'bool'), long(1), long(0));
  return { ...all, partition: [over('running_sum', 'long', all, starts)] };
}

const argumentsIn = (node: SyntaxNode, context: Context): Expr[] =>
  argumentsOf(node.ArgumentList).map((arg) => lowerExpr(arg, context));

/** `row_number([start [, restart]])`. */
function rowNumber(node: SyntaxNode, context: Context): Expr {
  const [start, restart] = argumentsIn(node, context);
  const rows = rowsOf('row_number', node, restart, context);
  return over('row_number', 'long', rows, ...(start ? [coerce(start, 'long')] : []));
}

/** `row_cumsum(term [, restart])`: the sum of the term up to this row. */
function rowCumsum(node: SyntaxNode, context: Context): Expr {
  const [term, restart] = argumentsIn(node, context);
  if (!term) return badArgument('row_cumsum', 'it takes the term to sum', node);
  const type = term.type === 'int' || term.type === 'bool' ? 'long' : term.type === 'dynamic' ? 'real' : term.type;
  return over('running_sum', type, rowsOf('row_cumsum', node, restart, context), coerce(term, type));
}

/** The old name of both: `row_rank(term [, dense])`. */
function rowRank(node: SyntaxNode, context: Context): Expr {
  const [term, dense] = argumentsOf(node.ArgumentList);
  const chosen = dense ? lowerExpr(dense, context) : literal('bool', true);
  if (chosen.kind !== 'literal') return badArgument('row_rank', 'whether it is dense must be a constant', dense!);
  return rankOf(chosen.value === false ? 'row_rank_min' : 'row_rank_dense', term, undefined, node, context);
}

/** `row_rank_dense(term [, restart])` counts the changes of the term, `row_rank_min` is the row's number at the last change. */
function rank(name: 'row_rank_dense' | 'row_rank_min', node: SyntaxNode, context: Context): Expr {
  const [term, restart] = argumentsOf(node.ArgumentList);
  return rankOf(name, term, restart, node, context);
}

function rankOf(
  name: 'row_rank_dense' | 'row_rank_min',
  term: SyntaxNode | undefined,
  restart: SyntaxNode | undefined,
  node: SyntaxNode,
  context: Context,
): Expr {
  if (!term) return badArgument(name, 'it takes the term to rank by', node);
  const rows = rowsOf(name, node, restart && lowerExpr(restart, context), context);
  const changed = over('row_changed', 'bool', rows, lowerExpr(term, context));
  if (name === 'row_rank_dense') {
    return over('running_sum', 'long', rows, call('iff', 'long', changed, long(1), long(0)));
  }
  return over('running_max', 'long', rows, call('iff', 'long', changed, over('row_number', 'long', rows), long(0)));
}

/**
 * `row_window_session(time, longest, widest gap [, restart])`: the start of each row's session. Where a session ends depends
 * on where it began, so the starts of all rows are found at once, as a list that each row takes its own from.
 */
function rowWindowSession(node: SyntaxNode, context: Context): Expr {
  const name = 'row_window_session';
  const [time, longest, gap, restart] = argumentsIn(node, context);
  if (!time || !longest || !gap)
    return badArgument(name, 'it takes a time, the longest session and the widest gap', node);
  const rows = rowsOf(name, node, undefined, context);
  if (!context.serialized) return unsupported(`${name}() here`, node, 'call it in extend or project');
  const items: NamedExpr[] = [
    { name: '$time', expr: coerce(time, 'datetime') },
    { name: '$longest', expr: coerce(longest, 'timespan') },
    { name: '$gap', expr: coerce(gap, 'timespan') },
    { name: '$restart', expr: restart ? coerce(restart, 'bool') : literal('bool', false) },
    { name: ORDER_COLUMN, expr: rows.order },
  ];
  const inOrder = project(context.serialized, items);
  const [order, ...args] = [...inOrder.columns].reverse().map((of) => column(of));
  const starts: Expr = {
    kind: 'aggregate',
    type: 'dynamic',
    name: 'session_starts',
    args: args.reverse(),
    order: order!,
  };
  const list: Expr = {
    kind: 'scalarSubquery',
    type: 'dynamic',
    rel: aggregate(inOrder, [], [{ name: '$starts', expr: starts }]),
  };
  return call('session_start', 'datetime', list, over('row_number', 'long', rows));
}
