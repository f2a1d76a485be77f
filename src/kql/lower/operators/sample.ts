import { aggregate, limit } from '../../plan/build.js';
import { coerce } from '../coerce.js';
import { boundNames, lowerNamed } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `sample n`: up to n rows; which ones is left to the engine, as in Kusto. */
export const lowerSample: LowerOperator = (node, input, context) =>
  limit(input, coerce(lowerExpr(node.Expression, { ...context, row: undefined }), 'long'));

/** `sample-distinct n of x`: up to n different values. */
export const lowerSampleDistinct: LowerOperator = (node, input, context) => {
  const groups = lowerNamed([node.OfExpression], context, boundNames(node));
  return limit(
    aggregate(input, groups, []),
    coerce(lowerExpr(node.Expression, { ...context, row: undefined }), 'long'),
  );
};
