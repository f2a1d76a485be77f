import { parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { call, column, extend, filter, long, project } from '../../plan/build.js';
import type { Expr, Rel, SortKey, WindowCall } from '../../plan/nodes.js';
import { badArgument, unsupported } from '../context.js';
import { readClauses } from '../graph/clauses.js';
import { distinctness } from '../graph/conditions.js';
import type { Search } from '../graph/element-tables.js';
import { matchesOf } from '../graph/matches.js';
import { type Pattern, readPattern } from '../graph/pattern.js';
import { elementColumn } from '../graph/requests.js';
import type { LowerGraphOperator } from './operator.js';

/**
 * `graph-shortest-paths [output = any|all] pattern where … project …`: of all ways in which the pattern occurs between the
 * same nodes without passing a node twice, the shortest that fulfil the condition.
 */
export const lowerGraphShortestPaths: LowerGraphOperator = (node, graph, context) => {
  const pattern = readPattern(node.Patterns, context);
  if (pattern.sequences !== 1) return badArgument('graph-shortest-paths', 'it takes a single sequence', node);
  if (!pattern.edges.some((of) => of.range)) {
    return badArgument('graph-shortest-paths', 'the pattern needs an edge of variable length', node);
  }
  const output = outputOf(node);
  const { conditions, items, requests } = readClauses(node, graph, pattern, context);
  const search: Search = { pattern, requests, conditions, unique: 'nodes' };
  if (isSearchable(search)) return project(matchesOf(graph, { ...search, shortest: output }, context.session), items);
  if (pattern.edges.some((of) => of.range?.min === 0)) {
    return unsupported('graph-shortest-paths with paths of no edges (*0..) among other edges or conditions', node);
  }
  const simple = { ...search, conditions: [...conditions, ...distinctness(pattern, 'none', requests)] };
  return project(shortestOf(matchesOf(graph, simple, context.session), pattern, output), items);
};

function outputOf(node: SyntaxNode): 'any' | 'all' {
  const given = parametersOf(node).get('output');
  const name = given ? textOf(given).toLowerCase() : 'any';
  return name === 'any' || name === 'all' ? name : badArgument('output', 'it is any or all', given ?? node);
}

/** Whether the shortest paths can be searched step by step: nothing but the edges walked decides which path is taken. */
function isSearchable({ pattern, requests, conditions }: Search): boolean {
  const [edge, ...others] = pattern.edges;
  if (others.length > 0 || edge!.range!.min > 1 || edge!.left === edge!.right) return false;
  return conditions.every(({ expr, elements }) => {
    if (!elements.has(edge!.name)) return true;
    const request = requests.collected.get(edge!.name)?.find((of) => expr.kind === 'column' && of.name === expr.name);
    return request?.how === 'all';
  });
}

const LENGTH = '$whole length';
const PLACE = '$place';

/** Of matches with the same nodes those of the least length, or one of them. */
function shortestOf(matches: Rel, { nodes, edges }: Pattern, output: 'any' | 'all'): Rel {
  const paths = edges.filter((of) => of.range).map((of): Expr => elementColumn(of.name));
  const length = paths.reduce((sum, of) => call('+', 'long', sum, of), long(edges.length - paths.length) as Expr);
  const measured = extend(matches, [{ name: LENGTH, expr: length }]);
  const key: SortKey = { expr: column({ name: LENGTH, type: 'long' }), descending: false, nullsFirst: true };
  const place: WindowCall = {
    kind: 'window',
    type: 'long',
    name: output === 'any' ? 'row_number' : 'rank',
    args: [],
    partition: nodes.map(elementColumn),
    order: [key],
  };
  const ranked = extend(measured, [{ name: PLACE, expr: place }]);
  return filter(ranked, call('==', 'bool', column({ name: PLACE, type: 'long' }), long(1)));
}
