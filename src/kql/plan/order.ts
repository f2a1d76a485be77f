import { aggregate, column, keep, ordinal, project, sort } from './build.js';
import type { Expr, Rel, RelOf, SortKey } from './nodes.js';

/** The hidden column that numbers serialized rows. */
export const ORDER_COLUMN = '$order';

/** Names of our own begin with `$`; `$table` is the one that queries see. */
export const isHidden = (name: string): boolean => name.startsWith('$') && name !== '$table';

/** Whether the rows have an order that the query asked for (after sort, top, serialize): window functions need one. */
export const isSerialized = (rel: Rel): boolean => hasOrder(rel, (sorted) => !isByFirst(sorted));

/** Whether the rows have an order that ordered aggregates must follow. */
export function hasOrder(rel: Rel, counts: (rel: RelOf<'sort'>) => boolean = () => true): boolean {
  switch (rel.kind) {
    case 'sort':
      return counts(rel);
    case 'ordinal':
      return true;
    case 'filter':
    case 'project':
    case 'limit':
    case 'expand':
    case 'shared':
      return hasOrder(rel.input, counts);
    default:
      return rel.kind === 'range' || rel.kind === 'values' || rel.kind === 'outerRow';
  }
}

/** Whether all rows come from a table that is written in the query: they are few, so keeping them in order costs nothing. */
export function isWritten(rel: Rel): boolean {
  if (rel.kind === 'values') return true;
  const ofOne = rel.kind === 'aggregate' || rel.kind === 'filter' || rel.kind === 'project' || rel.kind === 'expand';
  const inOrder = rel.kind === 'sort' || rel.kind === 'ordinal' || rel.kind === 'limit' || rel.kind === 'shared';
  return (ofOne || inOrder) && isWritten(rel.input);
}

/** The hidden column that says where a group's first row is. */
const FIRST_COLUMN = '$first';
const isByFirst = (rel: RelOf<'sort'>): boolean => {
  const key = rel.keys[0]?.expr;
  return key?.kind === 'column' && key.name === FIRST_COLUMN;
};

/** The groups in the order in which their first rows come: no order that the query asked for. */
export function inOrderOfFirst(grouped: RelOf<'aggregate'>, order: Expr): Rel {
  const first: Expr = { kind: 'aggregate', type: 'long', name: 'min', args: [order] };
  const marked = aggregate(grouped.input, grouped.groups, [...grouped.aggregates, { name: FIRST_COLUMN, expr: first }]);
  const key = column({ name: FIRST_COLUMN, type: 'long' });
  return project(sort(marked, [{ expr: key, descending: false, nullsFirst: true }]), grouped.columns.map(keep));
}

/** The rows sorted; of a table written in the query, rows with equal keys keep the order they had. */
export function sorted(rel: Rel, keys: readonly SortKey[]): Rel {
  if (rel.kind === 'values' || !hasOrder(rel) || !isWritten(rel)) return sort(rel, keys);
  const before = withOrder(rel);
  const visible = rel.columns.filter((of) => of.name !== ORDER_COLUMN);
  const marked = project(before.rel, [...visible.map(keep), { name: '$before', expr: before.order }]);
  const tie: SortKey = { expr: column({ name: '$before', type: 'long' }), descending: false, nullsFirst: true };
  return project(sort(marked, [...keys, tie]), visible.map(keep));
}

/**
 * The table with the hidden column `$order` that numbers its rows in their order: added right above the sort
 * and carried through what lies between. Rows without an order are numbered as they come.
 */
export function withOrder(rel: Rel): { readonly rel: Rel; readonly order: Expr } {
  const numbered = addOrder(rel);
  return { rel: numbered, order: column({ name: ORDER_COLUMN, type: 'long' }) };
}

/** Whether the table's `$order` is that of its rows as they are: no sort was put above it. */
function carriesOrder(rel: Rel): boolean {
  if (!rel.columns.some((of) => of.name === ORDER_COLUMN)) return false;
  if (rel.kind === 'ordinal') return rel.name === ORDER_COLUMN || carriesOrder(rel.input);
  if (rel.kind === 'outerRow') return true;
  return (rel.kind === 'filter' || rel.kind === 'limit' || rel.kind === 'project') && carriesOrder(rel.input);
}

/** The table without an order that a later sort has made void. */
function withoutOrder(rel: Rel): Rel {
  const kept = rel.columns.filter((of) => of.name !== ORDER_COLUMN);
  return kept.length === rel.columns.length ? rel : project(rel, kept.map(keep));
}

function addOrder(rel: Rel): Rel {
  if (carriesOrder(rel)) return rel;
  switch (rel.kind) {
    case 'sort':
      return ordinal(withoutOrder(rel.input), ORDER_COLUMN, rel.keys);
    case 'filter':
    case 'limit': {
      const input = addOrder(rel.input);
      return { ...rel, input, columns: input.columns };
    }
    case 'project': {
      if (!hasOrder(rel.input)) return ordinal(rel, ORDER_COLUMN, []);
      const items = rel.items.filter((item) => item.name !== ORDER_COLUMN);
      return project(addOrder(rel.input), [...items, keep({ name: ORDER_COLUMN, type: 'long' })]);
    }
    case 'outerRow':
      return withElementOrder(rel);
    default:
      return ordinal(withoutOrder(rel), ORDER_COLUMN, []);
  }
}

/** The elements of an outer row in the order of their array. */
function withElementOrder(rel: RelOf<'outerRow'>): Rel {
  const order = { name: ORDER_COLUMN, type: 'long' } as const;
  if (!rel.indexColumn) return { ...rel, indexColumn: ORDER_COLUMN, columns: [...rel.columns, order] };
  const index = column({ name: rel.indexColumn, type: 'long' });
  return project(rel, [...rel.columns.map(keep), { name: ORDER_COLUMN, expr: index }]);
}
