import { graphemes, widthOf } from './visible.js';

/** Characters after which a line may end. */
export const BREAKS = /[ ,;/\\&?=|]/;

/** The text in lines of at most `width` columns, broken after spaces and marks where there are any; `most` lines, the last then ends in `…`. */
export function wrap(text: string, width: number, most = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  const units = graphemes(text);
  let at = 0;
  while (at < units.length) {
    if (lines.length === most - 1 && widthOf(units.slice(at).join('')) > width) {
      lines.push(
        fitted(units, at, width - 1, false)
          .line.trimEnd()
          .concat('…'),
      );
      return lines;
    }
    const { line, next } = fitted(units, at, width, true);
    lines.push(line.trimEnd());
    at = next;
    while (units[at] === ' ') at++;
  }
  return lines.length > 0 ? lines : [''];
}

function fitted(
  units: readonly string[],
  from: number,
  width: number,
  nicely: boolean,
): { line: string; next: number } {
  let used = 0;
  let end = from;
  let breakAt = -1;
  while (end < units.length) {
    const size = widthOf(units[end]!);
    if (used + size > width && end > from) break;
    used += size;
    end++;
    if (BREAKS.test(units[end - 1]!)) breakAt = end;
  }
  const whole = end === units.length;
  // a break that wastes more than half of the line is worse than one within a word
  const next = nicely && !whole && units[end] !== ' ' && breakAt > from + (end - from) / 2 ? breakAt : end;
  return { line: units.slice(from, next).join(''), next };
}
