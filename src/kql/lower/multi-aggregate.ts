import { argumentsOf, calledName, kindOf, type SyntaxNode } from '../parse/syntax.js';
import { column } from '../plan/build.js';
import type { Expr, NamedExpr } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, lookup } from './context.js';
import { lowerExpr } from './recurse.js';

type Several = (
  args: readonly SyntaxNode[],
  groups: readonly NamedExpr[],
  context: Context,
  node: SyntaxNode,
) => Expr[];

/** Aggregates that give several columns, in the order of the official binder's names. */
const SEVERAL: Readonly<Record<string, Several>> = {
  arg_max: (args, groups, context, node) => argExtreme('max', args, groups, context, node),
  arg_min: (args, groups, context, node) => argExtreme('min', args, groups, context, node),
  argmax: (args, groups, context, node) => argExtreme('max', args, groups, context, node),
  argmin: (args, groups, context, node) => argExtreme('min', args, groups, context, node),
  percentiles: (args, _groups, context) => percentiles('percentile', args, 1, context),
  percentilesw: (args, _groups, context) => percentiles('percentilew', args, 2, context),
  take_any: (args, groups, context) => takeAny(args, groups, context),
  any: (args, groups, context) => takeAny(args, groups, context),
};

/** The expressions of an aggregate that gives several columns, or undefined for an ordinary one. */
export function multiColumn(node: SyntaxNode, groups: readonly NamedExpr[], context: Context): Expr[] | undefined {
  const named = kindOf(node) === 'SimpleNamedExpression' || kindOf(node) === 'CompoundNamedExpression';
  const call: SyntaxNode = named ? node.Expression : node;
  if (kindOf(call) !== 'FunctionCallExpression') return undefined;
  const name = calledName(call);
  if (lookup(context.scope, name)) return undefined;
  return SEVERAL[name]?.(argumentsOf(call.ArgumentList), groups, { ...context, aggregates: false }, call);
}

function argExtreme(
  which: 'max' | 'min',
  args: readonly SyntaxNode[],
  groups: readonly NamedExpr[],
  context: Context,
  node: SyntaxNode,
): Expr[] {
  const [first, ...rest] = args;
  if (!first) return badArgument(`arg_${which}`, 'it takes the expression to compare', node);
  const key = lowerExpr(first, context);
  const named = rest.filter((arg) => kindOf(arg) !== 'StarExpression').map((arg) => lowerExpr(arg, context));
  const given = new Set([key, ...named].flatMap((of) => (of.kind === 'column' ? [of.name] : [])));
  const star = rest.length > named.length ? otherColumns(context, groups, given) : [];
  const values = [...named, ...star];
  const extreme: Expr = { kind: 'aggregate', type: key.type, name: which, args: [key] };
  return [
    extreme,
    ...values.map((value): Expr => ({ kind: 'aggregate', type: value.type, name: `arg_${which}`, args: [key, value] })),
  ];
}

/** All visible columns that are neither grouped by nor among `given`. */
function otherColumns(context: Context, groups: readonly NamedExpr[], given: ReadonlySet<string> = new Set()): Expr[] {
  const grouped = new Set(
    groups.flatMap(({ name, expr }) => (expr.kind === 'column' && expr.name === name ? [name] : [])),
  );
  return (context.row?.columns ?? [])
    .filter((of) => !isHidden(of.name) && !given.has(of.name) && !grouped.has(of.name))
    .map((of) => column(of));
}

function percentiles(name: string, args: readonly SyntaxNode[], values: number, context: Context): Expr[] {
  const measured = args.slice(0, values).map((arg) => lowerExpr(arg, context));
  const type = measured[0]?.type ?? 'real';
  return args
    .slice(values)
    .map(
      (arg): Expr => ({ kind: 'aggregate', type, name, args: [...measured, coerce(lowerExpr(arg, context), 'real')] }),
    );
}

function takeAny(args: readonly SyntaxNode[], groups: readonly NamedExpr[], context: Context): Expr[] {
  const values = args.flatMap((arg) =>
    kindOf(arg) === 'StarExpression' ? otherColumns(context, groups) : [lowerExpr(arg, context)],
  );
  return values.map((value): Expr => ({ kind: 'aggregate', type: value.type, name: 'take_any', args: [value] }));
}
