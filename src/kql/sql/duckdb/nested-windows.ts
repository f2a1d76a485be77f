import { column, keep, project } from '../../plan/build.js';
import { mapExprChildren } from '../../plan/children.js';
import type { Expr, NamedExpr, Rel, RelOf } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';

const isWindow = (expr: Expr): boolean => expr.kind === 'window';
const hasWindowInside = (expr: Expr): boolean => someExpr(expr, (node) => node !== expr && isWindow(node));

/** Turns expressions into reads of hidden columns, and keeps what those columns are. */
function hiding(): { asColumn(expr: Expr): Expr; below(input: Rel): Rel } {
  const hidden = new Map<string, NamedExpr>();
  return {
    asColumn: (expr) => {
      const key = JSON.stringify(expr, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
      const named = hidden.get(key) ?? { name: `$window${hidden.size}`, expr };
      hidden.set(key, named);
      return column({ name: named.name, type: expr.type });
    },
    below: (input) => project(input, [...input.columns.map(keep), ...hidden.values()]),
  };
}

/**
 * SQL has no window function of a window function: the inner ones become hidden columns of a projection below.
 * The rel itself when nothing is nested.
 */
export function withoutNestedWindows(rel: RelOf<'project'>): RelOf<'project'> {
  if (!rel.items.some(({ expr }) => someExpr(expr, (node) => isWindow(node) && hasWindowInside(node)))) return rel;
  const { asColumn, below } = hiding();
  const inside = (expr: Expr): Expr =>
    isWindow(expr) ? asColumn(expr) : mapExprChildren(expr, { rel: (of) => of, expr: inside });
  const outside = (expr: Expr): Expr =>
    mapExprChildren(expr, { rel: (of) => of, expr: isWindow(expr) ? inside : outside });
  const items = rel.items.map(({ name, expr }) => ({ name, expr: outside(expr) }));
  return { ...project(below(rel.input), items), columns: rel.columns };
}

/** Nor has it one inside an aggregate function. */
export function withoutWindows(rel: RelOf<'aggregate'>): RelOf<'aggregate'> {
  if (![...rel.groups, ...rel.aggregates].some(({ expr }) => someExpr(expr, isWindow))) return rel;
  const { asColumn, below } = hiding();
  const read = (expr: Expr): Expr =>
    isWindow(expr) ? asColumn(expr) : mapExprChildren(expr, { rel: (of) => of, expr: read });
  const named = ({ name, expr }: NamedExpr): NamedExpr => ({ name, expr: read(expr) });
  const [groups, aggregates] = [rel.groups.map(named), rel.aggregates.map(named)];
  return { ...rel, groups, aggregates, input: below(rel.input) };
}
