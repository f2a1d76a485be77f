import type { Expr } from './nodes.js';

/** The conditions that `and` joins, in order; the expression itself when it is no conjunction. */
export const conjuncts = (expr: Expr): Expr[] =>
  expr.kind === 'call' && expr.name === 'and' ? expr.args.flatMap(conjuncts) : [expr];

/** The conditions that `or` joins. */
export const disjuncts = (expr: Expr): Expr[] =>
  expr.kind === 'call' && expr.name === 'or' ? expr.args.flatMap(disjuncts) : [expr];
