import { userInfo } from 'node:os';
import { WORKSPACE_DATABASE } from '../parse/symbols.js';
import { argumentsOf, boundType, kindOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import { bool, call, literal, text } from '../plan/build.js';
import type { Expr } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, lookup } from './context.js';
import { lowerExpr, lowerPipe } from './recurse.js';

type Lower = (node: SyntaxNode, context: Context) => Expr;

/** Functions that read the query's text, its options and where it runs. */
export const QUERY_FUNCTIONS: Readonly<Record<string, Lower>> = {
  __cast: lowerCast,
  assert: lowerAssert,
  bag_pack_columns: packColumns,
  bin_auto: binAuto,
  column_names_of: columnNames,
  current_cluster_endpoint: () => text('localhost'),
  current_database: () => text(WORKSPACE_DATABASE),
  current_principal: () => text(principal()),
  current_principal_details: () =>
    literal('dynamic', { UserPrincipalName: principal(), DisplayName: principal(), Type: 'LocalUser' }),
  current_principal_is_member_of: () => bool(false),
  extent_id: () => literal('guid', NO_EXTENT),
  extentid: () => literal('guid', NO_EXTENT),
  extent_tags: () => literal('dynamic', []),
  iscolumnexists: columnExists,
};

/** `__cast(typeof(T), value)`: what Kusto writes where a column changed its type. */
function lowerCast(node: SyntaxNode, context: Context): Expr {
  const [, value] = argumentsOf(node.ArgumentList);
  const type = boundType(node);
  if (!value || !type) return badArgument('__cast', 'it takes a type and a value', node);
  return coerce(lowerExpr(value, context), type);
}

/** What Kusto gives for rows that lie in no extent, as none do here. */
const NO_EXTENT = '00000000-0000-0000-0000-000000000000';
const principal = (): string => userInfo().username;

/** `assert(condition, message)`: a constant condition is judged at once, another one when it is reckoned. */
function lowerAssert(node: SyntaxNode, context: Context): Expr {
  const [condition, message] = argumentsOf(node.ArgumentList).map((arg) => lowerExpr(arg, context));
  if (!condition || message?.kind !== 'literal') return badArgument('assert', 'the message must be a constant', node);
  const test = coerce(condition, 'bool');
  if (test.kind === 'literal' && test.value === false) {
    return badArgument('assert', `it has failed with the message '${message.value}'`, node);
  }
  return test.kind === 'literal' ? test : call('assert_row', 'bool', test, message);
}

/** `bag_pack_columns(a, b)`: a bag of the columns under their names. */
function packColumns(node: SyntaxNode, context: Context): Expr {
  const pairs = argumentsOf(node.ArgumentList).flatMap((arg) => {
    if (kindOf(arg) !== 'NameReference') return badArgument('bag_pack_columns', 'it takes columns by their names', arg);
    return [text(nameOf(arg)), coerce(lowerExpr(arg, context), 'dynamic')];
  });
  return call('bag_pack', 'dynamic', ...pairs);
}

/** `bin_auto(value)`: bins of the size, and through the point, that `set query_bin_auto_size` and `_at` give. */
function binAuto(node: SyntaxNode, context: Context): Expr {
  const [value] = argumentsOf(node.ArgumentList).map((arg) => lowerExpr(arg, context));
  const [size, at] = ['size', 'at'].map((name) => {
    const option = lookup(context.scope, `set query_bin_auto_${name}`);
    return option?.kind === 'scalar' ? option.expr : undefined;
  });
  if (!value || !size) return badArgument('bin_auto', 'put `set query_bin_auto_size = SIZE;` before the query', node);
  const isTime = value.type === 'datetime' || value.type === 'timespan';
  const type = isTime ? value.type : value.type === 'real' || size.type === 'real' ? 'real' : 'long';
  const sized = coerce(size, isTime ? 'timespan' : type);
  return at
    ? call('bin_at', type, coerce(value, type), sized, coerce(at, type))
    : call('bin', type, coerce(value, type), sized);
}

/** The names of a table's columns. */
function columnNames(node: SyntaxNode, context: Context): Expr {
  const [table] = argumentsOf(node.ArgumentList);
  if (!table) return badArgument('column_names_of', 'it takes a table', node);
  const { columns } = lowerPipe(table, context);
  return literal(
    'dynamic',
    columns.filter((of) => !isHidden(of.name)).map((of) => of.name),
  );
}

/** `iscolumnexists("name")`: whether the row has a column of that name. */
function columnExists(node: SyntaxNode, context: Context): Expr {
  const [name] = argumentsOf(node.ArgumentList).map((arg) => lowerExpr(arg, context));
  if (name?.kind !== 'literal') return badArgument('iscolumnexists', 'the column name must be a constant', node);
  return bool((context.row?.columns ?? []).some((of) => of.name === name.value));
}
