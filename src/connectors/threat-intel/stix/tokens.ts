import { Reject } from '../../../ingest/connector.js';

export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'constant' | 'operator' | 'mark' | 'end';
  readonly text: string;
}

// Both are sticky, and each alternative is linear in its match: no pattern can make them backtrack for long.
const TOKEN =
  /([thb]?'(?:[^'\\]|\\[\s\S])*')|([+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?(?![\w-]))|(==|!=|<>|<=|>=|=|<|>|≠|≤|≥)|([[\](),.:*])|([A-Za-z_][\w-]*)/uy;
const SPACE = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/y;

/** The tokens of a STIX pattern, comments left out. Throws `Reject` at a character that starts none. */
export function tokens(pattern: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(pattern);
    at = SPACE.lastIndex;
    if (at >= pattern.length) break;
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(pattern);
    if (!match) throw new Reject(`STIX pattern: unexpected '${pattern.slice(at, at + 20)}'`);
    at = TOKEN.lastIndex;
    const [, string, number, operator, mark, word] = match;
    if (string !== undefined) found.push(stringToken(string));
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (operator !== undefined) found.push({ kind: 'operator', text: SAME[operator] ?? operator });
    else if (mark !== undefined) found.push({ kind: 'mark', text: mark });
    else found.push({ kind: 'word', text: word! });
  }
  found.push({ kind: 'end', text: '' });
  return found;
}

const SAME: Readonly<Record<string, string>> = { '==': '=', '<>': '!=', '≠': '!=', '≤': '<=', '≥': '>=' };

function stringToken(text: string): Token {
  const kind = text.startsWith("'") ? 'string' : 'constant';
  return { kind, text: text.slice(text.indexOf("'") + 1, -1).replace(/\\([\s\S])/g, '$1') };
}
