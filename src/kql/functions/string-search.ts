import { withRegex } from './regex.js';
import { type SqlTemplate, scalars } from './registry.js';

const text = ['string'] as const;
const inRange = (index: number): 'string' | 'long' => (index < 2 ? 'string' : 'long');

const indexOf: SqlTemplate = ([value, what, start, length, occurrence]) => {
  if (!start) return `(instr(${value!.sql}, ${what!.sql}) - 1)`;
  if (!length) return `kql_indexof_from(${value!.sql}, ${what!.sql}, ${start.sql})`;
  return `kql_js_indexof_range(${value!.sql}, ${what!.sql}, ${start.sql}, ${length.sql}, ${occurrence?.sql ?? '1'})`;
};

/**
 * Where the nth occurrence of a text begins, in code points: looked for from `start` (negative: from the end) in the next `length`
 * characters (-1: all), and again from behind each occurrence found; -1 when there is none, null for arguments that say nothing.
 */
export function indexOfRange(
  value: string,
  what: string,
  start: number,
  length: number,
  occurrence: number,
): number | null {
  if (length < -1 || occurrence < 1) return null;
  const points = Array.from(value);
  const wanted = Array.from(what);
  let from = start < 0 ? Math.max(points.length + start, 0) : start;
  for (let left = occurrence; ; left--) {
    const end = length === -1 ? points.length : Math.min(from + length, points.length);
    let at = from;
    while (at + wanted.length <= end && !wanted.every((point, i) => points[at + i] === point)) at++;
    if (at + wanted.length > end) return -1;
    if (left === 1) return at;
    from = at + 1;
  }
}

/** Where and how often one text stands in another. */
export const SEARCHING = scalars([
  {
    name: 'indexof',
    args: inRange,
    returns: 'long',
    duckdb: indexOf,
    examples: [
      ['indexof("abcdefg", "cde")', '2'],
      ['indexof("abcdefg", "x")', '-1'],
      ['indexof("abcabc", "c", 3)', '5'],
      ['indexof("abcdefg", "cde", -5)', '2'],
      ['indexof("abcdefg", "cde", 1, 2)', '-1'],
      ['indexof("abcdefgabcdefg", "cde", 1, 10, 2)', '9'],
    ],
  },
  {
    name: 'indexof_range',
    args: ['string', 'string', 'long', 'long', 'long'],
    returns: 'long',
    internal: true,
    js: (value, what, start, length, occurrence) => {
      const found = indexOfRange(
        String(value ?? ''),
        String(what ?? ''),
        Number(start ?? 0),
        Number(length ?? -1),
        Number(occurrence ?? 1),
      );
      return found === null ? null : BigInt(found);
    },
    examples: [],
  },
  {
    name: 'indexof_regex',
    args: inRange,
    returns: 'long',
    duckdb: withRegex(
      1,
      ([value, pattern, start, length, occurrence]) =>
        `kql_indexof_regex(${value!.sql}, ${pattern!.sql}, ${start?.sql ?? '0'}, ${length?.sql ?? '-1'}, ${occurrence?.sql ?? '1'})`,
    ),
    examples: [
      ['indexof_regex("abcabc", @"a.c")', '0'],
      ['indexof_regex("abc", "x")', '-1'],
      ['indexof_regex("abcabcdefg", @"a.c", 0, 9, 2)', '3'],
      ['indexof_regex("abcabc", @"a.c", 1, -1, 2)', '-1'],
      ['isnull(indexof_regex("abcabc", @"a|ab", -1))', 'True'],
    ],
  },
  {
    name: 'countof',
    args: text,
    returns: 'long',
    duckdb: (args, context) =>
      String(args[2]?.literal?.value ?? 'normal') === 'regex'
        ? (countRegex as Exclude<SqlTemplate, string>)(args, context)
        : `kql_countof(${args[0]!.sql}, ${args[1]!.sql})`,
    examples: [
      ['countof("The cat sat on the mat", "at")', '3'],
      ['countof("aaa", "aa")', '2'],
      ['countof("abcabc", "a.c", "regex")', '2'],
    ],
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
    name: 'notcontains',
    args: text,
    returns: 'bool',
    duckdb: '(NOT contains(lower($1), lower($2)))',
    examples: [['"abc" notcontains "b"', 'False']],
  },
]);

const countRegex = withRegex(1, ([value, pattern]) => `len(regexp_extract_all(${value!.sql}, ${pattern!.sql}))`);
