import { type SqlTemplate, scalars } from './registry.js';

const text = ['string'] as const;

/** A part of the text from a start (negative: from the end) with a length, as `substring` counts. */
const substring: SqlTemplate = ([value, start, length]) => {
  const from = `CASE WHEN ${start!.sql} < 0 THEN greatest(length(${value!.sql}) + ${start!.sql}, 0) ELSE ${start!.sql} END`;
  return length
    ? `substring(${value!.sql}, ${from} + 1, greatest(${length.sql}, 0))`
    : `substring(${value!.sql}, ${from} + 1)`;
};

/** Texts as they are: length, case, parts, joining. */
/** What a larger number of repetitions counts as. */
const MOST_REPEATS = 1024;

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
      `coalesce(array_to_string(list_transform(range(CASE WHEN ${n!.sql} > ${MOST_REPEATS} THEN ${MOST_REPEATS} ELSE ${n!.sql} END), lambda i: ${value!.sql}), ${delimiter?.sql ?? "''"}), '')`,
    examples: [
      ['strrep("ab", 3)', 'ababab'],
      ['strrep("ab", 2, "-")', 'ab-ab'],
      ['strlen(strrep("ab", 5000))', '2048'],
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
    name: 'translate',
    args: text,
    returns: 'string',
    duckdb: ([from, to, value]) => `kql_translate(${value!.sql}, ${from!.sql}, ${to!.sql})`,
    examples: [['translate("krasp", "otsku", "spark")', 'kusto']],
  },
  {
    name: 'tohex',
    args: (index) => (index === 0 ? 'any' : 'long'),
    returns: 'string',
    duckdb: ([value, width]) => {
      const bits = value!.type === 'int' ? `(CAST(${value!.sql} AS BIGINT) & 4294967295)` : value!.sql;
      const digits = `lower(hex(${bits}))`;
      return width ? `lpad(${digits}, CAST(greatest(length(${digits}), ${width.sql}) AS INTEGER), '0')` : digits;
    },
    examples: [
      ['tohex(256)', '100'],
      ['tohex(256, 8)', '00000100'],
      ['tohex(-256)', 'ffffffffffffff00'],
      ['tohex(toint(-256))', 'ffffff00'],
      ['tohex(toint(-256), 8)', 'ffffff00'],
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
      `coalesce(array_to_string(list_transform(flatten([${args.map((arg) => `kql_strings(${arg.sql})`).join(', ')}]), lambda c: TRY(chr(CAST(c AS INTEGER)))), ''), '')`,
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
]);
