import { parametersOf, textOf } from '../../parse/syntax.js';
import { unsupported } from '../context.js';
import { lowerPipe } from '../recurse.js';
import { joined, joinKeys, visible } from './join.js';
import type { LowerOperator } from './operator.js';

/** `lookup kind=leftouter|inner (right) on keys`: a join that drops the right side's key columns. */
export const lowerLookup: LowerOperator = (node, input, context) => {
  const parameter = parametersOf(node).get('kind');
  const kind = parameter ? textOf(parameter).toLowerCase() : 'leftouter';
  if (kind !== 'leftouter' && kind !== 'inner') return unsupported(`lookup kind=${kind}`, parameter ?? node);
  const left = visible(input);
  const right = visible(lowerPipe(node.Expression, { session: context.session, scope: context.scope }));
  const keys = joinKeys(node.LookupClause, left, right, context);
  const dropped = new Set(keys.flatMap((key) => (key.right.kind === 'column' ? [key.right.name] : [])));
  return joined(kind, left, right, keys, dropped);
};
