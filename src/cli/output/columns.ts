import type { Column } from '../../kql/types.js';
import { widthOf } from './visible.js';

/** Least columns a text column is squeezed to. */
const LEAST = 14;
/** Columns as wide as this or less are never squeezed: addresses, times, names. */
const NARROW = 20;
export const GAP = 2;

export interface Layout {
  /** Width of each column. */
  readonly widths: readonly number[];
}

/**
 * Widths with which a table fits; wide columns of text give way, evenly. Undefined when there are too many columns for a
 * table of that width.
 */
export function layOut(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number,
): Layout | undefined {
  const bodies = columns.map((_, at) => cells.reduce((most, row) => Math.max(most, widthOf(row[at]!)), 0));
  const natural = columns.map(({ name }, at) => Math.max(widthOf(name), bodies[at]!));
  const room = width - GAP * (columns.length - 1);
  if (sum(natural) <= room) return { widths: natural };
  // headers break between the words of a name
  const least = columns.map(({ name }, at) =>
    Math.max(Math.min(bodies[at]!, Number.POSITIVE_INFINITY), longestWord(name)),
  );
  const fixed = columns.map(({ type }, at) => least[at]! <= NARROW || (type !== 'string' && type !== 'dynamic'));
  const shared = room - sum(least.filter((_, at) => fixed[at]));
  const flexible = least.filter((_, at) => !fixed[at]);
  if (sum(flexible) <= shared) return { widths: widen(least, natural, room) };
  const cap = evenCap(flexible, shared);
  return cap < LEAST ? undefined : { widths: least.map((of, at) => (fixed[at] ? of : Math.min(of, cap))) };
}

/** The words of a column's name: `TotalSentBytes` → `Total`, `Sent`, `Bytes`; `query_count` → `query_`, `count`. */
export const wordsOf = (name: string): string[] => name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[^A-Z_]+_*|_+/g) ?? [name];

const longestWord = (name: string): number => Math.max(...wordsOf(name).map(widthOf));

/** Gives room that is left to headers that had to break, from the left. */
function widen(widths: readonly number[], natural: readonly number[], room: number): number[] {
  let left = room - sum(widths);
  return widths.map((width, at) => {
    const more = natural[at]! - width <= left ? natural[at]! - width : 0;
    left -= more;
    return width + more;
  });
}

/** The greatest width that all may have together: those below it keep theirs. */
function evenCap(widths: readonly number[], room: number): number {
  const ordered = [...widths].sort((a, b) => a - b);
  let left = room;
  for (const [at, width] of ordered.entries()) {
    const share = Math.floor(left / (ordered.length - at));
    if (width > share) return share;
    left -= width;
  }
  return Number.POSITIVE_INFINITY;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, of) => total + of, 0);
