import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import { type Regex, withRegex } from './regex.js';
import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';

const text = ['string'] as const;

/** A replacement as RE2 reads it: `\0` to `\9` are groups, any other backslash stands for itself. */
function replacement(by: SqlArgument, regex: Regex | undefined): string {
  if (!by.literal) return by.sql;
  const written = String(by.literal.value ?? '');
  for (const [, group] of written.matchAll(/\\(\d)/g)) {
    if (regex && Number(group) > regex.groups.length) {
      throw trawlError('bad-argument', { what: written, why: `the pattern has no group ${group}` });
    }
  }
  return quoteText(written.replace(/\\(?!\d)/g, '\\\\'));
}

const replaceAll = (value: SqlArgument, pattern: SqlArgument, by: string): string =>
  `regexp_replace(${value.sql}, ${pattern.sql}, ${by}, 'g')`;

const trimBy = (start: boolean, end: boolean): SqlTemplate =>
  withRegex(0, ([pattern, value]) => {
    const strip = (sql: string, head: string, tail: string): string =>
      `regexp_replace(${sql}, '${head}(?:' || ${pattern!.sql} || ')${tail}', '')`;
    const left = start ? strip(value!.sql, '^', '') : value!.sql;
    return end ? strip(left, '', '$') : left;
  });

/**
 * Each text replaced wherever it stands, in the order of the list; what a replacement put there is not looked at again.
 * `by` is one text for all, or one for each.
 */
export function replaceTexts(value: string, texts: readonly unknown[], by: unknown): string {
  let parts: { readonly text: string; readonly done: boolean }[] = [{ text: value, done: false }];
  texts.forEach((each, i) => {
    const old = String(each ?? '');
    if (old === '') return;
    const put = { text: String((Array.isArray(by) ? by[i] : by) ?? ''), done: true };
    parts = parts.flatMap((part) =>
      part.done
        ? [part]
        : part.text.split(old).flatMap((piece, at) => [...(at > 0 ? [put] : []), { text: piece, done: false }]),
    );
  });
  return parts.map((part) => part.text).join('');
}

/** Parts of a text exchanged or taken off. */
export const REPLACING = scalars([
  {
    name: 'replace_string',
    args: text,
    returns: 'string',
    duckdb: 'replace($1, $2, $3)',
    examples: [['replace_string("a.b.c", ".", "-")', 'a-b-c']],
  },
  {
    name: 'replace_regex',
    args: text,
    returns: 'string',
    duckdb: withRegex(1, ([value, pattern, by], regex) => replaceAll(value!, pattern!, replacement(by!, regex))),
    examples: [
      ['replace_regex("x1y22", "\\\\d+", "#")', 'x#y#'],
      ['replace_regex("ab", "(a)(b)", "\\\\2\\\\1")', 'ba'],
      ['replace_regex("a/b", "/", "\\\\")', 'a\\b'],
    ],
  },
  {
    name: 'replace',
    args: text,
    returns: 'string',
    duckdb: withRegex(0, ([pattern, by, value], regex) => replaceAll(value!, pattern!, replacement(by!, regex))),
    examples: [['replace("\\\\d+", "#", "x1y22")', 'x#y#']],
  },
  {
    name: 'replace_strings',
    args: ['string', 'dynamic', 'dynamic'],
    returns: 'string',
    js: (value, from, to) => {
      const texts: unknown = JSON.parse(String(from ?? '[]'));
      return replaceTexts(String(value ?? ''), Array.isArray(texts) ? texts : [texts], JSON.parse(String(to ?? '""')));
    },
    examples: [
      ['replace_strings("a b", dynamic(["a", "b"]), dynamic(["1", "2"]))', '1 2'],
      ['replace_strings("This is", dynamic(["This", "is"]), dynamic(["This", "was"]))', 'This was'],
    ],
  },
  {
    name: 'trim',
    args: text,
    returns: 'string',
    duckdb: trimBy(true, true),
    examples: [['trim("--", "--https://b.com--")', 'https://b.com']],
  },
  {
    name: 'trim_start',
    args: text,
    returns: 'string',
    duckdb: trimBy(true, false),
    examples: [['trim_start(@"[^\\w]+", "-  abc-")', 'abc-']],
  },
  {
    name: 'trim_end',
    args: text,
    returns: 'string',
    duckdb: trimBy(false, true),
    examples: [['trim_end(".com", "bing.com")', 'bing']],
  },
  {
    name: 'regex_quote',
    args: text,
    returns: 'string',
    js: (value) => String(value ?? '').replace(/[\\^$.|?*+()[\]{}/ -]/g, '\\$&'),
    examples: [['regex_quote("(so$me.Te^xt)")', '\\(so\\$me\\.Te\\^xt\\)']],
  },
]);
