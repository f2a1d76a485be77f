import { calledName } from '../../parse/syntax.js';
import { badArgument } from '../context.js';
import { lowerUserFunction } from '../user-function.js';
import type { LowerOperator } from './operator.js';

/** `invoke f(…)`: calls a function with the table as its first argument. */
export const lowerInvoke: LowerOperator = (node, input, context) => {
  const name = calledName(node.Function);
  const result = lowerUserFunction(node.Function, name, context, input);
  return result.kind === 'table' ? result.rel : badArgument(name, 'invoke needs a function that returns a table', node);
};
