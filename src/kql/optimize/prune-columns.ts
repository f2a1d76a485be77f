import { keep, project } from '../plan/build.js';
import { mapExprChildren, type Visit } from '../plan/children.js';
import type { Expr, Rel, RelOf } from '../plan/nodes.js';
import { isPartitionKey } from '../plan/outer.js';
import { columnsRead, walk } from '../plan/walk.js';
import type { Column } from '../types.js';
import type { Rule } from './rule.js';

/**
 * Each table gives only the columns that are read above it, down to the scan. A query on a table of 160 columns
 * then names only the few it uses, in its SQL as well.
 */
export const pruneColumns: Rule = {
  name: 'prune-columns',
  apply: (rel) => {
    demanded = new Map();
    for (;;) {
      const before = [...demanded.values()].reduce((sum, of) => sum + of.size, 0);
      const pruned = whole(rel);
      if ([...demanded.values()].reduce((sum, of) => sum + of.size, 0) === before) return pruned;
    }
  },
};

/**
 * What is read of each shared table by all that read it: a pass adds to it, and the passes go on until nothing is added,
 * so that in the last each shared table has the same columns wherever it is read.
 */
let demanded = new Map<string, Set<string>>();

/** A plan that gives all its columns. */
const whole = (rel: Rel): Rel => prune(rel, new Set(rel.columns.map((of) => of.name)));

type Needed = ReadonlySet<string>;

function prune(rel: Rel, needed: Needed): Rel {
  return (PRUNE[rel.kind] as (rel: Rel, needed: Needed) => Rel)(rel, needed);
}

const within = (columns: readonly Column[], needed: Needed): readonly Column[] =>
  columns.filter((of) => needed.has(of.name));

const reads = (exprs: readonly (Expr | undefined)[], more: Iterable<string> = []): Set<string> => {
  const names = new Set(more);
  for (const expr of exprs) if (expr) for (const name of columnsRead(expr)) names.add(name);
  return names;
};

/** Subqueries inside an expression are pruned to what they give. */
const inner = (expr: Expr): Expr => {
  const visit: Visit = { rel: whole, expr: (node) => mapExprChildren(node, visit) };
  return visit.expr(expr);
};

/** Nodes that pass their input's columns on. */
const passing = <R extends Rel & { input: Rel }>(rel: R, needed: Needed, exprs: readonly (Expr | undefined)[]): R => {
  const input = prune(rel.input, reads(exprs, needed));
  return { ...rel, input, columns: input.columns };
};

/** A union's inputs must have the same columns in the same order: what a filter alone reads is projected away. */
const exactly = (rel: Rel, columns: readonly Column[]): Rel =>
  rel.columns.length === columns.length ? rel : project(rel, columns.map(keep));

/** Columns of the outer row that a lateral body reads: its elements' and any that no table inside it gives. */
function outerReads(body: Rel): Set<string> {
  const names = new Set<string>();
  walk(body, {
    rel: (node) => {
      if (node.kind === 'outerRow')
        for (const name of [...node.outer, ...reads(node.items.map((item) => item.expr))]) names.add(name);
    },
    expr: (node) => {
      if (node.kind === 'column' && isPartitionKey(node.name)) names.add(node.name);
    },
  });
  return names;
}

const PRUNE: { readonly [K in Rel['kind']]: (rel: RelOf<K>, needed: Needed) => Rel } = {
  scan: (rel, needed) => ({ ...rel, columns: within(rel.columns, needed) }),
  values: (rel) => ({ ...rel, rows: rel.rows.map((row) => row.map(inner)) }),
  range: (rel) => ({ ...rel, from: inner(rel.from), to: inner(rel.to), step: inner(rel.step) }),
  filter: (rel, needed) => ({ ...passing(rel, needed, [rel.predicate]), predicate: inner(rel.predicate) }),
  project: (rel, needed) => {
    const items = rel.items
      .filter((item) => needed.has(item.name))
      .map((item) => ({ ...item, expr: inner(item.expr) }));
    return {
      ...rel,
      items,
      input: prune(rel.input, reads(items.map((item) => item.expr))),
      columns: within(rel.columns, needed),
    };
  },
  aggregate: (rel, needed) => {
    const read = rel.aggregates.filter((item) => needed.has(item.name));
    // without groups there is one row, also when nothing of it is read
    const kept = read.length === 0 && rel.groups.length === 0 ? rel.aggregates.slice(0, 1) : read;
    const aggregates = kept.map((item) => ({ ...item, expr: inner(item.expr) }));
    const exprs = [...rel.groups, ...aggregates].map((item) => item.expr);
    const grouped = new Set(rel.groups.map((item) => item.name));
    return {
      ...rel,
      aggregates,
      input: prune(rel.input, reads(exprs)),
      columns: rel.columns.filter((of) => grouped.has(of.name) || kept.some((item) => item.name === of.name)),
    };
  },
  sort: (rel, needed) =>
    passing(
      rel,
      needed,
      rel.keys.map((key) => key.expr),
    ),
  limit: (rel, needed) => passing(rel, needed, []),
  distinctOn: (rel, needed) => passing(rel, needed, rel.keys),
  join: (rel, needed) => {
    const items = rel.items.filter((item) => needed.has(item.name));
    const side = (which: 'left' | 'right'): Set<string> => {
      const names = new Set(items.filter((item) => item.side === which).map((item) => item.source));
      for (const key of rel.keys) for (const name of columnsRead(key[which])) names.add(name);
      for (const name of rel.condition ? columnsRead(rel.condition, which) : []) names.add(name);
      return names;
    };
    return {
      ...rel,
      items,
      left: prune(rel.left, side('left')),
      right: prune(rel.right, side('right')),
      columns: within(rel.columns, needed),
    };
  },
  union: (rel, needed) => {
    const columns = within(rel.columns, needed);
    const names = rel.inputs.map(
      (input) => new Set(input.columns.flatMap((of, i) => (needed.has(rel.columns[i]!.name) ? [of.name] : []))),
    );
    return {
      ...rel,
      columns,
      inputs: rel.inputs.map((input, i) => exactly(prune(input, names[i]!), within(input.columns, names[i]!))),
    };
  },
  expand: (rel, needed) => {
    const items = rel.items;
    const made = new Set([...items.map((item) => item.name), ...(rel.indexColumn ? [rel.indexColumn] : [])]);
    const below = new Set([...needed].filter((name) => !made.has(name)));
    const input = prune(rel.input, reads([...items.map((item) => item.expr), rel.rowLimit], below));
    return { ...rel, input, columns: rel.columns.filter((of) => made.has(of.name) || below.has(of.name)) };
  },
  ordinal: (rel, needed) => {
    const below = new Set([...needed].filter((name) => name !== rel.name));
    const input = prune(
      rel.input,
      reads(
        rel.keys.map((key) => key.expr),
        below,
      ),
    );
    return { ...rel, input, columns: [...input.columns, { name: rel.name, type: 'long' }] };
  },
  apply: (rel, needed) => {
    const given = new Set(rel.body.columns.map((of) => of.name));
    const body = prune(rel.body, new Set([...needed].filter((name) => given.has(name))));
    const below = new Set([...needed].filter((name) => !given.has(name)));
    for (const name of outerReads(body)) below.add(name);
    return { ...rel, body, input: prune(rel.input, below), columns: within(rel.columns, needed) };
  },
  outerRow: (rel, needed) => {
    const outer = rel.outer.filter((name) => needed.has(name));
    return { ...rel, outer, columns: rel.columns.filter((of) => !rel.outer.includes(of.name) || needed.has(of.name)) };
  },
  sequence: (rel, needed) => {
    const exprs = rel.steps.flatMap((step) => [step.condition, ...step.assignments.map((item) => item.expr)]);
    const read = [...reads(exprs, needed)].map((name) => /^\$step \d+ (.*)$/s.exec(name)?.[1] ?? name);
    const input = prune(rel.input, new Set([...read, rel.order, ...(rel.begins === undefined ? [] : [rel.begins])]));
    const kept = new Set([...input.columns.map((of) => of.name), ...rel.declared.map((of) => of.name)]);
    const own = (name: string): boolean => !rel.input.columns.some((of) => of.name === name);
    return { ...rel, input, columns: rel.columns.filter((of) => kept.has(of.name) || own(of.name)) };
  },
  external: (rel, needed) => ({ ...rel, columns: within(rel.columns, needed) }),
  paths: (rel, needed) => {
    const collected = rel.collected.filter((of) => needed.has(of.name));
    const read = (of: 'edges' | 'inner', own: readonly string[]): Set<string> =>
      new Set([...own, ...collected.filter((each) => each.of === of).map((each) => each.column)]);
    const nodes = new Set(['$node']);
    return {
      ...rel,
      edges: prune(rel.edges, read('edges', ['$edge', '$from', '$to'])),
      ...(rel.inner ? { inner: prune(rel.inner, read('inner', ['$node'])) } : {}),
      seeds: prune(rel.seeds, nodes),
      ...(rel.shortest ? { shortest: { ...rel.shortest, ends: prune(rel.shortest.ends, nodes) } } : {}),
      collected,
      columns: within(rel.columns, needed),
    };
  },
  shared: (rel, needed) => {
    const of = demanded.get(rel.id) ?? new Set<string>();
    demanded.set(rel.id, of);
    for (const { name } of rel.columns) if (needed.has(name)) of.add(name);
    const input = exactly(prune(rel.input, of), within(rel.columns, of));
    return { ...rel, input, columns: input.columns };
  },
};
