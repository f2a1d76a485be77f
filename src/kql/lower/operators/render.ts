import type { LowerOperator } from './operator.js';

/** `render`: the rows pass unchanged; the chart's description is taken by the query's result (`visualizationOf`). */
export const lowerRender: LowerOperator = (_node, input) => input;
