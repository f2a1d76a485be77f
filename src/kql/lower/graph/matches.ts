import type { Rel } from '../../plan/nodes.js';
import { columnsRead } from '../../plan/walk.js';
import type { Session } from '../context.js';
import type { Condition } from './conditions.js';
import { withDegrees } from './degrees.js';
import { conditionsOn, edgeTable, filtered, nodeTable, numbersOf, pathTable, type Search } from './element-tables.js';
import { type BuiltGraph, type Graph, shared, type Wanted } from './graph.js';
import { joinColumns } from './join-columns.js';
import type { PatternEdge } from './pattern.js';
import { elementColumn, type Requests } from './requests.js';

/** The matches so far: a row each, the elements matched, and the conditions that could not be tested yet. */
interface Matched {
  readonly rel: Rel;
  readonly elements: readonly string[];
  readonly open: readonly Condition[];
}

/**
 * A table of all matches: the numbers of their nodes and edges (of a path its length) and the values asked for, in hidden
 * columns. Edges are joined one after the other, single ones first; paths are walked from the nodes matched so far.
 */
export function matchesOf(graph: Graph, search: Search, session: Session): Rel {
  const { pattern, requests, conditions } = search;
  const built = withWhatIsRead(graph.build(wantedOf(search, graph), session), requests, session);
  const [only] = pattern.nodes;
  if (pattern.edges.length === 0) {
    const rel = nodeTable(only!, built, search);
    return tested({ rel, elements: [only!], open: conditions }).rel;
  }
  const left = new Set(pattern.edges);
  let matched: Matched | undefined;
  while (left.size > 0) {
    const edge = nextEdge([...left], matched, search);
    left.delete(edge);
    if (edge.range && matched) matched = { ...matched, rel: shared(matched.rel, session) };
    matched = extended(matched, edge, built, search);
  }
  return matched!.rel;
}

/** The matches with one more edge or path of the pattern, and with its nodes. */
function extended(matched: Matched | undefined, edge: PatternEdge, graph: BuiltGraph, search: Search): Matched {
  const ends = [...new Set([edge.left, edge.right])];
  const known = ends.filter((name) => matched?.elements.includes(name));
  const fresh = ends.filter((name) => !known.includes(name));
  const part = edge.range ? walked(matched, edge, graph, search) : edgeTable(edge, graph, search);
  const rel = matched ? onNodes(matched.rel, part, known) : part;
  const withNodes = fresh
    .filter((name) => search.requests.values.has(name) || conditionsOn(name, search).length > 0)
    .reduce((so, name) => onNodes(so, nodeTable(name, graph, search), [name]), rel);
  return tested({
    rel: withNodes,
    elements: [...(matched?.elements ?? []), edge.name, ...fresh],
    open: matched?.open ?? search.conditions,
  });
}

/** Paths from (or to) the nodes matched so far; when it is the first, from the side of which most is said. */
function walked(matched: Matched | undefined, edge: PatternEdge, graph: BuiltGraph, search: Search): Rel {
  const { left, right } = edge;
  const fromRight = matched
    ? !matched.elements.includes(left)
    : !search.shortest && conditionsOn(left, search).length === 0 && conditionsOn(right, search).length > 0;
  const side = fromRight ? right : left;
  const seeds = numbersOf(matched?.rel ?? nodeTable(side, graph, search), side);
  return pathTable(edge, seeds, fromRight, graph, search);
}

const onNodes = (left: Rel, right: Rel, nodes: readonly string[]): Rel => {
  const keys = nodes.map((name) => elementColumn(name).name);
  const taken = right.columns.filter((of) => !keys.includes(of.name));
  return joinColumns(
    'inner',
    left,
    right,
    keys.map((name) => [name, name]),
    taken.map((of) => [of.name, of.name]),
  );
};

/** Tests the conditions whose elements are all matched now. */
function tested({ rel, elements, open }: Matched): Matched {
  const ready = open.filter((of) => [...of.elements].every((name) => elements.includes(name)));
  return {
    rel: filtered(
      rel,
      ready.map((of) => of.expr),
    ),
    elements,
    open: open.filter((of) => !ready.includes(of)),
  };
}

/** The edge to match next: one that touches what is matched, a single one rather than a path, one of which much is said. */
function nextEdge(edges: readonly PatternEdge[], matched: Matched | undefined, search: Search): PatternEdge {
  const touching = edges.filter(({ left, right }) => matched?.elements.some((of) => of === left || of === right));
  const candidates = touching.length > 0 ? touching : edges;
  const rank = ({ name, left, right, range }: PatternEdge): number =>
    (range ? 0 : 1000) + [name, left, right].reduce((sum, of) => sum + conditionsOn(of, search).length, 0);
  return candidates.reduce((best, edge) => (rank(edge) > rank(best) ? edge : best));
}

/** The properties that are read anywhere. */
function wantedOf({ pattern, requests }: Search, graph: Graph): Wanted {
  const [nodes, edges] = [new Set<string>(), new Set<string>()];
  for (const [element, values] of requests.values) {
    const into = pattern.nodes.includes(element) ? nodes : edges;
    for (const { expr } of values) for (const name of columnsRead(expr)) into.add(name);
  }
  for (const { of, expr } of [...requests.collected.values()].flat()) {
    for (const name of columnsRead(expr)) (of === 'inner' ? nodes : edges).add(name);
  }
  const given = (columns: Graph['nodeColumns'], names: ReadonlySet<string>): string[] =>
    columns.map((of) => of.name).filter((name) => names.has(name));
  return { nodes: given(graph.nodeColumns, nodes), edges: given(graph.edgeColumns, edges) };
}

function withWhatIsRead(built: BuiltGraph, { values, collected }: Requests, session: Session): BuiltGraph {
  const exprs = [...values.values(), ...collected.values()].flat().map((of) => of.expr);
  const nodes = withDegrees(built.nodes, built.edges, exprs);
  return nodes === built.nodes ? built : { ...built, nodes: shared(nodes, session) };
}
