import { listOf, nameOf, parametersOf } from '../../parse/syntax.js';
import { withSources } from '../../plan/expanded.js';
import type { OuterRow } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { lowerExpr, lowerPipe } from '../recurse.js';
import { visible } from './join.js';
import { expandItem } from './mv-expand.js';
import type { LowerOperator } from './operator.js';

/** `mv-apply x = array to typeof(T) on (subquery)`: the subquery runs over each row's elements. */
export const lowerMvApply: LowerOperator = (node, piped, context) => {
  const plain = visible(piped);
  const row = { ...context, row: { columns: plain.columns } };
  const { input, items } = withSources(
    plain,
    listOf(node.Expressions).map((of) => expandItem(of, row, false)),
    true,
  );
  const index = parametersOf(node).get('with_itemindex');
  const rowLimit = node.RowLimitClause?.RowLimit
    ? coerce(lowerExpr(node.RowLimitClause.RowLimit, row), 'long')
    : undefined;
  const made: Column[] = [
    ...items.map(({ name, type }) => ({ name, type })),
    ...(index ? [{ name: nameOf(index), type: 'long' as const }] : []),
  ];
  const outer = input.columns.filter((of) => !made.some(({ name }) => name === of.name));
  const elements: OuterRow = {
    kind: 'outerRow',
    items,
    outer: outer.map((of) => of.name),
    ...(index ? { indexColumn: nameOf(index) } : {}),
    ...(rowLimit ? { rowLimit } : {}),
    columns: [...outer, ...made],
  };
  const body = visible(
    lowerPipe(node.Subquery.Expression, { session: context.session, scope: context.scope, input: elements }),
  );
  const given = new Set(body.columns.map((of) => of.name));
  const expanded = new Set(items.map(({ name }) => name));
  const carried = input.columns.filter((of) => !given.has(of.name) && !expanded.has(of.name));
  const unchanged = input.columns.filter((of) => given.has(of.name) && !expanded.has(of.name));
  const fresh = body.columns.filter((of) => !unchanged.some(({ name }) => name === of.name));
  // an array of a column that is expanded under another name stays; one expanded under its own name gives way
  const before = input.columns.filter((of) => carried.includes(of) || unchanged.some(({ name }) => name === of.name));
  return {
    kind: 'apply',
    input,
    body,
    columns: [...before.map((of) => body.columns.find(({ name }) => name === of.name) ?? of), ...fresh],
  };
};
