import { kindOf, listOf } from '../../parse/syntax.js';
import { aggregate, keep } from '../../plan/build.js';
import { isHidden } from '../../plan/order.js';
import { boundNames, lowerNamed } from '../named.js';
import { matchesAny, patternText } from '../wildcard.js';
import type { LowerOperator } from './operator.js';

/** `distinct a, b` or `distinct *`: the different rows of these columns. */
export const lowerDistinct: LowerOperator = (node, input, context) => {
  const expressions = listOf(node.Expressions);
  const visible = input.columns.filter((of) => !isHidden(of.name));
  const wild = (expression: (typeof expressions)[number]): boolean =>
    kindOf(expression) === 'StarExpression' || patternText(expression).includes('*');
  if (!expressions.some(wild)) return aggregate(input, lowerNamed(expressions, context, boundNames(node)), []);
  const matches = matchesAny(expressions);
  return aggregate(input, visible.filter((of) => matches(of.name)).map(keep), []);
};
