import { nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { aggregate, call, column, extend, long, project, text } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { badArgument } from '../context.js';
import { type BuiltGraph, FROM, type Graph, NODE, shared, TO } from './graph.js';
import { joinColumns } from './join-columns.js';

/** `graph-mark-components [kind = weak|strong] [with_component_id = name]`: each node gets the number of its component. */
export function markComponents(node: SyntaxNode, graph: Graph): Graph {
  const parameters = parametersOf(node);
  const kind = parameters.has('kind') ? textOf(parameters.get('kind')!).toLowerCase() : 'weak';
  if (kind !== 'weak' && kind !== 'strong') return badArgument('kind', 'it is weak or strong', node);
  const given = parameters.get('with_component_id');
  const name = given ? nameOf(given) : 'ComponentId';
  if (graph.nodeColumns.some((of) => of.name === name)) {
    return badArgument(name, 'the nodes have a property of that name already', node);
  }
  return {
    ...graph,
    nodeColumns: [...graph.nodeColumns, { name, type: 'long' }],
    build: (wanted, session) => {
      const built = graph.build({ ...wanted, nodes: wanted.nodes.filter((of) => of !== name) }, session);
      if (!wanted.nodes.includes(name)) return built;
      const marked = joinColumns(
        'inner',
        built.nodes,
        components(built, kind),
        [[NODE.name, NODE.name]],
        [[COMPONENT, name]],
      );
      return { ...built, nodes: shared(marked, session) };
    },
  };
}

const COMPONENT = '$component';

/** `$node` and `$component` of all nodes. */
function components({ nodes, edges }: BuiltGraph, kind: 'weak' | 'strong'): Rel {
  const numbers = (of: Column): Expr => ({
    kind: 'aggregate',
    type: 'dynamic',
    name: 'list_numbers',
    args: [column(of)],
  });
  const count: Expr = { kind: 'aggregate', type: 'long', name: 'count', args: [] };
  const size: Rel = aggregate(nodes, [], [{ name: 'size', expr: count }]);
  const ends = aggregate(
    edges,
    [],
    [
      { name: 'from', expr: numbers(FROM) },
      { name: 'to', expr: numbers(TO) },
    ],
  );
  const whole: Rel = joinColumns('cross', ends, size, [], [['size', 'size']]);
  const found = call(
    'graph_components',
    'dynamic',
    column({ name: 'from', type: 'dynamic' }),
    column({ name: 'to', type: 'dynamic' }),
    column({ name: 'size', type: 'long' }),
    text(kind),
  );
  const made: Rel = {
    kind: 'expand',
    input: project(whole, [{ name: 'all', expr: found }]),
    items: [{ name: COMPONENT, expr: column({ name: 'all', type: 'dynamic' }), type: 'long' }],
    indexColumn: '$index',
    columns: [
      { name: 'all', type: 'dynamic' },
      { name: COMPONENT, type: 'long' },
      { name: '$index', type: 'long' },
    ],
  };
  const index = column({ name: '$index', type: 'long' });
  return project(extend(made, [{ name: NODE.name, expr: call('+', 'long', index, long(1)) }]), [
    { name: NODE.name, expr: column(NODE) },
    { name: COMPONENT, expr: column({ name: COMPONENT, type: 'long' }) },
  ]);
}
