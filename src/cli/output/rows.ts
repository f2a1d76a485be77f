import { plainText } from './cell.js';
import { jsonText } from './json-text.js';
import type { TableData } from './table.js';
import { visible } from './visible.js';

/** Texts of a table in formats of one row after the other: a piece at a time, so that large results need no second copy. */
export type RowFormat = (table: TableData) => Iterable<string>;

/** RFC 4180 with a header; null and the empty string are both empty. Control characters other than line breaks and tabs are written out. */
export function* csv({ columns, rows }: TableData): Iterable<string> {
  yield `${columns.map(({ name }) => csvCell(name)).join(',')}\n`;
  for (const row of rows) yield `${row.map((value) => csvCell(plainText(value))).join(',')}\n`;
}

const csvCell = (text: string): string => {
  const safe = text
    .split(/([\n\r\t])/)
    .map((part, at) => (at % 2 === 1 ? part : visible(part)))
    .join('');
  return /[",\n\r]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A JSON object a line. `wrap` may put the row into another object. */
export function* ndjson(
  { columns, rows }: TableData,
  wrap: (row: Record<string, unknown>) => unknown = (row) => row,
): Iterable<string> {
  for (const row of rows) yield `${jsonText(wrap(asObject(columns, row)))}\n`;
}

export const asObject = (columns: TableData['columns'], row: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]));

/** A GitHub table. */
export function* markdown({ columns, rows }: TableData): Iterable<string> {
  const cell = (text: string): string => visible(text).replace(/[|\\`*_<>[\]]/g, '\\$&');
  yield `| ${columns.map(({ name }) => cell(name)).join(' | ')} |\n`;
  yield `|${columns.map(({ type }) => (RIGHT.has(type) ? ' ---: |' : ' --- |')).join('')}\n`;
  for (const row of rows) yield `| ${row.map((value) => cell(plainText(value))).join(' | ')} |\n`;
}

const RIGHT: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal']);
