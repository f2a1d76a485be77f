import { listOf } from '../../parse/syntax.js';
import { project } from '../../plan/build.js';
import { boundNames, lowerNamed, windowInput } from '../named.js';
import type { LowerOperator } from './operator.js';

/** `project`: exactly these columns, in this order. */
export const lowerProject: LowerOperator = (node, input, context) => {
  const expressions = listOf(node.Expressions);
  const windowed = windowInput(input, expressions, context);
  return project(windowed.input, lowerNamed(expressions, windowed.context, boundNames(node)));
};
