import { isHidden } from '../../plan/order.js';
import { badArgument } from '../context.js';
import { schemaColumns } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';

/** `assert-schema (a:type, …)`: the rows as they are, if the table has just these columns. */
export const lowerAssertSchema: LowerOperator = (node, input) => {
  const wanted = schemaColumns(node.Schema).map(({ name, type }) => `${name}:${type}`);
  const given = input.columns.filter((of) => !isHidden(of.name)).map(({ name, type }) => `${name}:${type}`);
  const same = wanted.length === given.length && wanted.every((of, i) => of === given[i]);
  return same ? input : badArgument('assert-schema', `the table's schema is (${given.join(', ')})`, node);
};
