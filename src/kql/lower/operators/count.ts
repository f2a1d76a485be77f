import { aggregate } from '../../plan/build.js';
import type { LowerOperator } from './operator.js';

/** `count`: one row with the number of rows in `Count`. */
export const lowerCount: LowerOperator = (_node, input) =>
  aggregate(input, [], [{ name: 'Count', expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] } }]);
