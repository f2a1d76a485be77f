import { type Example, scalars } from './registry.js';

const GRAPH =
  'let E = datatable(s:string, d:string)["a", "b", "b", "c"]; let N = datatable(id:string, k:long)["a", 1, "b", 2, "c", 3]; E | make-graph s --> d with N on id';
const paths = (condition: string, given: string): string =>
  `${GRAPH} | graph-match (x)-[p*1..2]->(y) where x.id == "a" and ${condition} project ${given}`;
const nodes = (given: string): string => `${GRAPH} | graph-match (x)-->(y) where x.id == "a" project r = ${given}`;

const ROWS: readonly (readonly [name: string, example: Example, differs?: string])[] = [
  ['all', [paths('all(inner_nodes(p), k > 2)', 'r = y.id'), 'b']],
  ['any', [paths('any(inner_nodes(p), k == 2)', 'r = y.id'), 'c']],
  ['map', [paths('y.id == "c"', 'r = map(inner_nodes(p), id)'), '["b"]']],
  ['inner_nodes', [paths('y.id == "c"', 'r = map(inner_nodes(p), k)'), '[2]']],
  ['labels', [nodes('labels(x)'), '[]'], 'Only graph models have labels; the graphs of make-graph have none.'],
  ['node_degree_in', [nodes('node_degree_in(y)'), '1']],
  ['node_degree_out', [nodes('node_degree_out(x)'), '1']],
  ['node_id', [nodes('node_id(x)'), 'a']],
];

/** Functions that read the elements of a graph pattern; `graph-match` puts what they come to in their place. */
export const GRAPH_READERS = scalars(
  ROWS.map(([name, example, differs]) => ({ name, examples: [example], ...(differs ? { differs } : {}) })),
);
