import { call, missing, text } from '../../plan/build.js';
import { withSources } from '../../plan/expanded.js';
import type { ExpandItem, Expr, Rel, RelOf } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { type ExprScope, printExpr } from './expr.js';
import { indent, nested, type Printer, scopeOf } from './packing.js';
import { type Item, printSelect, type Select, selectFrom } from './select.js';

/** `mv-expand`: the arrays are unnested side by side in an inner SELECT, then brought to their types. */
export function printExpand(rel: RelOf<'expand'>, printer: Printer): Select {
  const { input, items } = withSources(rel.input, rel.items);
  const select = nested(input, printer);
  const kept = select.items.filter((item) => !items.some(({ name }) => name === item.name));
  const inner = unnested(items, rel.indexColumn, rel.rowLimit, scopeOf(select, printer));
  const from = `(\n${indent(printSelect({ ...select, items: [...kept, ...inner] }, printer.sqlName))}\n) AS ${printer.alias()}`;
  return selectFrom(from, typedItems(rel, items, printer));
}

/** The rows of an outer row's arrays, inside the body of `mv-apply`. */
export function printOuterRow(rel: RelOf<'outerRow'>, printer: Printer): Select {
  const scope = scopeOf(selectFrom(undefined, []), printer);
  const inner = unnested(rel.items, rel.indexColumn, rel.rowLimit, scope);
  const carried = rel.outer.map((name): Item => ({ name, sql: printer.outer.get(name)!, simple: true }));
  const from = `(\n${indent(printSelect(selectFrom(undefined, [...carried, ...inner]), printer.sqlName))}\n) AS ${printer.alias()}`;
  return selectFrom(from, typedItems(rel, rel.items, printer));
}

const rawName = (name: string): string => `$each ${name}`;

function unnested(
  items: readonly ExpandItem[],
  indexColumn: string | undefined,
  rowLimit: Expr | undefined,
  scope: ExprScope,
): Item[] {
  const limit = rowLimit ? `[1:${printExpr(rowLimit, scope)}]` : '';
  const lists = items.map((item) => `${elementsOf(item, printExpr(item.expr, scope))}${limit}`);
  const rows = items.map((item, i): Item => ({ name: rawName(item.name), sql: `unnest(${lists[i]})`, simple: false }));
  if (!indexColumn) return rows;
  const longest = `greatest(${lists.map((list) => `len(${list})`).join(', ')})`;
  return [...rows, { name: indexColumn, sql: `unnest(range(${longest}))`, simple: false }];
}

/** The elements as a list; null gives one row. */
const elementsOf = ({ element, pairs }: ExpandItem, sql: string): string =>
  element ? `coalesce(${sql}, [NULL])` : `${pairs ? 'kql_element_pairs' : 'kql_elements'}(${sql})`;

function typedItems(rel: Rel, items: readonly ExpandItem[], printer: Printer): Item[] {
  const scope: ExprScope = { column: (name) => printer.sqlName(name), subquery: () => ({ sql: '', columns: [] }) };
  return rel.columns.map((of): Item => {
    const item = items.find(({ name }) => name === of.name);
    if (!item) return { name: of.name, sql: printer.sqlName(of.name), simple: true };
    const raw: Expr = { kind: 'column', type: item.element ?? 'dynamic', name: rawName(item.name) };
    const sql = printExpr(typed(raw, item), scope);
    return { name: of.name, sql, simple: sql === printer.sqlName(raw.name) };
  });
}

function typed(raw: Expr, { type, element }: ExpandItem): Expr {
  if (element === 'string' && type === 'string') return call('coalesce', 'string', raw, text(''));
  if (raw.type === type) return raw;
  if (element) return call('list_json', 'dynamic', raw);
  const converted = call(`to${type}`, type, raw);
  // `to typeof(T)` casts and does not read: a text is no number, even where it looks like one
  return NUMBERS.has(type)
    ? call('iff', type, call('==', 'bool', call('gettype', 'string', raw), text('string')), missing(type), converted)
    : converted;
}
const NUMBERS: ReadonlySet<KqlType> = new Set(['bool', 'int', 'long', 'real', 'decimal']);
