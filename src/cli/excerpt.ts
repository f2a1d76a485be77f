import type { Span } from '../util/errors.js';
import type { Colors } from './io.js';
import { cut, visible, widthOf } from './output/visible.js';

/** A query's text, and where it comes from. */
export interface Source {
  readonly text: string;
  /** The file it stands in, if any. */
  readonly file?: string;
  /** The file's line of the text's first line, and the indent of its lines there. */
  readonly place?: { readonly line: number; readonly indent: number };
}

export interface ExcerptStyle {
  readonly colors: Colors;
  readonly paint: (text: string) => string;
  readonly width: number;
}

/** Line and column (from 1) of an offset, as the source's file counts them. */
export function position(
  { text, place = { line: 1, indent: 0 } }: Source,
  offset: number,
): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1 + place.line, column: before.at(-1)!.length + 1 + place.indent };
}

/** The line a place stands on, with the place underlined. */
export function excerpt(source: Source, span: Span, { colors, paint, width }: ExcerptStyle): string {
  const start = Math.min(span.start, source.text.length);
  const { line, column } = position(source, start);
  const from = source.text.lastIndexOf('\n', start - 1) + 1;
  const until = source.text.indexOf('\n', start);
  const content = source.text.slice(from, until < 0 ? undefined : until).replace(/\r$/, '');
  const before = visible(content.slice(0, start - from).replaceAll('\t', '  '));
  const marked = visible(content.slice(start - from, start - from + Math.max(span.length, 1)).replaceAll('\t', '  '));
  const after = visible(content.slice(start - from + Math.max(span.length, 1)).replaceAll('\t', '  '));
  const number = String(line);
  const room = Math.max(20, width - number.length - 3);
  const shown = clip(before, marked, after, room);
  const margin = ' '.repeat(number.length);
  return [
    `${margin}${colors.dim(`--> ${visible(source.file ?? 'query')}:${line}:${column}`)}`,
    `${colors.dim(`${number} |`)} ${shown.before}${paint(shown.marked)}${shown.after}`,
    `${margin}${colors.dim(' |')} ${' '.repeat(widthOf(shown.before))}${paint('^'.repeat(Math.max(1, widthOf(shown.marked))))}`,
  ].join('\n');
}

/** What fits of a line, with the marked part in sight. */
function clip(
  before: string,
  marked: string,
  after: string,
  room: number,
): { before: string; marked: string; after: string } {
  if (!Number.isFinite(room) || widthOf(before) + widthOf(marked) + widthOf(after) <= room)
    return { before, marked, after };
  const part = cut(marked, Math.max(8, room - 16));
  const left = Math.max(8, Math.floor((room - widthOf(part)) / 2));
  const head = widthOf(before) <= left ? before : `…${before.slice(1 - left)}`;
  return { before: head, marked: part, after: cut(after, Math.max(1, room - widthOf(head) - widthOf(part))) };
}
