import type { Column } from '../../kql/types.js';
import type { Colors } from '../io.js';
import { isRightAligned, plainText, readableText, toSeconds } from './cell.js';
import { columnWidths, GAP, wordsOf } from './columns.js';
import { cut, pad, visible, widthOf } from './visible.js';
import { wrap } from './wrap.js';

export interface TableStyle {
  readonly width: number;
  readonly colors: Colors;
  /** Rows shown at most. */
  readonly rows: number;
  /** Put before each line. */
  readonly indent?: string;
  /** For reading rather than for copying: times to the second, no columns that hold nothing. */
  readonly brief?: boolean;
}

export interface TableData {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  /** Rows there are, when not all are at hand. */
  readonly total?: number;
}

/** Lines that a value may take in a table; longer ones are cut there. */
const MOST_LINES = 5;

/** A table for people, fitted to the width: a row a line, or a block a row when there are too many columns. */
export function tableText(data: TableData, style: TableStyle): string {
  const indent = style.indent ?? '';
  const shown = data.rows.slice(0, style.rows);
  const brief = style.brief === true && shown.length > 0;
  const used = data.columns.map((_, at) => !brief || shown.some((row) => !isEmpty(row[at])));
  const kept = data.columns.map((column, at) => ({ column, at })).filter(({ at }) => used[at]);
  const columns = kept.map(({ column: { name, type } }) => ({ name: visible(name), type }));
  const cells = shown.map((row) =>
    kept.map(({ column: { type }, at }) => {
      if (brief && isEmpty(row[at])) return '';
      const text = visible(readableText(row[at], type));
      return brief && type === 'datetime' ? toSeconds(text) : text;
    }),
  );
  const room = style.width - indent.length;
  const widths = columnWidths(columns, cells, room);
  const lines = widths ? grid(columns, cells, widths, style.colors) : blocks(columns, cells, room, style.colors);
  const hidden = (data.total ?? data.rows.length) - shown.length;
  if (hidden > 0)
    lines.push(style.colors.dim(`… and ${hidden.toLocaleString('en')} more rows (--rows all shows them)`));
  return lines.map((line) => `${indent}${line.trimEnd()}\n`).join('');
}

const isEmpty = (value: unknown): boolean => plainText(value) === '' || (Array.isArray(value) && value.length === 0);

function grid(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  colors: Colors,
): string[] {
  const gap = ' '.repeat(GAP);
  const right = columns.map(({ type }) => isRightAligned(type));
  const line = (parts: readonly string[]): string =>
    parts.map((part, at) => pad(part, widths[at]!, right[at])).join(gap);
  const spread = (parts: readonly (readonly string[])[]): string[] => {
    const height = Math.max(1, ...parts.map((part) => part.length));
    return Array.from({ length: height }, (_, row) => line(parts.map((part) => part[row] ?? '')));
  };
  const header = columns.map(({ name }, at) => headerLines(name, widths[at]!));
  const height = Math.max(1, ...header.map((lines) => lines.length));
  const lowered = header.map((lines) => [...new Array<string>(height - lines.length).fill(''), ...lines]);
  return [
    ...spread(lowered).map((text) => colors.bold(text.trimEnd())),
    colors.dim(widths.map((width) => '─'.repeat(width)).join(gap)),
    ...cells.flatMap((row) =>
      spread(row.map((cell, at) => (widthOf(cell) <= widths[at]! ? [cell] : wrap(cell, widths[at]!, MOST_LINES)))),
    ),
  ];
}

/** A column's name in lines, broken between its words. */
function headerLines(name: string, width: number): string[] {
  if (widthOf(name) <= width) return [name];
  const lines: string[] = [];
  for (const word of wordsOf(name)) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + word) <= width) lines[lines.length - 1] = last + word;
    else lines.push(word);
  }
  return lines.flatMap((line) => wrap(line, width));
}

/** A block of `name  value` lines for each row; values that are empty are left out. */
function blocks(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number,
  colors: Colors,
): string[] {
  const widest = Math.min(Math.max(...columns.map(({ name }) => widthOf(name))), Math.max(10, Math.floor(width * 0.4)));
  const room = Math.max(10, width - widest - GAP);
  const used = columns.map((_, at) => cells.some((row) => row[at] !== ''));
  const empty = used.filter((of) => !of).length;
  const lines = cells.flatMap((row, number) => [
    colors.dim(`── row ${number + 1} ${'─'.repeat(Math.max(0, Math.min(width, 60) - 8 - String(number + 1).length))}`),
    ...columns.flatMap(({ name }, at) => {
      if (row[at] === '') return [];
      const [first, ...rest] = wrap(row[at]!, room, MOST_LINES * 2);
      return [
        `${colors.bold(pad(cut(name, widest), widest))}  ${first}`,
        ...rest.map((more) => `${' '.repeat(widest + GAP)}${more}`),
      ];
    }),
  ]);
  if (empty > 0 && cells.length > 0)
    lines.push(colors.dim(`(${empty === 1 ? '1 column is' : `${empty} columns are`} empty in all rows shown)`));
  return lines;
}
