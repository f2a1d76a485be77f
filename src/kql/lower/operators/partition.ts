import { kindOf } from '../../parse/syntax.js';
import { aggregate, call, column, filter } from '../../plan/build.js';
import { unsupported } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { visible } from './join.js';
import type { LowerOperator } from './operator.js';

const KEY = '$partition';

/** `partition by key (subquery)`: the subquery over the rows of each key, results put together. */
export const lowerPartition: LowerOperator = (node, piped, context) => {
  if (kindOf(node.Operand) !== 'PartitionSubquery')
    return unsupported('partition with a query in braces', node.Operand);
  const input = visible(piped);
  const key = lowerExpr(node.ByExpression, { ...context, row: { columns: input.columns } });
  const keys = aggregate(input, [{ name: KEY, expr: key }], []);
  const same = key.type === 'string' ? '==' : 'same';
  const rows = filter(input, call(same, 'bool', key, column({ name: KEY, type: key.type })));
  const body = visible(
    lowerPipe(node.Operand.Subquery, { session: context.session, scope: context.scope, input: rows }),
  );
  return { kind: 'apply', input: keys, body, columns: body.columns };
};
