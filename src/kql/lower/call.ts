import { trawlError } from '../../util/errors.js';
import { aggregateFunction, scalarFunction, windowFunction } from '../functions/index.js';
import { REFUSED } from '../functions/refused.js';
import type { ArgumentType, RegistryRow } from '../functions/registry.js';
import {
  argumentsOf,
  boundType,
  calledName,
  kindOf,
  type SyntaxNode,
  spanOf,
  symbolKind,
  symbolOf,
} from '../parse/syntax.js';
import { column } from '../plan/build.js';
import type { AggregateCall, Expr, WindowCall } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import type { KqlType } from '../types.js';
import { coerce, commonType } from './coerce.js';
import { badArgument, type Context, lookup, unsupported } from './context.js';
import { lowerExpr } from './recurse.js';
import { SPECIAL_FUNCTIONS } from './special-functions.js';
import { lowerUserFunction } from './user-function.js';
import { warnOnce } from './warn.js';

/** Lowers a call of a built-in, an aggregate, a window function, or a function the query or workspace declares. */
export function lowerCall(node: SyntaxNode, context: Context): Expr {
  const name = calledName(node);
  const declared = lookup(context.scope, name);
  if (declared?.kind === 'function' || isUserFunction(node, context)) {
    const result = lowerUserFunction(node, name, context);
    if (result.kind === 'scalar') return result.expr;
    return badArgument(name, 'it returns a table, but a scalar is needed here', node);
  }
  if (declared?.kind === 'scalar' && kindOf(node) === 'NameReference') return declared.expr;
  const element = context.elements?.call(node, context);
  if (element) return element;
  const special = SPECIAL_FUNCTIONS[name];
  if (special) return special(node, context);
  const args = argumentsOf(node.ArgumentList);
  const aggregate = context.aggregates ? aggregateFunction(name) : undefined;
  if (aggregate) return aggregateCall(aggregate.name, node, args, context);
  const window = windowFunction(name);
  if (window) return windowCall(window.name, node, args, context);
  const scalar = scalarFunction(name);
  if (!scalar?.duckdb && !scalar?.js) return refuse(name, node, context);
  warnOnce(scalar.warning, node, context.session);
  return typedCall(
    scalar,
    node,
    args.flatMap((arg) => (kindOf(arg) === 'StarExpression' ? visibleColumns(context) : [lowerExpr(arg, context)])),
  );
}

/** What `*` stands for as an argument. */
const visibleColumns = ({ row }: Context): Expr[] =>
  (row?.columns ?? []).filter((of) => !isHidden(of.name)).map((of) => column(of));

function isUserFunction(node: SyntaxNode, context: Context): boolean {
  const symbol = symbolOf(node);
  return (
    symbolKind(symbol) === 'function' && context.session.schema.functions.some((stored) => stored.name === symbol?.Name)
  );
}

function refuse(name: string, node: SyntaxNode, context: Context): never {
  const refused = REFUSED[name];
  if (refused) {
    const { code = 'unsupported', instead } = refused;
    throw trawlError(code, { what: `${name}()`, instead }, spanOf(node));
  }
  if (aggregateFunction(name)) return badArgument(name, 'an aggregate function cannot be used here', node);
  return unsupported(context.aggregates ? `the aggregate function ${name}()` : `the function ${name}()`, node);
}

/** A call of a scalar function with its arguments brought to the types its row asks for. */
function typedCall(row: RegistryRow & { kind: 'scalar' }, node: SyntaxNode, args: readonly Expr[]): Expr {
  const typed = coerceArguments(row.args, args, boundType(node));
  return { kind: 'call', name: row.name, args: typed, type: returnType(row, typed, node) };
}

/** What a row asks of the argument at `index`; the last entry of a list stands for all that follow. */
const argumentType = (wanted: NonNullable<RegistryRow['args']>, index: number, count: number): ArgumentType =>
  typeof wanted === 'function' ? wanted(index, count) : wanted[Math.min(index, wanted.length - 1)]!;

/** Arguments converted to what a row asks for; `hint` is the type the official binder expects of `common` ones. */
export function coerceArguments(wanted: RegistryRow['args'], args: readonly Expr[], hint?: KqlType): Expr[] {
  if (!wanted || wanted.length === 0) return [...args];
  const rule = (i: number): ArgumentType => argumentType(wanted, i, args.length);
  const shared = args.filter((_, i) => rule(i) === 'common').map((arg) => arg.type);
  const types = [...new Set(shared)];
  const common =
    types.length > 1 && types.includes('dynamic') && hint ? hint : commonType(shared.length > 0 ? shared : ['dynamic']);
  return args.map((arg, i) => {
    const want = rule(i);
    if (want === 'any') return arg;
    if (want === 'common') return coerce(arg, common);
    if (want === 'number')
      return arg.type === 'int' || arg.type === 'bool'
        ? coerce(arg, 'long')
        : arg.type === 'dynamic' || arg.type === 'string'
          ? coerce(arg, 'real')
          : arg;
    return coerce(arg, want);
  });
}

export function returnType(row: RegistryRow, args: readonly Expr[], node?: SyntaxNode): KqlType {
  if (typeof row.returns === 'function') return row.returns(args.map((arg) => arg.type));
  if (row.returns === 'common') {
    const common = args.findIndex((_, i) => row.args && argumentType(row.args, i, args.length) === 'common');
    return args[Math.max(common, 0)]?.type ?? 'dynamic';
  }
  return row.returns ?? (node && boundType(node)) ?? 'dynamic';
}

function aggregateCall(name: string, node: SyntaxNode, args: readonly SyntaxNode[], context: Context): AggregateCall {
  const row = aggregateFunction(name)!;
  const inner: Context = { ...context, aggregates: false };
  const typed = coerceArguments(
    row.args,
    args.map((arg) => lowerExpr(arg, inner)),
    boundType(node),
  );
  const call: AggregateCall = { kind: 'aggregate', type: returnType(row, typed, node), name, args: typed };
  return row.ordered && context.order ? { ...call, order: context.order } : call;
}

function windowCall(name: string, node: SyntaxNode, args: readonly SyntaxNode[], context: Context): WindowCall {
  if (!context.order) return badArgument(name, 'the rows must be serialized: put sort by or serialize before it', node);
  const row = windowFunction(name)!;
  const typed = coerceArguments(
    row.args,
    args.map((arg) => lowerExpr(arg, context)),
    boundType(node),
  );
  return {
    kind: 'window',
    type: returnType(row, typed, node),
    name,
    args: typed,
    partition: [],
    order: [{ expr: context.order, descending: false, nullsFirst: true }],
  };
}
