import { trawlError } from '../../util/errors.js';
import { quoteText } from '../sql/duckdb/literal.js';
import { type SqlArgument, type SqlTemplate, scalars } from './registry.js';

const text = ['string'] as const;

/** A constant regular expression that RE2 does not take is the user's mistake, told before anything runs. */
function checkRegex(arg: SqlArgument | undefined): void {
  if (!arg?.literal) return;
  const pattern = String(arg.literal.value);
  try {
    new RegExp(pattern.replace(/\(\?[imsU-]+\)/g, '').replace(/\(\?P</g, '(?<'), 'u');
  } catch {
    try {
      new RegExp(pattern.replace(/\(\?[imsU-]+\)/g, '').replace(/\(\?P</g, '(?<'));
    } catch {
      throw trawlError('bad-argument', { what: pattern, why: 'not a regular expression' });
    }
  }
}

const withRegex =
  (at: number, print: Exclude<SqlTemplate, string>): SqlTemplate =>
  (args, context) => {
    checkRegex(args[at]);
    return print(args, context);
  };

/** `extract(regex, group, text [, typeof])`: the group of the first match, '' when there is none. */
const extract = withRegex(
  0,
  ([regex, group, value]) => `regexp_extract(${value!.sql}, ${regex!.sql}, CAST(${group!.sql} AS INTEGER))`,
);

/** A part of the text from a start (negative: from the end) with a length, as `substring` counts. */
const substring: SqlTemplate = ([value, start, length]) => {
  const from = `CASE WHEN ${start!.sql} < 0 THEN greatest(length(${value!.sql}) + ${start!.sql}, 0) ELSE ${start!.sql} END`;
  return length
    ? `substring(${value!.sql}, ${from} + 1, greatest(${length.sql}, 0))`
    : `substring(${value!.sql}, ${from} + 1)`;
};

const trimBy = (start: boolean, end: boolean): SqlTemplate =>
  withRegex(0, ([regex, value]) => {
    const strip = (sql: string, pattern: string): string => `regexp_replace(${sql}, ${pattern}, '')`;
    const anchored = (head: string, tail: string): string =>
      regex!.literal
        ? quoteText(`${head}(?:${String(regex!.literal.value)})${tail}`)
        : `'${head}(?:' || ${regex!.sql} || ')${tail}'`;
    const left = start ? strip(value!.sql, anchored('^', '')) : value!.sql;
    return end ? strip(left, anchored('', '$')) : left;
  });

/** RE2's replacement writes groups as `\1`, like Kusto's. */
const replaceRegex = withRegex(
  1,
  ([value, regex, by]) => `regexp_replace(${value!.sql}, ${regex!.sql}, ${by!.sql}, 'g')`,
);
const replaceRegexOld = withRegex(
  0,
  ([regex, by, value]) => `regexp_replace(${value!.sql}, ${regex!.sql}, ${by!.sql}, 'g')`,
);

const indexOf: SqlTemplate = ([value, what, start]) =>
  start ? `kql_indexof_from(${value!.sql}, ${what!.sql}, ${start.sql})` : `(instr(${value!.sql}, ${what!.sql}) - 1)`;

export const STRINGS = scalars([
  { name: 'tolower', args: text, returns: 'string', duckdb: 'lower($1)', examples: [['tolower("AbC")', 'abc']] },
  { name: 'toupper', args: text, returns: 'string', duckdb: 'upper($1)', examples: [['toupper("AbC")', 'ABC']] },
  { name: 'strlen', args: text, returns: 'long', duckdb: 'length($1)', examples: [['strlen("héllo")', '5']] },
  { name: 'string_size', args: text, returns: 'long', duckdb: 'strlen($1)', examples: [['string_size("héllo")', '6']] },
  { name: 'reverse', args: text, returns: 'string', duckdb: 'reverse($1)', examples: [['reverse("abc")', 'cba']] },
  {
    name: 'strcat',
    args: text,
    returns: 'string',
    duckdb: (args) => `(${args.map((arg) => arg.sql).join(' || ')})`,
    examples: [['strcat("a", 1, true)', 'a1True']],
  },
  {
    name: 'strcat_delim',
    args: text,
    returns: 'string',
    duckdb: ([delimiter, ...parts]) =>
      `array_to_string([${parts.map((part) => part.sql).join(', ')}], ${delimiter!.sql})`,
    examples: [['strcat_delim("-", 1, "b", true)', '1-b-True']],
  },
  {
    name: 'strcat_array',
    aliases: ['array_strcat'],
    args: ['dynamic', 'string'],
    returns: 'string',
    duckdb: "coalesce(array_to_string(list_transform(kql_strings($1), lambda e: coalesce(e, '')), $2), '')",
    examples: [['strcat_array(dynamic([1, "b"]), "; ")', '1; b']],
  },
  {
    name: 'strrep',
    args: ['string', 'long', 'string'],
    returns: 'string',
    duckdb: ([value, n, delimiter]) =>
      `array_to_string(list_transform(range(${n!.sql}), lambda i: ${value!.sql}), ${delimiter?.sql ?? "''"})`,
    examples: [
      ['strrep("ab", 3)', 'ababab'],
      ['strrep("ab", 2, "-")', 'ab-ab'],
    ],
  },
  {
    name: 'substring',
    args: ['string', 'long', 'long'],
    returns: 'string',
    duckdb: substring,
    examples: [
      ['substring("123456", 1)', '23456'],
      ['substring("123456", 2, 2)', '34'],
      ['substring("ABCD", 0, 2)', 'AB'],
    ],
  },
  {
    name: 'split',
    args: ['string', 'string', 'long'],
    returns: 'dynamic',
    duckdb: ([value, delimiter, index]) => {
      const parts = `kql_split(${value!.sql}, ${delimiter!.sql})`;
      return index ? `kql_split_at(${parts}, ${index.sql})` : `to_json(${parts})`;
    },
    examples: [
      ['split("aa_bb", "_")', '["aa","bb"]'],
      ['split("aaa_bbb_ccc", "_", 1)', '["bbb"]'],
      ['split("", "_")', '[""]'],
      ['isnull(split("noequals", "=", 1))', 'True'],
    ],
  },
  {
    name: 'extract',
    args: (index) => (index === 1 ? 'long' : index < 3 ? 'string' : 'any'),
    returns: 'string',
    duckdb: extract,
    examples: [
      ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo")', '45.6'],
      ['extract("x=(y)", 1, "none")', ''],
    ],
  },
  {
    name: 'extract_all',
    aliases: ['extractall'],
    args: (index, count) => (index === 1 && count === 3 ? 'dynamic' : 'string'),
    returns: 'dynamic',
    duckdb: withRegex(0, (args) => {
      const [regex, value] = [args[0]!, args.at(-1)!];
      const chosen = args.length === 3 ? args[1]!.literal?.value : undefined;
      const groups = countGroups(String(regex.literal?.value ?? ''));
      if (!regex.literal || groups === 0)
        throw trawlError('unsupported', { what: 'extract_all() without a constant pattern that has groups' });
      const wanted = Array.isArray(chosen) ? chosen.map(Number) : Array.from({ length: groups }, (_, i) => i + 1);
      const lists = wanted.map((group) => `regexp_extract_all(${value.sql}, ${regex.sql}, ${group})`);
      const found =
        wanted.length === 1 && !Array.isArray(chosen)
          ? lists[0]!
          : `list_transform(range(len(${lists[0]})), lambda i: [${lists.map((list) => `${list}[i + 1]`).join(', ')}])`;
      return `CASE WHEN len(${lists[0]}) > 0 THEN to_json(${found}) END`;
    }),
    examples: [
      ['extract_all("(\\\\d+)", "a set of numbers: 123, 567")', '["123","567"]'],
      ['extract_all("(\\\\w)(\\\\d)", "a1 b2")', '[["a","1"],["b","2"]]'],
    ],
  },
  {
    name: 'extract_json',
    aliases: ['extractjson'],
    args: (index) => (index < 2 ? 'string' : 'any'),
    returns: 'string',
    duckdb: ([path, value]) =>
      `coalesce(CASE WHEN json_valid(${value!.sql}) THEN json_extract_string(${value!.sql}, ${path!.sql}) END, '')`,
    examples: [['extract_json("$.a.b", "{\\"a\\":{\\"b\\":\\"x\\"}}")', 'x']],
  },
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
    duckdb: replaceRegex,
    examples: [
      ['replace_regex("x1y22", "\\\\d+", "#")', 'x#y#'],
      ['replace_regex("ab", "(a)(b)", "\\\\2\\\\1")', 'ba'],
    ],
  },
  {
    name: 'replace',
    args: text,
    returns: 'string',
    duckdb: replaceRegexOld,
    examples: [['replace("\\\\d+", "#", "x1y22")', 'x#y#']],
  },
  {
    name: 'replace_strings',
    args: ['string', 'dynamic', 'dynamic'],
    returns: 'string',
    js: (value, from, to) => {
      const [olds, news] = [JSON.parse(String(from ?? '[]')), JSON.parse(String(to ?? '""'))] as [
        string[],
        string | string[],
      ];
      return olds.reduce(
        (done, old, i) =>
          old === '' ? done : done.replaceAll(old, () => (Array.isArray(news) ? (news[i] ?? '') : news)),
        String(value ?? ''),
      );
    },
    examples: [['replace_strings("a b", dynamic(["a", "b"]), dynamic(["1", "2"]))', '1 2']],
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
    name: 'indexof',
    args: ['string', 'string', 'long'],
    returns: 'long',
    duckdb: indexOf,
    examples: [
      ['indexof("abcdefg", "cde")', '2'],
      ['indexof("abcdefg", "x")', '-1'],
      ['indexof("abcabc", "c", 3)', '5'],
    ],
  },
  {
    name: 'indexof_regex',
    args: ['string', 'string'],
    returns: 'long',
    duckdb: withRegex(1, ([value, regex]) => `kql_indexof_regex(${value!.sql}, ${regex!.sql})`),
    examples: [
      ['indexof_regex("abcabc", @"a.c")', '0'],
      ['indexof_regex("abc", "x")', '-1'],
    ],
  },
  {
    name: 'countof',
    args: text,
    returns: 'long',
    duckdb: ([value, what, kind]) =>
      String(kind?.literal?.value ?? 'normal') === 'regex'
        ? `len(regexp_extract_all(${value!.sql}, ${what!.sql}))`
        : `kql_countof(${value!.sql}, ${what!.sql})`,
    examples: [
      ['countof("The cat sat on the mat", "at")', '3'],
      ['countof("aaa", "aa")', '2'],
      ['countof("abcabc", "a.c", "regex")', '2'],
    ],
  },
  {
    name: 'translate',
    args: text,
    returns: 'string',
    duckdb: ([from, to, value]) => `kql_translate(${value!.sql}, ${from!.sql}, ${to!.sql})`,
    examples: [['translate("krasp", "otsku", "spark")', 'kusto']],
  },
  {
    name: 'regex_quote',
    args: text,
    returns: 'string',
    js: (value) => String(value ?? '').replace(/[\\^$.|?*+()[\]{}/ -]/g, '\\$&'),
    examples: [['regex_quote("(so$me.Te^xt)")', '\\(so\\$me\\.Te\\^xt\\)']],
  },
  {
    name: 'has_any_index',
    args: ['string', 'dynamic'],
    returns: 'long',
    duckdb: 'kql_has_any_index($1, $2)',
    examples: [
      ['has_any_index("this is an example", dynamic(["this", "example"]))', '0'],
      ['has_any_index("x", dynamic(["a"]))', '-1'],
    ],
  },
  {
    name: 'tohex',
    args: ['long', 'long'],
    returns: 'string',
    duckdb: ([value, width]) =>
      `lower(${width ? `lpad(hex(${value!.sql}), CAST(greatest(length(hex(${value!.sql})), ${width.sql}) AS INTEGER), '0')` : `hex(${value!.sql})`})`,
    examples: [
      ['tohex(256)', '100'],
      ['tohex(256, 8)', '00000100'],
    ],
  },
  {
    name: 'isascii',
    args: text,
    returns: 'bool',
    duckdb: "regexp_full_match($1, '[\\x00-\\x7F]*')",
    examples: [
      ['isascii("abc")', 'True'],
      ['isascii("é")', 'False'],
    ],
  },
  { name: 'isutf8', args: text, returns: 'bool', duckdb: '($1 IS NOT NULL)', examples: [['isutf8("abc")', 'True']] },
  {
    name: 'unicode_codepoints_from_string',
    aliases: ['to_utf8'],
    args: text,
    returns: 'dynamic',
    js: (value) => JSON.stringify([...String(value ?? '')].map((point) => point.codePointAt(0))),
    examples: [['unicode_codepoints_from_string("ab")', '[97,98]']],
  },
  {
    name: 'unicode_codepoints_to_string',
    aliases: ['make_string'],
    args: ['dynamic'],
    returns: 'string',
    duckdb: (args) =>
      `coalesce(array_to_string(list_transform(flatten([${args.map((arg) => `kql_strings(${arg.sql})`).join(', ')}]), lambda c: chr(CAST(c AS INTEGER))), ''), '')`,
    examples: [
      ['make_string(75, 117, 115, 116, 111)', 'Kusto'],
      ['unicode_codepoints_to_string(dynamic([97, 98]))', 'ab'],
    ],
  },
  {
    name: 'strcmp',
    args: text,
    returns: 'long',
    duckdb: 'CASE WHEN $1 < $2 THEN -1 WHEN $1 > $2 THEN 1 ELSE 0 END',
    examples: [['strcmp("abc", "abd")', '-1']],
  },
  {
    name: 'notcontains',
    args: text,
    returns: 'bool',
    duckdb: '(NOT contains(lower($1), lower($2)))',
    examples: [['"abc" notcontains "b"', 'False']],
  },
]);

/** How many capturing groups a pattern has. */
function countGroups(regex: string): number {
  return [...regex.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?(?!P?<[A-Za-z]))/g)].filter(([part]) => part === '(').length;
}
