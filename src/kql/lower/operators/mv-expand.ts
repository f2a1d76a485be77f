import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import type { Expand, ExpandItem } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { isKqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `mv-expand a, b = expr to typeof(T) limit n`: a row for each element, several arrays side by side. */
export const lowerMvExpand: LowerOperator = (node, input, context): Expand => {
  const parameters = parametersOf(node);
  const kind = parameters.get('kind') ?? parameters.get('bagexpansion');
  const pairs = kind !== undefined && textOf(kind).toLowerCase() === 'array';
  const items = listOf(node.Expressions).map((of) => expandItem(of, context, pairs));
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
export function expandItem(node: SyntaxNode, context: Context, pairs: boolean): ExpandItem {
  const named = kindOf(node.Expression) === 'SimpleNamedExpression';
  const value: SyntaxNode = named ? node.Expression.Expression : node.Expression;
  const typeName = node.ToTypeOf ? textOf(listOf(node.ToTypeOf.TypeOf.Types)[0]!) : 'dynamic';
  const name = named
    ? nameOf(node.Expression.Name)
    : kindOf(value) === 'NameReference'
      ? nameOf(value)
      : lastName(value);
  const item: ExpandItem = {
    name,
    expr: coerce(lowerExpr(value, context), 'dynamic'),
    type: isKqlType(typeName) ? typeName : 'dynamic',
  };
  return pairs ? { ...item, pairs } : item;
}

/** `d.a.b` is called `d_a_b`, as the official binder does. */
const lastName = (node: SyntaxNode): string =>
  textOf(node)
    .replace(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '') || 'Column1';
