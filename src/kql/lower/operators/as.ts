import type { LowerOperator } from './operator.js';

/** `as Name`: the name is seen by later statements and by `union withsource`; the rows pass unchanged. */
export const lowerAs: LowerOperator = (_node, input) => input;
