import { limit, sort } from '../../plan/build.js';
import { coerce } from '../coerce.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';
import { sortKey } from './sort.js';

/** `top n by key`: the first n rows of the sorted table. */
export const lowerTop: LowerOperator = (node, input, context) => {
  const count = coerce(lowerExpr(node.Expression, { ...context, row: undefined }), 'long');
  return limit(sort(input, [sortKey(node.ByExpression, context)]), count);
};
