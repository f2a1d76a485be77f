import { and, call, column, filter, project } from '../../plan/build.js';
import { type Collected, type Expr, type NamedExpr, PATH, type Paths, type Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import type { Condition } from './conditions.js';
import { type BuiltGraph, EDGE, FROM, NODE, TO } from './graph.js';
import type { Pattern, PatternEdge } from './pattern.js';
import { elementColumn, type Request, type Requests } from './requests.js';

/** What a pattern asks for: its elements, the conditions of a match, and what of it is read. */
export interface Search {
  readonly pattern: Pattern;
  readonly conditions: readonly Condition[];
  readonly requests: Requests;
  readonly unique: Paths['unique'];
  /** Only the shortest paths of each pair of nodes: for a pattern that is a single path. */
  readonly shortest?: 'any' | 'all';
}

/** Rows with these conditions, if there are any. */
export const filtered = (rel: Rel, conditions: readonly Expr[]): Rel =>
  conditions.length === 0 ? rel : filter(rel, and(conditions));

/** Conditions that speak of this element alone. */
export const conditionsOn = (name: string, { conditions }: Search): Expr[] =>
  conditions.filter(({ elements }) => elements.size === 1 && elements.has(name)).map((of) => of.expr);

/** The nodes that a node of the pattern may be, with the values read of it. */
export function nodeTable(name: string, { nodes }: BuiltGraph, search: Search): Rel {
  const items = [{ name: elementColumn(name).name, expr: column(NODE) }, ...(search.requests.values.get(name) ?? [])];
  return filtered(project(nodes, items), conditionsOn(name, search));
}

/** The edges that an edge of the pattern may be, with the nodes at its ends. */
export function edgeTable(edge: PatternEdge, { edges }: BuiltGraph, search: Search): Rel {
  const rel = directed(edges, edge, [
    { name: elementColumn(edge.name).name, expr: column(EDGE) },
    ...(search.requests.values.get(edge.name) ?? []),
  ]);
  return withEnds(rel, edge, FROM, TO);
}

/** The paths that an edge of variable length may be, walked from the nodes of `seeds` (`$node`), which are its right ends when `backward`. */
export function pathTable(edge: PatternEdge, seeds: Rel, backward: boolean, graph: BuiltGraph, search: Search): Rel {
  const collected = search.requests.collected.get(edge.name) ?? [];
  const of = (table: Collected['of']): NamedExpr[] =>
    collected.filter((each) => each.of === table).map(({ name, expr }) => ({ name, expr }));
  const every = (table: Collected['of']): Expr[] =>
    collected.filter((each) => each.of === table && isDemanded(each, search)).map((each) => each.expr);
  const edges = directed(filtered(graph.edges, every('edges')), edge, [
    { name: EDGE.name, expr: column(EDGE) },
    ...of('edges'),
  ]);
  const inner = project(filtered(graph.nodes, every('inner')), [
    { name: NODE.name, expr: column(NODE) },
    ...of('inner'),
  ]);
  const made = collected.map(
    ({ name, how }): Column => ({ name, type: how === 'any' || how === 'all' ? 'bool' : 'dynamic' }),
  );
  const [start, end, length] = [PATH.start, PATH.end, PATH.length].map((name): Column => ({ name, type: 'long' }));
  const paths: Paths = {
    kind: 'paths',
    edges,
    ...(of('inner').length > 0 ? { inner } : {}),
    seeds,
    backward,
    min: edge.range!.min,
    max: edge.range!.max,
    unique: search.unique,
    ...(search.shortest
      ? { shortest: { output: search.shortest, ends: numbersOf(nodeTable(edge.right, graph, search), edge.right) } }
      : {}),
    collected: collected.map(({ name, of: table, how }) => ({ name, of: table, column: name, how })),
    columns: [start!, end!, length!, ...made],
  };
  const rel = project(paths, [
    { name: elementColumn(edge.name).name, expr: column(length!) },
    { name: FROM.name, expr: column(start!) },
    { name: TO.name, expr: column(end!) },
    ...made.map((each) => ({ name: each.name, expr: column(each) })),
  ]);
  return withEnds(rel, edge, FROM, TO);
}

/** Whether a value is a condition that every match must fulfil: then only what fulfils it is walked on. */
const isDemanded = ({ name, how }: Request, { conditions }: Search): boolean =>
  how === 'all' && conditions.some(({ expr }) => expr.kind === 'column' && expr.name === name);

/** The numbers of an element's nodes as `$node`. */
export const numbersOf = (rel: Rel, name: string): Rel =>
  project(rel, [{ name: NODE.name, expr: elementColumn(name) }]);

/** Edges as they are walked in the direction of the pattern, an undirected one both ways; `items` besides their ends. */
function directed(edges: Rel, { direction }: PatternEdge, items: readonly NamedExpr[]): Rel {
  const between = (from: Column, to: Column): Rel =>
    project(edges, [{ name: FROM.name, expr: column(from) }, { name: TO.name, expr: column(to) }, ...items]);
  if (direction === 'right') return between(FROM, TO);
  if (direction === 'left') return between(TO, FROM);
  const along = between(FROM, TO);
  return { kind: 'union', inputs: [along, between(TO, FROM)], columns: along.columns };
}

/** The ends of an edge or path under the names of the pattern's nodes; when these are one node, only what leads back to it. */
function withEnds(rel: Rel, { left, right }: PatternEdge, from: Column, to: Column): Rel {
  const others = rel.columns.filter((of) => of.name !== from.name && of.name !== to.name);
  const items = others.map((of): NamedExpr => ({ name: of.name, expr: column(of) }));
  const start: NamedExpr = { name: elementColumn(left).name, expr: column(from) };
  if (left === right) return project(filter(rel, call('==', 'bool', column(from), column(to))), [start, ...items]);
  return project(rel, [start, { name: elementColumn(right).name, expr: column(to) }, ...items]);
}
