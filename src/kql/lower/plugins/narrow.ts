import { call, column, literal, project, text } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import { withOrder } from '../../plan/order.js';
import { coerce } from '../coerce.js';
import { visible } from '../operators/join.js';
import type { LowerPlugin } from './plugin.js';

/** `narrow()`: a row for each cell, with the row's number, the column's name and the value as text. */
export const lowerNarrow: LowerPlugin = (_node, _args, input) => {
  const { rel, order } = withOrder(input);
  const number: NamedExpr = { name: 'Row', expr: call('-', 'long', order, literal('long', 1n)) };
  const inputs = visible(input).columns.map(
    (of): Rel =>
      project(rel, [
        number,
        { name: 'Column', expr: text(of.name) },
        { name: 'Value', expr: coerce(column(of), 'string') },
      ]),
  );
  const columns = [
    { name: 'Row', type: 'long' as const },
    { name: 'Column', type: 'string' as const },
    { name: 'Value', type: 'string' as const },
  ];
  return inputs.length === 1 ? inputs[0]! : { kind: 'union', inputs, columns };
};
