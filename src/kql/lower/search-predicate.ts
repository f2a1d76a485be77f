import { descendants, kindOf, listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { call, column, extend, filter, keep, literal, missing, not, or, project, text } from '../plan/build.js';
import type { Expr, Rel } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import { rewriteExpr } from '../plan/walk.js';
import type { Column } from '../types.js';
import { coerce } from './coerce.js';
import type { Context } from './context.js';
import { lowerExpr } from './recurse.js';

/** Terms that stand alone in a predicate of `find` and `search`: they are looked for in every column. */
const TERMS = new Set([
  'StringLiteralExpression',
  'CompoundStringLiteralExpression',
  'StarExpression',
  'IntLiteralExpression',
  'LongLiteralExpression',
  'RealLiteralExpression',
  'DecimalLiteralExpression',
]);

const IGNORES_CASE = '(?i)';

/** Comparisons and what they become where case counts. */
const SENSITIVE: Readonly<Record<string, string>> = {
  has: 'has_cs',
  hasprefix: 'hasprefix_cs',
  hassuffix: 'hassuffix_cs',
  contains: 'contains_cs',
  startswith: 'startswith_cs',
  endswith: 'endswith_cs',
  '=~': '==',
  'in~': 'in',
};

/** The names of the columns that a predicate names. */
export const columnsNamed = (predicate: SyntaxNode): string[] => [
  ...new Set(descendants(predicate, 'NameReference').map(nameOf)),
];

/**
 * The rows of a table that a predicate of `find` or `search` holds for. A column that another table has but this one lacks is
 * missing in all rows; `others` are the columns of all tables.
 */
export function matching(
  rel: Rel,
  predicate: SyntaxNode,
  others: readonly Column[],
  context: Context,
  sensitive = false,
): Rel {
  const own = rel.columns.filter((of) => !isHidden(of.name));
  const known = new Set(own.map((of) => of.name));
  const lacking = columnsNamed(predicate).flatMap((name) => {
    const of = known.has(name) ? undefined : others.find((each) => each.name === name);
    return of ? [{ name, expr: missing(of.type) }] : [];
  });
  const filled = lacking.length > 0 ? extend(rel, lacking) : rel;
  const expr = condition(predicate, own, { ...context, row: { columns: filled.columns } });
  const cased = sensitive ? rewriteExpr(expr, caseSensitive) : expr;
  const found = filter(filled, cased);
  return lacking.length > 0 ? project(found, rel.columns.map(keep)) : found;
}

function caseSensitive(expr: Expr): Expr {
  if (expr.kind !== 'call') return expr;
  const [value, pattern] = expr.args;
  if (expr.name === 'matches regex' && pattern?.kind === 'literal' && String(pattern.value).startsWith(IGNORES_CASE)) {
    return { ...expr, args: [value!, text(String(pattern.value).slice(IGNORES_CASE.length))] };
  }
  return SENSITIVE[expr.name] ? { ...expr, name: SENSITIVE[expr.name]! } : expr;
}

function condition(node: SyntaxNode, own: readonly Column[], context: Context): Expr {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') return condition(node.Expression, own, context);
  if (kind === 'AndExpression' || kind === 'OrExpression') {
    const [left, right] = [condition(node.Left, own, context), condition(node.Right, own, context)];
    return call(kind === 'AndExpression' ? 'and' : 'or', 'bool', left, right);
  }
  if (TERMS.has(kind)) return anywhere(node, own);
  if (kind === 'SearchExpression') return termIn(coerce(lowerExpr(node.Left, context), 'string'), termOf(node.Right));
  if (kind === 'FunctionCallExpression') {
    const [operand] = listOf(node.ArgumentList?.Expressions);
    if (nameOf(node.Name) === 'not' && operand) return not(condition(operand, own, context));
  }
  return coerce(lowerExpr(node, context), 'bool');
}

const termOf = (node: SyntaxNode): string =>
  kindOf(node).endsWith('StringLiteralExpression') ? String(node.LiteralValue ?? '') : textOf(node);

function anywhere(node: SyntaxNode, own: readonly Column[]): Expr {
  const term = termOf(node);
  if (term === '*') return literal('bool', true);
  return or(own.map((of) => termIn(coerce(column(of), 'string'), term)));
}

/** `x` has, `x*` hasprefix, `*x` hassuffix, `*x*` contains, `x*y` a term from x to one that ends with y. */
function termIn(value: Expr, pattern: string): Expr {
  const term = pattern.replace(/^\*|\*$/g, '');
  const [start, end] = [pattern.startsWith('*'), pattern.endsWith('*')];
  if (term.includes('*')) {
    const parts = term.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const regex = `${start ? '' : '\\b'}${parts.join('.*')}${end ? '' : '\\b'}`;
    return call('matches regex', 'bool', value, text(`${IGNORES_CASE}${regex}`));
  }
  return call(start && end ? 'contains' : start ? 'hassuffix' : end ? 'hasprefix' : 'has', 'bool', value, text(term));
}
