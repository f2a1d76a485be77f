import { listOf, nameOf, parametersOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, keep, project, text } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import type { Context, NamedTable } from '../context.js';
import { type Graph, ID } from '../graph/graph.js';
import type { LowerGraphOperator } from './operator.js';

/** `graph-to-table nodes|edges`: the graph's nodes or edges as rows. With both, the first is the table. */
export const lowerGraphToTable: LowerGraphOperator = (node, graph, context) =>
  graphTables(node, graph, context)[0]!.rel;

/** All tables of `graph-to-table nodes as N …, edges as E …`. */
export function graphTables(node: SyntaxNode, graph: Graph, context: Context): NamedTable[] {
  return listOf(node.OutputClause).map((output) => {
    const parameters = parametersOf(output);
    const hash = (name: string): string | undefined => {
      const given = parameters.get(name);
      return given && nameOf(given);
    };
    const rel =
      String(output.EntityKeyword.Text) === 'nodes'
        ? nodeRows(graph, hash('with_node_id'), context)
        : edgeRows(graph, hash('with_source_id'), hash('with_target_id'), context);
    return output.AsClause ? { name: nameOf(output.AsClause.Name), rel } : { rel };
  });
}

function nodeRows(graph: Graph, hashName: string | undefined, { session }: Context): Rel {
  const { nodes } = graph.build({ nodes: graph.nodeColumns.map((of) => of.name), edges: [] }, session);
  return project(nodes, [...hashed([[hashName, { name: ID, type: graph.idType }]]), ...graph.nodeColumns.map(keep)]);
}

function edgeRows(graph: Graph, source: string | undefined, target: string | undefined, { session }: Context): Rel {
  const { edges } = graph.build({ nodes: [], edges: graph.edgeColumns.map((of) => of.name) }, session);
  return project(edges, [
    ...hashed([
      [source, { name: graph.source, type: graph.idType }],
      [target, { name: graph.target, type: graph.idType }],
    ]),
    ...graph.edgeColumns.map(keep),
  ]);
}

/** Columns with the hashes of ids; a missing id has that of the empty text. */
const hashed = (wanted: readonly (readonly [string | undefined, Column])[]): NamedExpr[] =>
  wanted.flatMap(([name, of]) => {
    if (name === undefined) return [];
    const expr: Expr = call('coalesce', 'long', call('hash', 'long', column(of)), call('hash', 'long', text('')));
    return [{ name, expr }];
  });
