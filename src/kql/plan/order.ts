import { column, keep, ordinal, project } from './build.js';
import type { Expr, Rel, RelOf } from './nodes.js';

/** The hidden column that numbers serialized rows. */
export const ORDER_COLUMN = '$order';

/** Names of our own begin with `$`; `$table` is the one that queries see. */
export const isHidden = (name: string): boolean => name.startsWith('$') && name !== '$table';

/** Whether the rows have an order that window functions and ordered aggregates must follow (after sort, top, serialize). */
export function isSerialized(rel: Rel): boolean {
  switch (rel.kind) {
    case 'sort':
    case 'ordinal':
      return true;
    case 'filter':
    case 'project':
    case 'limit':
    case 'expand':
    case 'shared':
      return isSerialized(rel.input);
    default:
      return rel.kind === 'range' || rel.kind === 'values' || rel.kind === 'outerRow';
  }
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
      if (!isSerialized(rel.input)) return ordinal(rel, ORDER_COLUMN, []);
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
