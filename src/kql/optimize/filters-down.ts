import { scalarFunction } from '../functions/index.js';
import { and, filter } from '../plan/build.js';
import { conjuncts } from '../plan/conjuncts.js';
import type { Expr, Rel, RelOf } from '../plan/nodes.js';
import { columnsRead, rewrite, rewriteExpr, someExpr, walkExpr } from '../plan/walk.js';
import type { Rule } from './rule.js';

/**
 * Conditions move down to the tables they are about, through projections, unions and other filters; the columns they read become
 * what the projection makes them of. There they meet the columns as stored, which is what later rules and the engine's
 * row-group statistics work on. The engine moves them as well, but only after nothing can be simplified any more.
 */
export const filtersDown: Rule = {
  name: 'filters-down',
  apply: (rel) =>
    rewrite(rel, { rel: (node) => (node.kind === 'filter' ? place(node.input, conjuncts(node.predicate)) : node) }),
};

/** Wider unions (`search`, `union *`) would only repeat the condition in a long text. */
const WIDEST_UNION = 16;

/** The rows of `rel` for which all conditions hold. */
function place(rel: Rel, conditions: readonly Expr[]): Rel {
  if (conditions.length === 0) return rel;
  switch (rel.kind) {
    case 'filter':
      return place(rel.input, [...conjuncts(rel.predicate), ...conditions]);
    case 'sort':
      return { ...rel, input: place(rel.input, conditions) };
    case 'project':
      return throughProject(rel, conditions);
    case 'union':
      return rel.inputs.length <= WIDEST_UNION ? throughUnion(rel, conditions) : filter(rel, and(conditions));
    default:
      return filter(rel, and(conditions));
  }
}

function throughProject(rel: RelOf<'project'>, conditions: readonly Expr[]): Rel {
  const items = new Map(rel.items.map((item) => [item.name, item.expr]));
  // a window looks at rows that the condition would take away
  const fixed = rel.items.some((item) => someExpr(item.expr, (node) => node.kind === 'window'));
  const moves = (condition: Expr): boolean =>
    !fixed &&
    sizeBelow(condition, items) <= LONGEST_CONDITION &&
    [...columnsRead(condition)].every((name) => {
      const source = items.get(name);
      return source !== undefined && isRepeatable(source);
    });
  const [down, here] = [conditions.filter(moves), conditions.filter((of) => !moves(of))];
  if (down.length === 0) return filter(rel, and(here));
  const lower = down.map((condition) =>
    rewriteExpr(condition, (node) => (node.kind === 'column' ? items.get(node.name)! : node)),
  );
  const moved = { ...rel, input: place(rel.input, lower) };
  return here.length > 0 ? filter(moved, and(here)) : moved;
}

function throughUnion(rel: RelOf<'union'>, conditions: readonly Expr[]): Rel {
  const inputs = rel.inputs.map((input) => {
    const own = new Map(rel.columns.map((of, at) => [of.name, input.columns[at]!]));
    const mapped = conditions.map((condition) =>
      rewriteExpr(condition, (node) =>
        node.kind === 'column' && own.has(node.name) ? { ...node, name: own.get(node.name)!.name } : node,
      ),
    );
    return place(input, mapped);
  });
  return { ...rel, inputs };
}

/**
 * Longer ones stay where they are: where each step of a query reads what the step before made twice (`x = iff(…, f(x), x)`),
 * a condition that moves down doubles with every step.
 */
const LONGEST_CONDITION = 200;

/** How long a condition becomes when its columns are put in as what the projection makes them of. */
function sizeBelow(condition: Expr, items: ReadonlyMap<string, Expr>): number {
  let size = 0;
  walkExpr(condition, (node) => {
    const source = node.kind === 'column' ? items.get(node.name) : undefined;
    if (source) walkExpr(source, () => void size++);
    else size++;
  });
  return size;
}

/** Whether computing it twice gives the same and costs no table. */
const isRepeatable = (expr: Expr): boolean =>
  !someExpr(
    expr,
    (node) =>
      node.kind === 'scalarSubquery' ||
      node.kind === 'inSubquery' ||
      (node.kind === 'call' && scalarFunction(node.name)?.volatile === true),
  );
