import stringWidth from 'string-width';

/**
 * Control characters, line and direction marks, and the invisible: what a log could use to move the cursor, recolour the
 * screen or make a text read as another.
 */
const HIDDEN =
  /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e', '\0': '\\0' };

const PLAIN = /^[ -~]*$/;

/** The text with everything in `HIDDEN` written out: `\e[31m`, `\u202e`. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, (unit) => NAMED[unit] ?? written(unit.charCodeAt(0)));
}

const written = (code: number): string =>
  code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;

/** Columns that a text takes on a terminal. */
export const widthOf = (text: string): number => (PLAIN.test(text) ? text.length : stringWidth(text));

let segmenter: Intl.Segmenter | undefined;

/** The characters as a reader sees them. */
export function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The text cut to so many columns, the last of them `…` when something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  let used = 0;
  for (const each of graphemes(text)) {
    const size = widthOf(each);
    if (used + size > width - 1) break;
    result += each;
    used += size;
  }
  return `${result}…`;
}

/** Filled up with spaces to so many columns. */
export function pad(text: string, width: number, right = false): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? spaces + text : text + spaces;
}
