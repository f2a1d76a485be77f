import { aggregate } from '../../plan/build.js';
import type { LowerOperator } from './operator.js';

/** `count [as name]`: one row with the number of rows, in `Count` unless named. */
export const lowerCount: LowerOperator = (node, input) =>
  aggregate(
    input,
    [],
    [
      {
        name: node.AsIdentifier?.Identifier?.Text ?? 'Count',
        expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] },
      },
    ],
  );
