import type { Rel } from '../../plan/nodes.js';
import type { PrintOptions } from '../dialect.js';
import type { ExprScope } from './expr.js';
import { type Item, printSelect, type Select, selectFrom } from './select.js';

/** The state of printing one query. */
export interface Printer {
  readonly options: PrintOptions;
  readonly sqlName: (name: string) => string;
  /** Tables printed once, in front of the query (`materialize`). */
  readonly shared: Map<string, string>;
  /** Columns of the rows around a lateral body, by name. */
  readonly outer: ReadonlyMap<string, string>;
  alias(): string;
  /** The SELECT of a rel: the way down, so that files of one node need no import of all. */
  build(rel: Rel, printer: Printer): Select;
}

/** The text of a rel's SELECT. */
export const printRel = (rel: Rel, printer: Printer): string => {
  const select = printer.build(rel, printer);
  return printSelect(arranged(select, rel), printer.sqlName);
};

/** The SELECT with the rel's columns in the rel's order. */
export function arranged(select: Select, rel: Rel): Select {
  if (select.groups !== undefined) return select;
  const byName = new Map(select.items.map((item) => [item.name, item]));
  return { ...select, items: rel.columns.map((of) => byName.get(of.name)!) };
}

/** The rel as a subquery in FROM, its columns under their own names. */
export function nested(rel: Rel, printer: Printer): Select {
  return wrap(printer.build(rel, printer), rel, printer);
}

export function wrap(select: Select, rel: Rel, printer: Printer): Select {
  const alias = printer.alias();
  const from = `(\n${indent(printSelect(arranged(select, rel), printer.sqlName))}\n) AS ${alias}`;
  return selectFrom(from, ownItems(rel, printer));
}

export const ownItems = (rel: Rel, printer: Printer, alias?: string): Item[] =>
  rel.columns.map((of) => ({
    name: of.name,
    sql: alias ? `${alias}.${printer.sqlName(of.name)}` : printer.sqlName(of.name),
    simple: true,
  }));

/** The text one step further right; what stands between quotes is left as it is. */
export const indent = (text: string): string =>
  `  ${text.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\n/g, (part) => (part === '\n' ? '\n  ' : part))}`;

/** Where expressions over this SELECT's columns find them. */
export function scopeOf(select: Select, printer: Printer): ExprScope {
  const byName = new Map(select.items.map((item) => [item.name, item.sql]));
  return {
    column: (name) => byName.get(name) ?? printer.outer.get(name) ?? printer.sqlName(name),
    ...(printer.options.wrapping ? { wrapping: true } : {}),
    subquery: (rel) => ({ sql: printRel(rel, printer), columns: rel.columns.map((of) => printer.sqlName(of.name)) }),
  };
}
