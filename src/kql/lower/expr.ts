import { boundType, kindOf, nameOf, type SyntaxNode, symbolKind, symbolOf, textOf } from '../parse/syntax.js';
import { call, column, literal } from '../plan/build.js';
import type { Expr } from '../plan/nodes.js';
import type { KqlType } from '../types.js';
import { lowerCall } from './call.js';
import { coerce, commonType } from './coerce.js';
import { badArgument, type Context, lookup, unsupported } from './context.js';
import { lowerLiteral } from './literals.js';
import { lowerBetween, lowerBinary, lowerHasAny, lowerIn } from './operator.js';
import { lowerPipe } from './recurse.js';
import { stepValue } from './step-value.js';

type Lower = (node: SyntaxNode, context: Context) => Expr;

/** How each kind of scalar syntax is lowered; binary operators and literals have tables of their own. */
const LOWER: Readonly<Record<string, Lower>> = {
  ParenthesizedExpression: (node, context) => lowerExpr(node.Expression, context),
  SimpleNamedExpression: (node, context) => lowerExpr(node.Expression, context),
  NameReference: lowerName,
  PathExpression: lowerPath,
  ElementExpression: lowerElement,
  FunctionCallExpression: lowerCall,
  UnaryMinusExpression: (node, context) => negate(lowerExpr(node.Expression, context)),
  UnaryPlusExpression: (node, context) => lowerExpr(node.Expression, context),
  InExpression: lowerIn,
  InCsExpression: lowerIn,
  NotInExpression: lowerIn,
  NotInCsExpression: lowerIn,
  HasAnyExpression: lowerHasAny,
  HasAllExpression: lowerHasAny,
  BetweenExpression: lowerBetween,
  NotBetweenExpression: lowerBetween,
  ToScalarExpression: lowerToScalar,
};

/** Lowers a scalar expression. Throws UNSUPPORTED, with its place, for what has no lowering. */
export function lowerExpr(node: SyntaxNode, context: Context): Expr {
  const constant = lowerLiteral(node);
  if (constant) return constant;
  const lower = LOWER[kindOf(node)];
  if (lower) return lower(node, context);
  if (node.Left && node.Right && node.Operator) return lowerBinary(node, context);
  return unsupported(`${kindOf(node)} (${textOf(node).slice(0, 40)})`, node);
}

function lowerName(node: SyntaxNode, context: Context): Expr {
  const element = context.elements?.name(node);
  if (element) return element;
  const name = nameOf(node);
  const kind = symbolKind(symbolOf(node));
  if (kind === 'function') return lowerCall(node, context);
  if (kind !== 'variable' && kind !== 'parameter') {
    const found = context.row?.columns.find((of) => of.name === name);
    if (found) return column(found);
  }
  const binding = lookup(context.scope, name);
  if (binding?.kind === 'scalar') return binding.expr;
  const fallback = context.row?.columns.find((of) => of.name === name);
  if (fallback) return column(fallback);
  return badArgument(name, 'no column or scalar of that name is known here', node);
}

function lowerPath(node: SyntaxNode, context: Context): Expr {
  const element = context.elements?.path(node);
  if (element) return element;
  const owner = textOf(node.Expression);
  if (context.row?.right && (owner === '$left' || owner === '$right')) {
    const side = owner === '$left' ? 'left' : 'right';
    const name = nameOf(node.Selector);
    const found = (side === 'left' ? context.row.columns : context.row.right).find((of) => of.name === name);
    if (!found) return badArgument(`${owner}.${name}`, 'the join has no such column on that side', node);
    return column(found, side);
  }
  const step = stepValue(node, context);
  if (step) return step;
  if (kindOf(node.Selector) === 'BracketedExpression')
    return elementOf(lowerExpr(node.Expression, context), lowerExpr(node.Selector.Expression, context));
  if (kindOf(node.Selector) !== 'NameReference') return unsupported(`the call ${textOf(node).slice(0, 40)}`, node);
  return elementOf(lowerExpr(node.Expression, context), literal('string', nameOf(node.Selector)));
}

function lowerElement(node: SyntaxNode, context: Context): Expr {
  const property = context.elements?.path(node);
  if (property) return property;
  const selector = kindOf(node.Selector) === 'BracketedExpression' ? node.Selector.Expression : node.Selector;
  return elementOf(lowerExpr(node.Expression, context), lowerExpr(selector, context));
}

/** `d.name`, `d["name"]` and `d[0]`: a dynamic value, null when there is no such element. */
const elementOf = (owner: Expr, key: Expr): Expr =>
  call('[]', 'dynamic', coerce(owner, 'dynamic'), key.type === 'int' ? coerce(key, 'long') : key);

function negate(operand: Expr): Expr {
  if (operand.kind === 'literal' && (typeof operand.value === 'bigint' || typeof operand.value === 'number')) {
    return literal(operand.type === 'int' ? 'long' : operand.type, -operand.value);
  }
  const type: KqlType = operand.type === 'int' ? 'long' : operand.type === 'dynamic' ? 'real' : operand.type;
  return call('negate', type, coerce(operand, type));
}

function lowerToScalar(node: SyntaxNode, context: Context): Expr {
  const type = boundType(node);
  const binding =
    kindOf(node.Expression) === 'NameReference' ? lookup(context.scope, nameOf(node.Expression)) : undefined;
  if (binding?.kind === 'scalar') return binding.expr;
  if (!node.Expression.ResultType?.Columns) return lowerExpr(node.Expression, context);
  const rel = lowerPipe(node.Expression, { session: context.session, scope: context.scope });
  const first = rel.columns[0];
  if (!first) return badArgument('toscalar', 'the table has no column', node);
  return { kind: 'scalarSubquery', type: first.type ?? type, rel };
}

/** Lowers each expression of a list to the one type that fits all. */
export function lowerToCommonType(nodes: readonly SyntaxNode[], context: Context): Expr[] {
  const exprs = nodes.map((node) => lowerExpr(node, context));
  const type = commonType(exprs.map((expr) => expr.type));
  return exprs.map((expr) => coerce(expr, type));
}
