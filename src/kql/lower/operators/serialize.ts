import { listOf } from '../../parse/syntax.js';
import { isSerialized, withOrder } from '../../plan/order.js';
import { extended } from './extend.js';
import type { LowerOperator } from './operator.js';

/** `serialize [x = …]`: fixes the rows' order as it is, and extends. */
export const lowerSerialize: LowerOperator = (node, input, context) => {
  const rel = isSerialized(input) ? input : withOrder(input).rel;
  const expressions = listOf(node.Expressions);
  return expressions.length === 0 ? rel : extended(node, expressions, rel, context);
};
