import { listOf } from '../../parse/syntax.js';
import { aggregate, keep } from '../../plan/build.js';
import { hasOrder, inOrderOfFirst, isHidden, isWritten, withOrder } from '../../plan/order.js';
import { boundNames, lowerNamed } from '../named.js';
import { matchesAny, patternOf } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `distinct a, b` or `distinct *`: the different rows of these columns. */
export const lowerDistinct: LowerOperator = (node, input, context) => {
  const expressions = listOf(node.Expressions);
  const visible = input.columns.filter((of) => !isHidden(of.name));
  const matches = matchesAny(expressions);
  const groups = expressions.some((of) => patternOf(of) !== undefined)
    ? visible.filter((of) => matches(of.name)).map(keep)
    : lowerNamed(expressions, context, boundNames(node));
  if (!hasOrder(input) || !isWritten(input)) return aggregate(input, groups, []);
  const ordered = withOrder(input);
  return inOrderOfFirst(aggregate(ordered.rel, groups, []), ordered.order);
};
