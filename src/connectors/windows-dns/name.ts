const LENGTH = /\((\d{1,3})\)/y;

/**
 * A name as the debug log writes it, with the length of each label before it: `(3)www(7)example(3)com(0)` is `www.example.com`.
 * Dots and backslashes inside a label are escaped by a backslash. The root is `.`; a text in no such form comes back as it is.
 */
export function readCountedName(text: string): string {
  const labels: string[] = [];
  let at = 0;
  // `[C00C]` marks a compression pointer; what it points to is written out after it.
  while (at < text.length) {
    if (text.charCodeAt(at) === 91) {
      const close = text.indexOf(']', at);
      if (close === -1) return text;
      at = close + 1;
      continue;
    }
    LENGTH.lastIndex = at;
    const match = LENGTH.exec(text);
    if (!match) return text;
    const start = at + match[0].length;
    const length = Number(match[1]);
    if (length === 0) break;
    at = labelEnd(text, start, length);
    labels.push(text.slice(start, at).replace(/[.\\]/g, '\\$&'));
  }
  return labels.length === 0 ? '.' : labels.join('.');
}

/** Where a label ends: after as many characters as it says, or, where bytes and characters differ, before the next length. */
function labelEnd(text: string, start: number, length: number): number {
  const end = start + length;
  if (end >= text.length || text.charCodeAt(end) === 40 || text.charCodeAt(end) === 91)
    return Math.min(end, text.length);
  const next = text.slice(start).search(/\(\d{1,3}\)|\[[0-9A-F]{4}\]/);
  return next === -1 ? text.length : start + next;
}
