import { aggregate, call, column, extend, keep, long } from '../../plan/build.js';
import type { Expr, Rel } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';
import type { Column } from '../../types.js';
import { FROM, NODE, TO } from './graph.js';
import { joinColumns } from './join-columns.js';

/** Hidden columns of nodes: how many edges lead to and from them. */
export const DEGREE_IN = '$in';
export const DEGREE_OUT = '$out';

/** The nodes with the degrees that the expressions read. */
export function withDegrees(nodes: Rel, edges: Rel, read: readonly Expr[]): Rel {
  const reads = (name: string): boolean =>
    read.some((expr) => someExpr(expr, (node) => node.kind === 'column' && node.name === name));
  const withIn = reads(DEGREE_IN) ? counted(nodes, edges, TO, DEGREE_IN) : nodes;
  return reads(DEGREE_OUT) ? counted(withIn, edges, FROM, DEGREE_OUT) : withIn;
}

function counted(nodes: Rel, edges: Rel, end: Column, name: string): Rel {
  const counts = aggregate(
    edges,
    [keep(end)],
    [{ name, expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] } }],
  );
  const joined = joinColumns('leftouter', nodes, counts, [[NODE.name, end.name]], [[name, name]]);
  return extend(joined, [{ name, expr: call('coalesce', 'long', column({ name, type: 'long' }), long(0)) }]);
}
