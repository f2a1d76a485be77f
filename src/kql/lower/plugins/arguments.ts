import { boundColumns, kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import type { Expr, JsonValue, Literal, Rel } from '../../plan/nodes.js';
import type { Column, KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';

/** The column that an argument names. */
export function columnOf(plugin: string, node: SyntaxNode | undefined, input: Rel, call: SyntaxNode): Column {
  if (!node || kindOf(node) !== 'NameReference')
    return badArgument(plugin, 'it takes the name of a column here', node ?? call);
  return (
    input.columns.find((of) => of.name === nameOf(node)) ??
    badArgument(nameOf(node), 'the table has no such column', node)
  );
}

/** An argument that is the same for all rows; `type` is what it is brought to. */
export function constantOf(node: SyntaxNode, context: Context, type?: KqlType): Expr {
  const expr = lowerExpr(node, { session: context.session, scope: context.scope });
  return type ? coerce(expr, type) : expr;
}

/** An argument's value, which must be known before the query runs. Throws `bad-argument`. */
export function literalOf(plugin: string, node: SyntaxNode, context: Context, type?: KqlType): Literal['value'] {
  const expr = constantOf(node, context, type);
  return expr.kind === 'literal' ? expr.value : badArgument(plugin, 'it takes a constant here', node);
}

/** A whole number between two bounds, or a real one. Throws `bad-argument`. */
export function numberOf(
  plugin: string,
  node: SyntaxNode,
  context: Context,
  [least, most]: readonly [number, number],
): number {
  const value = Number(literalOf(plugin, node, context) ?? Number.NaN);
  if (value >= least && value <= most) return value;
  const range = most === Number.POSITIVE_INFINITY ? `from ${least}` : `from ${least} to ${most}`;
  return badArgument(plugin, `it takes a number ${range} here`, node);
}

/** The texts of a constant array. */
export function arrayOf(plugin: string, node: SyntaxNode, context: Context): readonly JsonValue[] {
  const value = literalOf(plugin, node, context, 'dynamic');
  return Array.isArray(value) ? value : badArgument(plugin, 'it takes a constant array here', node);
}

/** Arguments given by position and those given as `name=value`. */
export interface Given {
  readonly positional: readonly SyntaxNode[];
  readonly named: ReadonlyMap<string, SyntaxNode>;
}

export function given(args: readonly SyntaxNode[]): Given {
  const isNamed = (arg: SyntaxNode): boolean => kindOf(arg) === 'SimpleNamedExpression';
  return {
    positional: args.filter((arg) => !isNamed(arg)),
    named: new Map(args.filter(isNamed).map((arg) => [nameOf(arg.Name), arg.Expression as SyntaxNode])),
  };
}

/** The table that an argument is, or undefined when it is a scalar. */
export function tableArgument(node: SyntaxNode | undefined, context: Context): Rel | undefined {
  return node && boundColumns(node) ? lowerPipe(node, { session: context.session, scope: context.scope }) : undefined;
}

/** The constants an argument list begins with, when there are more than `needed`: start and end are given then. */
export function leadingConstants(
  args: readonly SyntaxNode[],
  input: Rel,
  context: Context,
  needed: number,
): readonly SyntaxNode[] {
  const isColumn = (arg: SyntaxNode): boolean =>
    lowerExpr(arg, { ...context, row: { columns: input.columns } }).kind === 'column';
  const end = args.findIndex(isColumn);
  const constants = end < 0 ? args : args.slice(0, end);
  return constants.length >= needed + 2 ? constants : [];
}
