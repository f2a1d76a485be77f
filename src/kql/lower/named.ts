import { windowFunction } from '../functions/index.js';
import { boundColumns, calledName, descendants, kindOf, listOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import { call, literal } from '../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../plan/nodes.js';
import { isSerialized, withOrder } from '../plan/order.js';
import { coerce } from './coerce.js';
import { type Context, lookup } from './context.js';
import { lowerExpr } from './recurse.js';

/** The operator's expressions with the names its result gives them; unnamed ones get the official binder's. */
export function lowerNamed(nodes: readonly SyntaxNode[], context: Context, boundNames: readonly string[]): NamedExpr[] {
  const spare = spareNames(nodes, boundNames);
  return nodes.flatMap((node) => namedExprs(node, context, spare));
}

/** Bound names that no expression claims by itself, in order: those of the unnamed expressions. */
function spareNames(nodes: readonly SyntaxNode[], boundNames: readonly string[]): string[] {
  const claimed = new Set(nodes.flatMap(ownNames));
  return boundNames.filter((name) => !claimed.has(name));
}

function ownNames(node: SyntaxNode): string[] {
  switch (kindOf(node)) {
    case 'SimpleNamedExpression':
      return [nameOf(node.Name)];
    case 'CompoundNamedExpression':
      return listOf(node.Names.Names).map(nameOf);
    case 'NameReference':
      return [nameOf(node)];
    default:
      return [];
  }
}

function namedExprs(node: SyntaxNode, context: Context, spare: string[]): NamedExpr[] {
  const names = ownNames(node);
  const compound = kindOf(node) === 'CompoundNamedExpression';
  const value: SyntaxNode = compound || kindOf(node) === 'SimpleNamedExpression' ? node.Expression : node;
  const members = boundColumns(value)?.columns;
  if (!members && !compound) {
    return [{ name: names[0] ?? spare.shift() ?? 'Column1', expr: lowerExpr(node, context) }];
  }
  const whole = coerce(lowerExpr(value, context), 'dynamic');
  if (!members) return names.map((name, i) => ({ name, expr: element(whole, i) }));
  return members.map((member, i) => ({
    name: names[i] ?? spare.shift() ?? member.name,
    expr: coerce(element(whole, i), member.type),
  }));
}

/** One of several values: functions that give several give them as an array, in the order of their columns. */
const element = (whole: Expr, i: number): Expr => call('[]', 'dynamic', whole, literal('long', BigInt(i)));

/** Names of the columns the official binder gives an operator's result. */
export const boundNames = (node: SyntaxNode): string[] => boundColumns(node)?.columns.map((of) => of.name) ?? [];

/** Whether any of the expressions calls a built-in function of that kind. */
function calls(nodes: readonly SyntaxNode[], context: Context, isWanted: (name: string) => boolean): boolean {
  return nodes.some((node) =>
    descendants(node, 'FunctionCallExpression').some((of) => {
      const name = calledName(of);
      return isWanted(name) && lookup(context.scope, name) === undefined;
    }),
  );
}

/** The input and context for expressions that may call window functions: with the rows' order if one does. */
export function windowInput(
  input: Rel,
  nodes: readonly SyntaxNode[],
  context: Context,
): { input: Rel; context: Context } {
  const usesWindow = calls(nodes, context, (name) => windowFunction(name) !== undefined);
  if (!usesWindow || !isSerialized(input)) return { input, context };
  const { rel, order } = withOrder(input);
  // read twice, the rows must be numbered once
  const rows: Rel = calls(nodes, context, (name) => name === 'row_window_session')
    ? { kind: 'shared', id: `shared${context.session.next()}`, input: rel, columns: rel.columns }
    : rel;
  return { input: rows, context: { ...context, order, serialized: rows, row: { columns: rows.columns } } };
}
