import { column, extend } from './build.js';
import type { ExpandItem, Expr, Rel } from './nodes.js';
import { someExpr } from './walk.js';

const holdsSubquery = (expr: Expr): boolean =>
  someExpr(expr, (node) => node.kind === 'scalarSubquery' || node.kind === 'inSubquery');

/**
 * The items of an expansion with each value that holds a subquery made a hidden column of the input first:
 * the lambdas that spread an array can read columns, but no tables. A lateral body's are made so all: no lambda may read
 * columns from around it.
 */
export function withSources(
  input: Rel,
  items: readonly ExpandItem[],
  lateral = false,
): { readonly input: Rel; readonly items: readonly ExpandItem[] } {
  const held = items.filter(({ expr }) => (lateral ? expr.kind !== 'column' : holdsSubquery(expr)));
  if (held.length === 0) return { input, items };
  const source = ({ name }: ExpandItem): string => `$source ${name}`;
  return {
    input: extend(
      input,
      held.map((item) => ({ name: source(item), expr: item.expr })),
    ),
    items: items.map((item) =>
      held.includes(item) ? { ...item, expr: column({ name: source(item), type: item.expr.type }) } : item,
    ),
  };
}
