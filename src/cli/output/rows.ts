import type { Column } from '../../kql/types.js';
import { plainText } from './cell.js';
import { jsonText } from './json-text.js';
import type { TableData } from './table.js';
import { visible } from './visible.js';

/** A format of one row after the other, so that a result can be written while it comes. */
export interface RowFormat {
  /** What stands before the rows. */
  head(columns: readonly Column[]): string;
  row(columns: readonly Column[], row: readonly unknown[]): string;
  /** What stands between two tables. */
  readonly between: string;
}

/** RFC 4180 with a header; null and the empty string are both empty. Control characters other than line breaks and tabs are written out. */
export const CSV: RowFormat = {
  head: (columns) => `${columns.map(({ name }) => csvCell(name)).join(',')}\n`,
  row: (_, row) => `${row.map((value) => csvCell(plainText(value))).join(',')}\n`,
  between: '',
};

const PLAIN_CELL = /^(?! )[ !#-+\--~]*(?<! )$/;

const csvCell = (text: string): string => {
  if (PLAIN_CELL.test(text)) return text;
  const safe = text
    .split(/([\n\r\t])/)
    .map((part, at) => (at % 2 === 1 ? part : visible(part)))
    .join('');
  return /[",\n\r]/.test(safe) || /^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A JSON object a line. */
export const NDJSON: RowFormat = {
  head: () => '',
  row: (columns, row) => `${jsonText(asObject(columns, row))}\n`,
  between: '',
};

export const asObject = (columns: readonly Column[], row: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null]));

/** A GitHub table. */
export const MARKDOWN: RowFormat = {
  head: (columns) =>
    `| ${columns.map(({ name }) => markdownCell(name)).join(' | ')} |\n|${columns.map(({ type }) => (RIGHT.has(type) ? ' ---: |' : ' --- |')).join('')}\n`,
  row: (_, row) => `| ${row.map((value) => markdownCell(plainText(value))).join(' | ')} |\n`,
  between: '\n',
};

const markdownCell = (text: string): string => visible(text).replace(/[|\\`*_<>[\]]/g, '\\$&');

const RIGHT: ReadonlySet<string> = new Set(['int', 'long', 'real', 'decimal']);

export const ROW_FORMATS = { csv: CSV, ndjson: NDJSON, markdown: MARKDOWN } as const;

/** A table in a format, a piece at a time. */
export function* rowTexts(format: RowFormat, { columns, rows }: TableData): Iterable<string> {
  yield format.head(columns);
  for (const row of rows) yield format.row(columns, row);
}
