import { kindOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { aggregate, call, column, filter } from '../../plan/build.js';
import type { Rel } from '../../plan/nodes.js';
import { badArgument, bind } from '../context.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { visible } from './join.js';
import type { LowerOperator } from './operator.js';

const STRATEGIES = new Set(['legacy', 'native', 'shuffle']);

/**
 * `partition by key (subquery)`: the subquery over the rows of each key, results put together. In braces the subquery has a
 * source of its own, and the key is a scalar in it. Strategies and other hints change nothing in the answer.
 */
export const lowerPartition: LowerOperator = (node, piped, context) => {
  const strategy = parametersOf(node).get('hint.strategy');
  if (strategy && !STRATEGIES.has(textOf(strategy).toLowerCase()))
    return badArgument('hint.strategy', 'it is legacy, native or shuffle', strategy);
  const source = visible(piped);
  const input: Rel = {
    kind: 'shared',
    id: `partitioned${context.session.next()}`,
    input: source,
    columns: source.columns,
  };
  const by: SyntaxNode = node.ByExpression;
  const key = lowerExpr(by, { ...context, row: { columns: input.columns } });
  // partitions may stand in partitions: each has a name of its own for its key
  const name = `$partition${context.session.next()}`;
  const outer = column({ name, type: key.type });
  const keys = aggregate(input, [{ name, expr: key }], []);
  const { session, scope } = context;
  if (kindOf(node.Operand) !== 'PartitionSubquery') {
    const body = visible(
      lowerPipe(node.Operand.Query, { session, scope: bind(scope, nameOf(by), { kind: 'scalar', expr: outer }) }),
    );
    return { kind: 'apply', input: keys, body, columns: body.columns };
  }
  const rows = filter(input, call(key.type === 'string' ? '==' : 'same', 'bool', key, outer));
  const body = visible(lowerPipe(node.Operand.Subquery, { session, scope, input: rows }));
  return { kind: 'apply', input: keys, body, columns: body.columns };
};
