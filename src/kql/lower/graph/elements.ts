import { argumentsOf, calledName, kindOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, literal, text } from '../../plan/build.js';
import type { Expr } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context, type ElementReader, unsupported } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { DEGREE_IN, DEGREE_OUT } from './degrees.js';
import { type Graph, ID } from './graph.js';
import type { Pattern } from './pattern.js';
import type { Requests } from './requests.js';

/** How the expressions of a pattern read its elements: `n.age`, a whole `n`, and the graph functions. */
export function elementReader(
  graph: Graph,
  pattern: Pattern,
  requests: Requests,
  clause: 'where' | 'project',
): ElementReader {
  const edge = (name: string) => pattern.edges.find((of) => of.name === name);
  const isElement = (name: string): boolean => pattern.nodes.includes(name) || edge(name) !== undefined;
  const columnsOf = (name: string): readonly Column[] => (edge(name) ? graph.edgeColumns : graph.nodeColumns);
  /** A value of a single element, or the array of those along a path. */
  const valueOfElement = (name: string, expr: Expr, node: SyntaxNode): Expr => {
    if (!edge(name)?.range) return requests.value(name, expr);
    if (clause === 'where') return badArgument(name, 'it is a path: test its edges with all(), any() or map()', node);
    return requests.collect(name, 'edges', 'values', coerce(expr, 'dynamic'));
  };
  return {
    name: (node) => {
      const name = nameOf(node);
      return isElement(name) ? valueOfElement(name, bagOf(columnsOf(name)), node) : undefined;
    },
    path: (node) => {
      if (kindOf(node.Expression) !== 'NameReference' || !isElement(nameOf(node.Expression))) return undefined;
      const [owner, property] = [nameOf(node.Expression), propertyName(node.Selector)];
      const found = columnsOf(owner).find((of) => of.name === property);
      if (!found) return badArgument(owner, `it has no property ${property}`, node);
      return valueOfElement(owner, column(found), node);
    },
    call: (node, context) => {
      const name = calledName(node);
      const args = argumentsOf(node.ArgumentList);
      if (name in OF_PATHS) return alongPath(OF_PATHS[name]!, node, graph, pattern, requests, context);
      const of = OF_ELEMENTS[name];
      if (!of) return undefined;
      const [arg] = args;
      const element = arg && kindOf(arg) === 'NameReference' ? nameOf(arg) : '';
      if (!isElement(element)) return badArgument(name, 'it takes an element of the pattern', node);
      return of(edge(element) ? 'edges' : 'inner', graph, node, (expr) => valueOfElement(element, expr, node));
    },
  };
}

/** `n.age`, `n["age"]`. */
const propertyName = (selector: SyntaxNode): string =>
  kindOf(selector) === 'BracketedExpression'
    ? String(selector.Expression.LiteralValue ?? nameOf(selector.Expression))
    : nameOf(selector);

/** All properties but the empty ones. */
const bagOf = (columns: readonly Column[]): Expr =>
  call(
    'bag_without_empty',
    'dynamic',
    call('bag_pack', 'dynamic', ...columns.flatMap((of) => [text(of.name), column(of)])),
  );

const OF_PATHS: Readonly<Record<string, 'values' | 'any' | 'all'>> = { map: 'values', any: 'any', all: 'all' };

type OfElement = (table: 'edges' | 'inner', graph: Graph, node: SyntaxNode, value: (expr: Expr) => Expr) => Expr;
const ofNode =
  (expr: (graph: Graph) => Expr): OfElement =>
  (table, graph, node, value) =>
    table === 'inner' ? value(expr(graph)) : badArgument(calledName(node), 'it takes a node', node);

/** Functions of one element of the pattern, or, without an argument, of each element along a path. */
const OF_ELEMENTS: Readonly<Record<string, OfElement>> = {
  node_degree_in: ofNode(() => column({ name: DEGREE_IN, type: 'long' })),
  node_degree_out: ofNode(() => column({ name: DEGREE_OUT, type: 'long' })),
  node_id: ofNode(({ idType }) => coerce(column({ name: ID, type: idType }), 'string')),
  // only graph models have labels
  labels: (_table, _graph, _node, value) => value(literal('dynamic', [])),
};

/** `map(path, expr)`, `any(path, condition)`, `all(inner_nodes(path), condition)`. */
function alongPath(
  how: 'values' | 'any' | 'all',
  node: SyntaxNode,
  graph: Graph,
  pattern: Pattern,
  requests: Requests,
  context: Context,
): Expr {
  const name = calledName(node);
  const [over, body] = argumentsOf(node.ArgumentList);
  if (!over || !body) return badArgument(name, 'it takes a path and an expression', node);
  const inner = kindOf(over) === 'FunctionCallExpression' && calledName(over) === 'inner_nodes';
  const path = inner ? argumentsOf(over.ArgumentList)[0] : over;
  const edge = path && pattern.edges.find((of) => of.name === nameOf(path));
  if (!edge?.range) return badArgument(name, 'it takes an edge of variable length', over);
  const table = inner ? 'inner' : 'edges';
  const columns = inner ? graph.nodeColumns : graph.edgeColumns;
  const own: ElementReader = {
    name: (of) => {
      const known = [...pattern.nodes, ...pattern.edges.map((each) => each.name)].includes(nameOf(of));
      if (!known || columns.some((each) => each.name === nameOf(of))) return undefined;
      return unsupported(`${nameOf(of)} inside ${name}()`, of, 'compare the elements outside it');
    },
    path: (of) => (kindOf(of.Expression) === 'NameReference' ? own.name(of.Expression) : undefined),
    call: (of) => {
      const called = OF_ELEMENTS[calledName(of)];
      if (called && argumentsOf(of.ArgumentList).length === 0) return called(table, graph, of, (expr) => expr);
      return calledName(of) in OF_PATHS ? unsupported(`${calledName(of)}() inside ${name}()`, of) : undefined;
    },
  };
  const expr = lowerExpr(body, { ...context, row: { columns }, elements: own });
  return requests.collect(edge.name, table, how, coerce(expr, how === 'values' ? 'dynamic' : 'bool'));
}
