import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import type { SqlArgument, SqlTemplate } from './registry.js';

/** A constant pattern made ready for RE2, and its capturing groups in order, by name where they have one. */
export interface Regex {
  readonly pattern: string;
  readonly groups: readonly (string | undefined)[];
}

/** `\d`, `\w` and `\s` stand for all of Unicode in Kusto, in RE2 for ASCII: the inside of a class for each. */
const UNICODE: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{M}\\p{Nd}\\p{Pc}',
  s: '\\s\\p{Z}\\x{85}',
};
/** A Unicode class repeated more often than this makes RE2's program too large; it stays ASCII. */
const MOST_REPEATS = 16;

const ESCAPE =
  /^\\(?:p\{\^?\w+\}|p\w|P\{\^?\w+\}|P\w|x\{[\da-f]+\}|x[\da-f]{2}|u[\da-f]{4}|Q[\s\S]*?(?:\\E|$)|[\s\S])/iu;
const GROUP = /^\((?:\?:|\?P?<([A-Za-z_]\w*)>|\?[imsU]*(?:-[imsU]+)?[:)])?/;
const COUNT = /^\{(\d+)(?:,(\d*))?\}/;
const CLASS = /^\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]/;

/** Reads a pattern of Kusto's; throws `bad-argument` with what is wrong with it. */
export function readRegex(source: string): Regex {
  const groups: (string | undefined)[] = [];
  const fail = (why: string): never => {
    throw trawlError('bad-argument', { what: source, why: `not a regular expression: ${why}` });
  };
  let pattern = '';
  let depth = 0;
  let repeatable = false;
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    const char = rest[0]!;
    let token = char;
    let printed = char;
    let isAtom = true;
    if (char === '\\') {
      token = ESCAPE.exec(rest)?.[0] ?? fail('it ends in a backslash');
      printed = escapeFor(token, isRepeatedOften(rest.slice(token.length)), fail);
    } else if (char === '[') {
      token = CLASS.exec(rest)?.[0] ?? fail('a [ without its ]');
      printed = isRepeatedOften(rest.slice(token.length)) ? token : unicodeClass(token, fail);
    } else if (char === '(') {
      const group = GROUP.exec(rest)!;
      if (rest[1] === '?' && group[0] === '(') fail('look-around is not part of the language');
      token = group[0];
      printed = group[1] ? `(?P<${group[1]}>` : token;
      if (group[1] || token === '(') groups.push(group[1]);
      if (!token.endsWith(')')) depth++;
      isAtom = false;
    } else if (char === ')') {
      if (--depth < 0) fail('a ) without its (');
    } else if (char === '|') isAtom = false;
    else {
      const count = COUNT.exec(rest);
      if (count || '*+?'.includes(char)) {
        if (!repeatable) fail(`nothing to repeat before ${count?.[0] ?? char}`);
        if (count && Math.max(Number(count[1]), Number(count[2] || 0)) > 1000) fail('more than 1000 repeats');
        token = count?.[0] ?? char;
        if (rest[token.length] === '?') token += '?';
        printed = token;
        isAtom = false;
      }
    }
    pattern += printed;
    repeatable = isAtom;
    at += token.length;
  }
  if (depth > 0) fail('a ( without its )');
  return { pattern, groups };
}

function isRepeatedOften(after: string): boolean {
  const count = COUNT.exec(after);
  return count !== null && Math.max(Number(count[1]), Number(count[2] || 0)) > MOST_REPEATS;
}

function escapeFor(token: string, ascii: boolean, fail: (why: string) => never): string {
  const kind = token[1]!;
  if (!/[ -~]/.test(kind)) fail(`a backslash before ${JSON.stringify(kind)}`);
  if (/[1-9]/.test(kind)) fail('back-references are not part of the language');
  if (/[A-Za-z]/.test(kind) && !/[aftnrvAbBCdDEpPQsSwWxzu]/.test(kind)) fail(`${token} has no meaning`);
  if (kind === 'u' && token.length > 2) return `\\x{${token.slice(2)}}`;
  const members = UNICODE[kind.toLowerCase()];
  if (!members || ascii || token.length > 2) return token;
  return kind === 'd' || kind === 'D' ? `\\${kind === 'd' ? 'p' : 'P'}{Nd}` : `[${kind < 'a' ? '^' : ''}${members}]`;
}

const unicodeClass = (token: string, fail: (why: string) => never): string =>
  token.replace(/\\[\s\S]/g, (part) =>
    part[1] === 'D' ? '\\P{Nd}' : (UNICODE[part[1]!] ?? (/[SW]/.test(part[1]!) ? part : escapeFor(part, true, fail))),
  );

/** The pattern of an argument as SQL, with its groups when it is a constant; another is read at each row. */
export function regexOf(arg: SqlArgument): { readonly sql: string; readonly regex?: Regex } {
  if (!arg.literal) return { sql: `kql_js_regex_pattern(${arg.sql})` };
  const regex = readRegex(String(arg.literal.value ?? ''));
  return { sql: quoteText(regex.pattern), regex };
}

/** A row's template whose argument `at` is a regular expression: a constant one is checked and made ready for RE2. */
export const withRegex =
  (at: number, print: (args: readonly SqlArgument[], regex: Regex | undefined) => string): SqlTemplate =>
  (args) => {
    const { sql, regex } = regexOf(args[at]!);
    return print(args.with(at, { ...args[at]!, sql }), regex);
  };
