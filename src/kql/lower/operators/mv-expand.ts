import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import type { Expand, ExpandItem } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { isKqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { boundNames } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `mv-expand a, b = expr to typeof(T) limit n`: a row for each element, several arrays side by side. */
export const lowerMvExpand: LowerOperator = (node, input, context): Expand => {
  const parameters = parametersOf(node);
  const kind = parameters.get('kind') ?? parameters.get('bagexpansion');
  const pairs = kind !== undefined && textOf(kind).toLowerCase() === 'array';
  const bound = new Set(boundNames(node));
  const items = listOf(node.Expressions).map((of) => expandItem(of, context, pairs, bound));
  const index = parameters.get('with_itemindex');
  const rowLimit = node.RowLimitClause?.RowLimit
    ? coerce(lowerExpr(node.RowLimitClause.RowLimit, context), 'long')
    : undefined;
  const indexColumn = index ? nameOf(index) : undefined;
  const added: Column[] = items
    .filter((item) => !input.columns.some((of) => of.name === item.name))
    .map(({ name, type }) => ({ name, type }));
  const columns = input.columns.map((of) => {
    const item = items.find(({ name }) => name === of.name);
    return item ? { name: of.name, type: item.type } : of;
  });
  return {
    kind: 'expand',
    input,
    items,
    ...(indexColumn ? { indexColumn } : {}),
    ...(rowLimit ? { rowLimit } : {}),
    columns: [...columns, ...added, ...(indexColumn ? [{ name: indexColumn, type: 'long' as const }] : [])],
  };
};

/** `name = expr to typeof(T)` of mv-expand and mv-apply. */
export function expandItem(
  node: SyntaxNode,
  context: Context,
  pairs: boolean,
  bound: ReadonlySet<string> = new Set(),
): ExpandItem {
  const named = kindOf(node.Expression) === 'SimpleNamedExpression';
  const value: SyntaxNode = named ? node.Expression.Expression : node.Expression;
  const typeName = node.ToTypeOf ? textOf(listOf(node.ToTypeOf.TypeOf.Types)[0]!) : 'dynamic';
  const name = named
    ? nameOf(node.Expression.Name)
    : kindOf(value) === 'NameReference'
      ? nameOf(value)
      : pathName(value, bound);
  const item: ExpandItem = {
    name,
    expr: coerce(lowerExpr(value, context), 'dynamic'),
    type: isKqlType(typeName) ? typeName : 'dynamic',
  };
  return pairs ? { ...item, pairs } : item;
}

/**
 * The official binder's name of an unnamed element: `d.a[0].b` is `d_a_0_b`, and conversions around a path leave no trace.
 * Where that is none of the names it gave, its first name that this text ends with.
 */
function pathName(node: SyntaxNode, bound: ReadonlySet<string>): string {
  const path = textOf(node).replace(/\b(?:todynamic|toobject|parse_?json|tostring)\s*\(/gi, '');
  const name = path.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'Column1';
  return bound.size === 0 || bound.has(name) ? name : ([...bound].find((of) => name.endsWith(of)) ?? name);
}
