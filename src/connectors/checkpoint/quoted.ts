import type { Fields, Log } from './fields.js';

/** `key="` or `key:"`; keys may hold spaces (`ICMP Type="8"`). */
const OPENING = /(?:^|[\s;[])([A-Za-z_][\w.:/-]*?(?: [A-Z]\w*){0,3})[:=]"/g;
/** What may follow the quote that ends a value. */
const BEHIND = /^\s*(?:;|\]|$|,|[A-Za-z_][\w.:/-]*(?: [A-Z]\w*){0,3}[:=]")/;
const START = /\[\s*(?:[\w.-]+@[\d.]+\s+)?(?=[A-Za-z_][\w.:/ -]*[:=]")/;

/**
 * Reads the Log Exporter's generic and syslog forms: `[action:"Accept"; src:"10.0.0.1"; …]` and RFC 5424 structured data,
 * `[Fields@1.3.6.1.4.1.2620 action="Accept" src="10.0.0.1" …]`. Null when the line is no such thing.
 */
export function readQuoted(line: string): Log | null {
  const begin = START.exec(line);
  const from = begin === null ? 0 : begin.index;
  const fields: Fields = [];
  let start = -1;
  OPENING.lastIndex = from;
  for (let match = OPENING.exec(line); match !== null; match = OPENING.exec(line)) {
    if (start === -1) start = match.index;
    const value = match.index + match[0].length;
    const end = closingQuote(line, value);
    fields.push([match[1]!, plain(line.slice(value, end)).trim()]);
    OPENING.lastIndex = end + 1;
  }
  return fields.length < 3 ? null : { prefix: line.slice(0, begin === null ? start : begin.index).trimEnd(), fields };
}

/** The quote that ends a value: not escaped, and followed by what ends a pair; quotes inside values aren't always escaped. */
function closingQuote(line: string, from: number): number {
  let tries = 0;
  let firstEnd = -1;
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 1)) {
    if (isEscaped(line, at, from)) continue;
    if (firstEnd === -1) firstEnd = at;
    if (BEHIND.test(line.slice(at + 1, at + 80))) return at;
    if (++tries > 50) break;
  }
  return firstEnd === -1 ? line.length : firstEnd;
}

function isEscaped(line: string, at: number, from: number): boolean {
  let i = at;
  while (i > from && line[i - 1] === '\\') i--;
  return (at - i) % 2 === 1;
}

const plain = (value: string): string => (value.includes('\\') ? value.replace(/\\([\\"\]=;|])/g, '$1') : value);
