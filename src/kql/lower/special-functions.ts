import { argumentsOf, boundType, kindOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import { call, column, literal, text } from '../plan/build.js';
import type { Expr } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import type { KqlType } from '../types.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, lookup } from './context.js';
import { QUERY_FUNCTIONS } from './query-functions.js';
import { lowerExpr } from './recurse.js';
import { RESTARTING_WINDOWS } from './window-functions.js';

/** Functions that read the query rather than values: the clock, the row's columns, the syntax of their arguments. */
export const SPECIAL_FUNCTIONS: Readonly<Record<string, (node: SyntaxNode, context: Context) => Expr>> = {
  now: (node, context) => clock(node, context, '+'),
  ago: (node, context) => clock(node, context, '-'),
  column_ifexists: columnIfExists,
  columnifexists: columnIfExists,
  pack_all: packAll,
  ingestion_time: ingestionTime,
  isnull: (node, context) => nullTest('isnull', node, context),
  isnotnull: (node, context) => nullTest('isnotnull', node, context),
  extract: (node, context) => extracted('extract', ['string', 'long', 'string'], node, context),
  extract_json: (node, context) => extracted('extract_json', ['string', 'string'], node, context),
  percentile_tdigest: (node, context) => extracted('percentile_tdigest', ['dynamic', 'real'], node, context, 'dynamic'),
  extractjson: (node, context) => extracted('extract_json', ['string', 'string'], node, context),
  ...QUERY_FUNCTIONS,
  ...RESTARTING_WINDOWS,
};

/** `now()`, `now(offset)` and `ago(timespan)` on the query clock; a constant offset gives a constant. */
function clock(node: SyntaxNode, context: Context, sign: '+' | '-'): Expr {
  const [offset] = argumentsOf(node.ArgumentList);
  const now = literal('datetime', context.session.now);
  if (!offset) return now;
  const span = coerce(lowerExpr(offset, context), 'timespan');
  if (span.kind === 'literal' && typeof span.value === 'bigint') {
    return literal('datetime', context.session.now + (sign === '-' ? -span.value : span.value));
  }
  return call(sign, 'datetime', now, span);
}

function columnIfExists(node: SyntaxNode, context: Context): Expr {
  const [name, fallback] = argumentsOf(node.ArgumentList);
  if (!name || !fallback) return badArgument('column_ifexists', 'it takes a column name and a default', node);
  const isName = kindOf(name) === 'NameReference' && lookup(context.scope, nameOf(name))?.kind !== 'scalar';
  const wanted = isName ? nameOf(name) : lowerExpr(name, context);
  const columnName = typeof wanted === 'string' ? wanted : wanted.kind === 'literal' ? String(wanted.value) : undefined;
  if (columnName === undefined) return badArgument('column_ifexists', 'the column name must be a constant', name);
  const found = context.row?.columns.find((of) => of.name === columnName);
  return found ? column(found) : lowerExpr(fallback, context);
}

/** `pack_all([ignore_null_empty])`: a bag of all columns of the row. */
function packAll(node: SyntaxNode, context: Context): Expr {
  const [ignore] = argumentsOf(node.ArgumentList).map((arg) => lowerExpr(arg, context));
  const columns = (context.row?.columns ?? []).filter((of) => !isHidden(of.name));
  const bag = call('bag_pack', 'dynamic', ...columns.flatMap((of) => [text(of.name), column(of)]));
  return ignore?.kind === 'literal' && ignore.value === true ? call('bag_without_empty', 'dynamic', bag) : bag;
}

/** When a row was stored isn't kept for each row: the event's own time stands for it. */
function ingestionTime(_node: SyntaxNode, context: Context): Expr {
  const time = context.row?.columns.find((of) => of.name === 'TimeGenerated' || of.name === 'Timestamp');
  return time?.type === 'datetime' ? column(time) : literal('datetime', null);
}

/** A string is never null, so the test of one is a constant. */
function nullTest(name: 'isnull' | 'isnotnull', node: SyntaxNode, context: Context): Expr {
  const [arg] = argumentsOf(node.ArgumentList).map((of) => lowerExpr(of, context));
  if (!arg) return badArgument(name, 'it takes one argument', node);
  return arg.type === 'string' ? literal('bool', name === 'isnotnull') : call(name, 'bool', arg);
}

/** `extract` and the like: what is found; with `typeof(T)` behind the arguments, that read as the type. */
function extracted(
  name: string,
  types: readonly KqlType[],
  node: SyntaxNode,
  context: Context,
  own: KqlType = 'string',
): Expr {
  const args = argumentsOf(node.ArgumentList);
  if (args.length < types.length) return badArgument(name, `it takes ${types.length} arguments`, node);
  const found = call(name, own, ...types.map((type, i) => coerce(lowerExpr(args[i]!, context), type)));
  return args.length > types.length ? coerce(found, boundType(node) ?? own) : found;
}
