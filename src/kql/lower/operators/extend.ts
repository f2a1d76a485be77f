import { listOf, type SyntaxNode } from '../../parse/syntax.js';
import { extend } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import type { Context } from '../context.js';
import { boundNames, lowerNamed, windowInput } from '../named.js';
import type { LowerOperator } from './operator.js';

/** `extend`: adds columns, or replaces those of the same name in place. */
export const lowerExtend: LowerOperator = (node, input, context) =>
  extended(node, listOf(node.Expressions), input, context);

/** The input extended by the expressions of `node`, as `extend` and `serialize` do. */
export function extended(node: SyntaxNode, expressions: readonly SyntaxNode[], input: Rel, context: Context): Rel {
  const windowed = windowInput(input, expressions, context);
  const existing = new Set(input.columns.map((of) => of.name));
  const added = boundNames(node).filter((name) => !existing.has(name));
  return extend(windowed.input, lowerNamed(expressions, windowed.context, added));
}
