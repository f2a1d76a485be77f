import type { Expr } from './nodes.js';

/** A text that two expressions share exactly when they are the same. */
export const exprKey = (expr: Expr): string =>
  JSON.stringify(expr, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
