import { kindOf, listOf, nameOf, type SyntaxNode } from '../../parse/syntax.js';
import { keep, ordinal, project } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { badArgument, type Context, type Session, unsupported } from '../context.js';
import { visible } from '../operators/join.js';
import { lowerPipe } from '../recurse.js';
import { type BuiltGraph, EDGE, FROM, type Graph, ID, NODE, shared, TO, type Wanted } from './graph.js';
import { joinColumns } from './join-columns.js';
import { identified, type NodeSource, nodesOf, PARTITION, propertiesOf } from './nodes.js';

/** `make-graph source --> target [with nodes on id, … | with_node_id = name] [partitioned-by column (…)]`. */
export function makeGraph(node: SyntaxNode, input: Rel, context: Context): Graph {
  if (String(node.DirectionToken?.Text) !== '-->') return unsupported('make-graph of undirected edges (--)', node);
  const edges = visible(input);
  const source = columnOf(edges, nameOf(node.SourceColumn), node);
  const target = columnOf(edges, nameOf(node.TargetColumn), node);
  if (source.type !== target.type) {
    return badArgument('make-graph', `${source.name} and ${target.name} must have the same type`, node);
  }
  if (source.type === 'dynamic') return badArgument('make-graph', 'the id of a node can not be dynamic', node);
  const entity: SyntaxNode | undefined = node.PartitionedByClause?.Entity;
  const partition = entity && columnOf(edges, nameOf(entity), entity);
  const given: SyntaxNode | null = node.WithClause;
  const idName = given && kindOf(given) === 'MakeGraphWithImplicitIdClause' ? nameOf(given.Name) : undefined;
  const tables = listOf(given?.TablesAndKeys).map((of) => {
    const rel = visible(lowerPipe(of.Table, { session: context.session, scope: context.scope }));
    const key = columnOf(rel, nameOf(of.Column), of);
    if (partition) columnOf(rel, partition.name, entity!);
    return key.type === source.type
      ? { rel, key: key.name }
      : badArgument('make-graph', `${key.name} must be ${source.type}, as the ids of the edges are`, of);
  });
  const nodes: NodeSource = { tables, idName, idType: source.type, partition };
  return {
    edgeColumns: edges.columns,
    nodeColumns: propertiesOf(nodes),
    source: source.name,
    target: target.name,
    idType: source.type,
    build: (wanted, session) => build(edges, [source, target], nodes, wanted, session),
  };
}

function columnOf(rel: Rel, name: string, node: SyntaxNode): Column {
  return rel.columns.find((of) => of.name === name) ?? badArgument(name, 'the table has no such column', node);
}

function build(
  all: Rel,
  [source, target]: readonly [Column, Column],
  of: NodeSource,
  wanted: Wanted,
  session: Session,
): BuiltGraph {
  const read = new Set([source.name, target.name, of.partition?.name, ...wanted.edges]);
  const columns = all.columns.filter(({ name }) => read.has(name));
  const edges = shared(ordinal(project(all, columns.map(keep)), EDGE.name, []), session);
  const ends: Rel = {
    kind: 'union',
    inputs: [identified(edges, source, of), identified(edges, target, of)],
    columns: identified(edges, source, of).columns,
  };
  const nodes = shared(nodesOf(of, ends, wanted.nodes), session);
  const withFrom = numbered(edges, source, nodes, of, FROM.name);
  return { nodes, edges: shared(numbered(withFrom, target, nodes, of, TO.name), session) };
}

/** The edges with the number of the node at one end. */
function numbered(edges: Rel, end: Column, nodes: Rel, { partition }: NodeSource, name: string): Rel {
  const keys: (readonly [string, string])[] = [[end.name, ID]];
  if (partition) keys.push([partition.name, PARTITION]);
  return joinColumns('inner', edges, nodes, keys, [[NODE.name, name]]);
}
