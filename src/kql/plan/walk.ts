import { mapExprChildren, mapRelChildren, type Visit } from './children.js';
import type { Expr, Rel } from './nodes.js';

/** Rewrites a plan bottom-up: children first, then the node itself. Untouched parts stay the same objects. */
export function rewrite(rel: Rel, change: { rel?(rel: Rel): Rel; expr?(expr: Expr): Expr }): Rel {
  const visit: Visit = {
    rel: (node) => {
      const next = mapRelChildren(node, visit);
      return change.rel ? change.rel(next) : next;
    },
    expr: (node) => {
      const next = mapExprChildren(node, visit);
      return change.expr ? change.expr(next) : next;
    },
  };
  return visit.rel(rel);
}

/** Rewrites an expression bottom-up, not entering the tables of subqueries. */
export function rewriteExpr(expr: Expr, change: (expr: Expr) => Expr): Expr {
  const visit: Visit = { rel: (rel) => rel, expr: (node) => change(mapExprChildren(node, visit)) };
  return visit.expr(expr);
}

/** Calls `seen` for the expression and all below it, not entering the tables of subqueries. */
export function walkExpr(expr: Expr, seen: (expr: Expr) => void): void {
  const visit: Visit = {
    rel: (rel) => rel,
    expr: (node) => {
      seen(node);
      return mapExprChildren(node, visit);
    },
  };
  visit.expr(expr);
}

/** True when `test` holds for the expression or anything below it (not entering subqueries). */
export function someExpr(expr: Expr, test: (expr: Expr) => boolean): boolean {
  let found = false;
  walkExpr(expr, (node) => {
    found ||= test(node);
  });
  return found;
}

/** Calls the functions for every node of a plan, parents first, entering subqueries. */
export function walk(rel: Rel, seen: { rel?(rel: Rel): void; expr?(expr: Expr): void }): void {
  const visit: Visit = {
    rel: (node) => {
      seen.rel?.(node);
      return mapRelChildren(node, visit);
    },
    expr: (node) => {
      seen.expr?.(node);
      return mapExprChildren(node, visit);
    },
  };
  visit.rel(rel);
}

/** The names of the columns an expression reads (outside its subqueries), of one join side if given. */
export function columnsRead(expr: Expr, side?: 'left' | 'right'): Set<string> {
  const names = new Set<string>();
  walkExpr(expr, (node) => {
    if (node.kind === 'column' && (side === undefined || node.side === side)) names.add(node.name);
  });
  return names;
}
