import { checkTime } from '../../util/deadline.js';
import type { Expr, NamedExpr, Rel, SortKey } from './nodes.js';

/**
 * The one table of what hangs below each node. Walking, rewriting and comparing are all generic over it:
 * a node's children are visited by `mapChildren`, which returns the same node when nothing changed.
 */
export interface Visit {
  rel(rel: Rel): Rel;
  expr(expr: Expr): Expr;
}

type Mapper<N> = (node: N, visit: Visit) => Partial<N>;

const all = <T>(items: readonly T[], map: (item: T) => T): readonly T[] => {
  let changed = false;
  const mapped = items.map((item) => {
    const next = map(item);
    changed ||= next !== item;
    return next;
  });
  return changed ? mapped : items;
};

const named = (items: readonly NamedExpr[], visit: Visit): readonly NamedExpr[] =>
  all(items, (item) => {
    const expr = visit.expr(item.expr);
    return expr === item.expr ? item : { ...item, expr };
  });
const keyed = (keys: readonly SortKey[], visit: Visit): readonly SortKey[] =>
  all(keys, (key) => {
    const expr = visit.expr(key.expr);
    return expr === key.expr ? key : { ...key, expr };
  });
const optional = (expr: Expr | undefined, visit: Visit): Expr | undefined => expr && visit.expr(expr);
const expanded = <T extends { readonly expr: Expr }>(items: readonly T[], visit: Visit): readonly T[] =>
  all(items, (item) => {
    const expr = visit.expr(item.expr);
    return expr === item.expr ? item : { ...item, expr };
  });

const REL: { readonly [K in Rel['kind']]: Mapper<Extract<Rel, { kind: K }>> } = {
  scan: () => ({}),
  values: (n, v) => ({ rows: all(n.rows, (row) => all(row, v.expr)) }),
  range: (n, v) => ({ from: v.expr(n.from), to: v.expr(n.to), step: v.expr(n.step) }),
  filter: (n, v) => ({ input: v.rel(n.input), predicate: v.expr(n.predicate) }),
  project: (n, v) => ({ input: v.rel(n.input), items: named(n.items, v) }),
  aggregate: (n, v) => ({
    input: v.rel(n.input),
    groups: named(n.groups, v),
    aggregates: named(n.aggregates, v),
  }),
  sort: (n, v) => ({ input: v.rel(n.input), keys: keyed(n.keys, v) }),
  limit: (n, v) => ({ input: v.rel(n.input), count: v.expr(n.count) }),
  distinctOn: (n, v) => ({ input: v.rel(n.input), keys: all(n.keys, v.expr) }),
  join: (n, v) => ({
    left: v.rel(n.left),
    right: v.rel(n.right),
    keys: all(n.keys, (key) => {
      const left = v.expr(key.left);
      const right = v.expr(key.right);
      return left === key.left && right === key.right ? key : { left, right };
    }),
    condition: optional(n.condition, v),
  }),
  union: (n, v) => ({ inputs: all(n.inputs, v.rel) }),
  expand: (n, v) => ({ input: v.rel(n.input), items: expanded(n.items, v), rowLimit: optional(n.rowLimit, v) }),
  ordinal: (n, v) => ({ input: v.rel(n.input), keys: keyed(n.keys, v) }),
  apply: (n, v) => ({ input: v.rel(n.input), body: v.rel(n.body) }),
  outerRow: (n, v) => ({ items: expanded(n.items, v), rowLimit: optional(n.rowLimit, v) }),
  sequence: (n, v) => ({
    input: v.rel(n.input),
    declared: named(n.declared, v),
    steps: all(n.steps, (step) => {
      const condition = v.expr(step.condition);
      const assignments = named(step.assignments, v);
      const same = condition === step.condition && assignments === step.assignments;
      return same ? step : { ...step, condition, assignments };
    }),
  }),
  external: () => ({}),
  paths: (n, v) => {
    const ends = n.shortest && v.rel(n.shortest.ends);
    return {
      edges: v.rel(n.edges),
      ...(n.inner ? { inner: v.rel(n.inner) } : {}),
      seeds: v.rel(n.seeds),
      ...(n.shortest ? { shortest: ends === n.shortest.ends ? n.shortest : { ...n.shortest, ends: ends! } } : {}),
    };
  },
  shared: (n, v) => ({ input: v.rel(n.input) }),
};

const EXPR: { readonly [K in Expr['kind']]: Mapper<Extract<Expr, { kind: K }>> } = {
  literal: () => ({}),
  column: () => ({}),
  call: (n, v) => ({ args: all(n.args, v.expr) }),
  aggregate: (n, v) => ({ args: all(n.args, v.expr), order: optional(n.order, v) }),
  window: (n, v) => ({ args: all(n.args, v.expr), partition: all(n.partition, v.expr), order: keyed(n.order, v) }),
  scalarSubquery: (n, v) => ({ rel: v.rel(n.rel) }),
  inSubquery: (n, v) => ({ value: v.expr(n.value), rel: v.rel(n.rel) }),
};

function applied<N extends Rel | Expr>(node: N, changes: Partial<N>): N {
  const changed = Object.keys(changes).some((key) => changes[key as keyof N] !== node[key as keyof N]);
  return changed ? { ...node, ...changes } : node;
}

/** The node with its direct children replaced by what `visit` returns for them. */
export function mapRelChildren<N extends Rel>(rel: N, visit: Visit): N {
  checkTime();
  return applied(rel, (REL[rel.kind] as unknown as Mapper<N>)(rel, visit));
}

/** The expression with its direct children replaced by what `visit` returns for them. */
export function mapExprChildren<N extends Expr>(expr: N, visit: Visit): N {
  checkTime();
  return applied(expr, (EXPR[expr.kind] as unknown as Mapper<N>)(expr, visit));
}
