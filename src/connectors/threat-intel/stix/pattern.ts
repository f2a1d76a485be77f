import { Reject } from '../../../ingest/connector.js';
import { type Token, tokens } from './tokens.js';

/** One test of a pattern: an object path, an operator and the values it is compared with. */
export interface Comparison {
  readonly kind: 'comparison';
  /** `ipv4-addr:value`, `file:hashes.SHA-256`, `network-traffic:dst_ref.value`; list indexes are `[*]`. */
  readonly path: string;
  readonly operator: string;
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** A pattern as a tree: tests joined by AND and OR inside an observation, observations by AND, OR and FOLLOWEDBY. */
export type Pattern = Comparison | { readonly kind: 'and' | 'or' | 'followedby'; readonly items: readonly Pattern[] };

export interface ParsedPattern {
  readonly tree: Pattern;
  /** `WITHIN 300 SECONDS`, `REPEATS 5 TIMES`, `START … STOP …`, in the order met. */
  readonly qualifiers: readonly string[];
}

const MAX_DEPTH = 100;

/**
 * Parses a STIX 2.x pattern (OASIS STIX 2.1, part 9: Patterning). Throws `Reject` with the reason when it isn't one.
 */
export function parsePattern(text: string): ParsedPattern {
  const list = tokens(text);
  const qualifiers: string[] = [];
  let at = 0;
  let depth = 0;

  const peek = (): Token => list[at]!;
  const isWord = (...words: string[]): boolean => peek().kind === 'word' && words.includes(peek().text.toUpperCase());
  const isMark = (mark: string): boolean => peek().kind === 'mark' && peek().text === mark;
  const take = (): Token => list[at++]!;
  const wrong = (wanted: string): never => {
    const { kind, text: met } = peek();
    throw new Reject(`STIX pattern: ${wanted} expected, ${kind === 'end' ? 'it ends' : `'${met.slice(0, 30)}' found`}`);
  };
  const skip = (word: string): boolean => {
    if (!isWord(word)) return false;
    at++;
    return true;
  };
  const need = (mark: string): void => {
    if (!isMark(mark)) wrong(`'${mark}'`);
    at++;
  };
  const nested = <T>(parse: () => T): T => {
    if (++depth > MAX_DEPTH) throw new Reject(`STIX pattern: nested deeper than ${MAX_DEPTH}`);
    const result = parse();
    depth--;
    return result;
  };
  const join = (word: 'AND' | 'OR' | 'FOLLOWEDBY', part: () => Pattern): Pattern => {
    const items = [part()];
    while (isWord(word)) {
      at++;
      items.push(part());
    }
    return items.length === 1 ? items[0]! : { kind: word.toLowerCase() as 'and' | 'or' | 'followedby', items };
  };

  const sequence = (): Pattern => join('FOLLOWEDBY', () => join('OR', () => join('AND', qualified)));

  const qualified = (): Pattern => {
    let part: Pattern;
    if (isMark('(')) {
      at++;
      part = nested(sequence);
      need(')');
    } else {
      need('[');
      part = nested(tests);
      need(']');
    }
    while (isWord('WITHIN', 'REPEATS', 'START')) {
      const words = [take().text.toUpperCase()];
      if (peek().kind === 'end') wrong('a value');
      words.push(take().text);
      if (!isWord('SECONDS', 'TIMES', 'STOP')) wrong('SECONDS, TIMES or STOP');
      const last = take().text.toUpperCase();
      words.push(last);
      if (last === 'STOP') words.push(peek().kind === 'end' ? wrong('a time') : take().text);
      qualifiers.push(words.join(' '));
    }
    return part;
  };

  const tests = (): Pattern => join('OR', () => join('AND', test));

  const test = (): Pattern => {
    if (isMark('(')) {
      at++;
      const part = nested(tests);
      need(')');
      return part;
    }
    const negatedFirst = skip('NOT');
    if (isWord('EXISTS')) {
      at++;
      return { kind: 'comparison', path: path(), operator: 'EXISTS', negated: negatedFirst, values: [] };
    }
    const tested = path();
    const negated = skip('NOT') || negatedFirst;
    if (isWord('IN')) {
      at++;
      return { kind: 'comparison', path: tested, operator: 'IN', negated, values: set() };
    }
    if (peek().kind !== 'operator' && !isWord('LIKE', 'MATCHES', 'ISSUBSET', 'ISSUPERSET')) wrong('a comparison');
    const operator = take().text.toUpperCase();
    return { kind: 'comparison', path: tested, operator, negated, values: [literal()] };
  };

  const path = (): string => {
    if (peek().kind !== 'word') wrong('an object type');
    let result = take().text;
    need(':');
    result += `:${step()}`;
    for (;;) {
      if (isMark('.')) {
        at++;
        result += `.${step()}`;
      } else if (isMark('[')) {
        at++;
        if (peek().kind !== 'number' && !isMark('*')) wrong('an index');
        at++;
        need(']');
        result += '[*]';
      } else return result;
    }
  };

  const step = (): string => (peek().kind === 'word' || peek().kind === 'string' ? take().text : wrong('a property'));

  const set = (): string[] => {
    need('(');
    const values = [literal()];
    while (isMark(',')) {
      at++;
      values.push(literal());
    }
    need(')');
    return values;
  };

  const literal = (): string => {
    const { kind } = peek();
    return kind === 'string' || kind === 'number' || kind === 'constant' || isWord('TRUE', 'FALSE')
      ? take().text
      : wrong('a value');
  };

  const tree = sequence();
  if (peek().kind !== 'end') wrong('the end');
  return { tree, qualifiers };
}
