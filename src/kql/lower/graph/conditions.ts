import { call, column, not } from '../../plan/build.js';
import type { ColumnRef, Expr } from '../../plan/nodes.js';
import { columnsRead } from '../../plan/walk.js';
import { EDGE, NODE } from './graph.js';
import type { Pattern } from './pattern.js';
import { elementColumn, type Requests } from './requests.js';

/** What a match must fulfil, and the elements it speaks of: it is tested as soon as they are all matched. */
export interface Condition {
  readonly expr: Expr;
  readonly elements: ReadonlySet<string>;
}

export type Cycles = 'all' | 'none' | 'unique_edges';

/** A `where` (`true` when there is none) taken apart at its `and`s. */
export function conditionsOf(where: Expr, requests: Requests): Condition[] {
  if (where.kind === 'call' && where.name === 'and') return where.args.flatMap((arg) => conditionsOf(arg, requests));
  const elements = [...columnsRead(where)].flatMap((name) => requests.owner.get(name) ?? []);
  return [{ expr: where, elements: new Set(elements) }];
}

/** That edges, or nodes, differ, as `cycles` has it. Edges of one path differ by the way paths are made. */
export function distinctness(pattern: Pattern, cycles: Cycles, requests: Requests): Condition[] {
  if (cycles === 'all') return [];
  const edges = pairs(pattern.edges).map(([a, b]): Condition => {
    const elements = new Set([a.name, b.name]);
    if (a.range && b.range) return { elements, expr: disjoint(edgesOn(a.name, requests), edgesOn(b.name, requests)) };
    if (a.range) return { elements, expr: absent(edgesOn(a.name, requests), elementColumn(b.name)) };
    if (b.range) return { elements, expr: absent(edgesOn(b.name, requests), elementColumn(a.name)) };
    return { elements, expr: different(elementColumn(a.name), elementColumn(b.name)) };
  });
  if (cycles === 'unique_edges') return edges;
  const paths = pattern.edges.filter((of) => of.range);
  return [
    ...edges,
    ...pairs(pattern.nodes).map(
      ([a, b]): Condition => ({ elements: new Set([a, b]), expr: different(elementColumn(a), elementColumn(b)) }),
    ),
    ...paths.flatMap((path) =>
      pattern.nodes
        .filter((node) => node !== path.left && node !== path.right)
        .map(
          (node): Condition => ({
            elements: new Set([path.name, node]),
            expr: absent(innerOf(path.name, requests), elementColumn(node)),
          }),
        ),
    ),
    ...pairs(paths).map(
      ([a, b]): Condition => ({
        elements: new Set([a.name, b.name]),
        expr: disjoint(innerOf(a.name, requests), innerOf(b.name, requests)),
      }),
    ),
  ];
}

/** The numbers of a path's edges, and of the nodes inside it. */
const edgesOn = (path: string, requests: Requests): ColumnRef =>
  requests.collect(path, 'edges', 'numbers', column(EDGE));
const innerOf = (path: string, requests: Requests): ColumnRef =>
  requests.collect(path, 'inner', 'numbers', column(NODE));

const different = (a: Expr, b: Expr): Expr => not(call('same', 'bool', a, b));
const absent = (list: Expr, number: Expr): Expr => not(call('list_holds', 'bool', list, number));
const disjoint = (a: Expr, b: Expr): Expr => not(call('lists_meet', 'bool', a, b));

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}
