import { listOf } from '../../parse/syntax.js';
import { aggregate, keep } from '../../plan/build.js';
import { isHidden } from '../../plan/order.js';
import { boundNames, lowerNamed } from '../named.js';
import { matchesAny, patternOf } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `distinct a, b` or `distinct *`: the different rows of these columns. */
export const lowerDistinct: LowerOperator = (node, input, context) => {
  const expressions = listOf(node.Expressions);
  const visible = input.columns.filter((of) => !isHidden(of.name));
  if (!expressions.some((of) => patternOf(of) !== undefined))
    return aggregate(input, lowerNamed(expressions, context, boundNames(node)), []);
  const matches = matchesAny(expressions);
  return aggregate(input, visible.filter((of) => matches(of.name)).map(keep), []);
};
