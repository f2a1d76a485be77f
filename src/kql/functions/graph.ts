import { connectedComponents } from './graph/components.js';
import { aggregates, scalars } from './registry.js';

/** Pieces of the graph operators; lists of numbers stand in SQL as BIGINT[]. */
export const GRAPH_PARTS = scalars([
  { name: 'list_holds', returns: 'bool', internal: true, duckdb: 'list_contains($1, $2)', examples: [] },
  { name: 'lists_meet', returns: 'bool', internal: true, duckdb: 'list_has_any($1, $2)', examples: [] },
  {
    // (from, to, how many nodes, weak or strong), nodes being numbered from 1: the component of each
    name: 'graph_components',
    args: ['dynamic', 'dynamic', 'long', 'string'],
    returns: 'dynamic',
    internal: true,
    js: (from, to, size, kind) =>
      JSON.stringify(
        connectedComponents(JSON.parse(String(from)), JSON.parse(String(to)), Number(size), kind === 'strong'),
      ),
    examples: [],
  },
]);

export const GRAPH_AGGREGATES = aggregates([
  {
    name: 'list_numbers',
    returns: 'dynamic',
    internal: true,
    duckdb: "coalesce(to_json(list($1)), CAST('[]' AS JSON))",
    examples: [],
  },
]);
