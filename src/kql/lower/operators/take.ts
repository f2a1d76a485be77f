import { limit } from '../../plan/build.js';
import { coerce } from '../coerce.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `take n`: any n rows; the first n of serialized rows. */
export const lowerTake: LowerOperator = (node, input, context) =>
  limit(input, coerce(lowerExpr(node.Expression, { ...context, row: undefined }), 'long'));
