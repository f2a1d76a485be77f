/** Two characters that stand in no cell of a segment, and a test whether a text has one of them. */
export interface Separators {
  readonly cell: string;
  readonly row: string;
  readonly test: RegExp;
}

const make = (cell: string, row: string): Separators => ({ cell, row, test: new RegExp(`[${cell}${row}]`) });

/** Control characters first: they are a byte each, and no log has them. */
const CANDIDATES: readonly Separators[] = [
  make('\x1f', '\x1e'),
  make('\x1d', '\x1c'),
  make('\x02', '\x03'),
  make('\x05', '\x06'),
  make('\ue0f0', '\ue0f1'),
];

export const USUAL_SEPARATORS = CANDIDATES[0]!;

/** Separators that do not occur in a text. */
export function separatorsFor(text: string): Separators {
  const found = CANDIDATES.find(({ test }) => !test.test(text));
  if (found) return found;
  const free: string[] = [];
  for (let code = 0xe100; code < 0xf8ff && free.length < 2; code++) {
    const character = String.fromCharCode(code);
    if (!text.includes(character)) free.push(character);
  }
  if (free.length < 2) throw new RangeError('the text uses every character there is to separate cells with');
  return make(free[0]!, free[1]!);
}
