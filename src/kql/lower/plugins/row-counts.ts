import { aggregate } from '../../plan/build.js';
import { count } from './arithmetic.js';
import type { LowerPlugin } from './plugin.js';

/** `estimate_rows_count()`: how many rows there are; the exact number costs no more here. */
export const lowerEstimateRowsCount: LowerPlugin = (_node, _args, input) =>
  aggregate(input, [], [{ name: 'EstimatedRowsCount', expr: count() }]);

/** `identity()`: the table as it is. */
export const lowerIdentity: LowerPlugin = (_node, _args, input) => input;
