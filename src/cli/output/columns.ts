import type { Column } from '../../kql/types.js';
import { widthOf } from './visible.js';
import { BREAKS } from './wrap.js';

export const GAP = 2;

/** Rows that are still read with ease as a block each. */
const FEW = 12;

/** How far columns may be squeezed, from the gentlest on; `word` is the widest part that has no place to break. */
const SQUEEZES: readonly ((type: Column['type'], word: number) => number | undefined)[] = [
  (type, word) => (isText(type) ? Math.max(16, Math.min(word, 30)) : undefined),
  (type, word) => (isText(type) ? Math.max(12, Math.min(word, 24)) : type === 'datetime' ? 10 : undefined),
  (type) => (isText(type) ? 12 : type === 'datetime' ? 10 : undefined),
];
const isText = (type: Column['type']): boolean => type === 'string' || type === 'dynamic';

/**
 * Widths with which a table fits, or undefined when it has too many columns: headers break between their words, then wide
 * texts give way evenly, then times break between date and time.
 */
export function columnWidths(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  width: number,
): readonly number[] | undefined {
  const bodies = columns.map((_, at) => cells.reduce((most, row) => Math.max(most, widthOf(row[at]!)), 0));
  const natural = columns.map(({ name }, at) => Math.max(widthOf(name), bodies[at]!));
  const room = width - GAP * (columns.length - 1);
  if (sum(natural) <= room) return natural;
  const least = columns.map(({ name }, at) => Math.max(bodies[at]!, longestWord(name)));
  if (sum(least) <= room) return widened(least, natural, room);
  const parts = columns.map((_, at) => Math.max(0, ...cells.map((row) => longestPart(row[at]!))));
  // breaking addresses apart is only worth it where blocks would go on and on
  const squeezes = cells.length > FEW ? SQUEEZES : SQUEEZES.slice(0, -1);
  for (const squeeze of squeezes) {
    const floors = columns.map(({ type, name }, at) => {
      const floor = squeeze(type, parts[at]!);
      return floor === undefined ? least[at]! : Math.min(least[at]!, Math.max(floor, Math.min(longestWord(name), 12)));
    });
    if (sum(floors) <= room) return shared(columns, floors, least, room);
  }
  return undefined;
}

/** The words of a column's name: `TotalSentBytes` → `Total`, `Sent`, `Bytes`; `query_count` → `query_`, `count`. */
export const wordsOf = (name: string): string[] => name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[^A-Z_]+_*|_+/g) ?? [name];

const longestWord = (name: string): number => Math.max(...wordsOf(name).map(widthOf));

const longestPart = (cell: string): number =>
  cell.split(BREAKS).reduce((most, part) => Math.max(most, widthOf(part) + 1), 1) - 1;

/** Gives room that is left to headers that had to break, from the left. */
function widened(widths: readonly number[], natural: readonly number[], room: number): number[] {
  let left = room - sum(widths);
  return widths.map((width, at) => {
    const more = natural[at]! - width <= left ? natural[at]! - width : 0;
    left -= more;
    return width + more;
  });
}

/** Gives the room above the floors to texts, a column at a time to the narrowest; then to times that can get all they want. */
function shared(
  columns: readonly Column[],
  floors: readonly number[],
  wanted: readonly number[],
  room: number,
): number[] {
  const widths = [...floors];
  let left = room - sum(widths);
  for (; left > 0; left--) {
    let narrowest = -1;
    for (const [at, width] of widths.entries())
      if (isText(columns[at]!.type) && width < wanted[at]! && (narrowest < 0 || width < widths[narrowest]!))
        narrowest = at;
    if (narrowest < 0) break;
    widths[narrowest]!++;
  }
  return left > 0 ? widened(widths, wanted, room) : widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, of) => total + of, 0);
