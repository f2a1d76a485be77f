import { filter } from '../../plan/build.js';
import { coerce } from '../coerce.js';
import { windowInput } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';

/** `where predicate`: keeps the rows for which it is true (null counts as false). */
export const lowerFilter: LowerOperator = (node, input, context) => {
  const windowed = windowInput(input, [node.Condition], context);
  return filter(windowed.input, coerce(lowerExpr(node.Condition, windowed.context), 'bool'));
};
