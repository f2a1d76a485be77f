import { column, keep, project } from '../../plan/build.js';
import { mapExprChildren } from '../../plan/children.js';
import type { Expr, NamedExpr, RelOf } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';

const isWindow = (expr: Expr): boolean => expr.kind === 'window';
const hasWindowInside = (expr: Expr): boolean => someExpr(expr, (node) => node !== expr && isWindow(node));

/**
 * SQL has no window function of a window function: the inner ones become hidden columns of a projection below.
 * The rel itself when nothing is nested.
 */
export function withoutNestedWindows(rel: RelOf<'project'>): RelOf<'project'> {
  if (!rel.items.some(({ expr }) => someExpr(expr, (node) => isWindow(node) && hasWindowInside(node)))) return rel;
  const hidden = new Map<string, NamedExpr>();
  const asColumn = (expr: Expr): Expr => {
    const key = JSON.stringify(expr, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
    const named = hidden.get(key) ?? { name: `$window${hidden.size}`, expr };
    hidden.set(key, named);
    return column({ name: named.name, type: expr.type });
  };
  const inside = (expr: Expr): Expr =>
    isWindow(expr) ? asColumn(expr) : mapExprChildren(expr, { rel: (of) => of, expr: inside });
  const outside = (expr: Expr): Expr =>
    mapExprChildren(expr, { rel: (of) => of, expr: isWindow(expr) ? inside : outside });
  const items = rel.items.map(({ name, expr }) => ({ name, expr: outside(expr) }));
  const below = project(rel.input, [
    ...rel.input.columns.map(keep),
    ...[...hidden.values()].map(({ name, expr }) => ({ name, expr })),
  ]);
  return { ...project(below, items), columns: rel.columns };
}
