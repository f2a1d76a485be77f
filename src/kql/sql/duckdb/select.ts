import type { DayParts } from './archived-days.js';

/** A SELECT under construction: plan nodes are packed into one as long as that doesn't change the meaning. */
export interface Select {
  /** What each column of the rel is here; a `simple` one (a column or a constant) may be repeated at no cost. */
  readonly items: readonly Item[];
  readonly from: string | undefined;
  readonly where: readonly string[];
  /** How many of the first items are group keys; undefined: no aggregation. */
  readonly groups?: number;
  readonly distinctOn?: readonly string[];
  readonly orderBy?: readonly string[];
  readonly limit?: string;
  /** Present when `from` is a stored table whose older rows are kept by day. */
  readonly days?: DayParts;
}

export interface Item {
  readonly name: string;
  readonly sql: string;
  readonly simple: boolean;
  /** True for the same value in every row. */
  readonly constant?: boolean;
  /** True when it holds a window function: rows must not be filtered or grouped in the SELECT that computes it. */
  readonly window?: boolean;
  /** True when it holds a subquery: it can't be written into a lambda. */
  readonly subquery?: boolean;
}

/** A SELECT over a table expression whose columns have the items' own names. */
export const selectFrom = (from: string | undefined, items: readonly Item[]): Select => ({ items, from, where: [] });

/** True when rows may still be filtered, computed on and grouped in this SELECT. */
export const isOpen = (select: Select): boolean =>
  select.groups === undefined && select.distinctOn === undefined && select.limit === undefined;

/** The SELECT's text; `sqlName` gives the names of the columns. */
export function printSelect(select: Select, sqlName: (name: string) => string): string {
  const items = select.items.map(({ name, sql }) => (sql === sqlName(name) ? sql : `${sql} AS ${sqlName(name)}`));
  const lines = [
    `SELECT ${select.distinctOn ? `DISTINCT ON (${select.distinctOn.join(', ')}) ` : ''}${items.length > 0 ? items.join(', ') : '1 AS "$empty"'}`,
    select.from && `FROM ${select.from}`,
    select.where.length > 0 && `WHERE ${select.where.join(' AND ')}`,
    select.groups && `GROUP BY ${Array.from({ length: select.groups }, (_, i) => i + 1).join(', ')}`,
    select.orderBy && select.orderBy.length > 0 && `ORDER BY ${select.orderBy.join(', ')}`,
    select.limit && `LIMIT ${select.limit}`,
  ];
  return lines.filter(Boolean).join('\n');
}
