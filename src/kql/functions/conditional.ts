import { trawlError } from '../../util/errors.js';
import type { KqlType } from '../types.js';
import { type SqlTemplate, scalars } from './registry.js';

/** `case(p1, v1, …, else)`: predicates and values take turns. */
const printCase: SqlTemplate = (args) => {
  const branches: string[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) branches.push(`WHEN ${args[i]!.sql} THEN ${args[i + 1]!.sql}`);
  return `CASE ${branches.join(' ')} ELSE ${args.at(-1)!.sql} END`;
};

/** The first that is neither null nor, for strings, empty. */
const printCoalesce: SqlTemplate = (args, { type }) =>
  type === 'string'
    ? `coalesce(${args.map((arg) => `nullif(${arg.sql}, '')`).join(', ')}, '')`
    : `coalesce(${args.map((arg) => arg.sql).join(', ')})`;

const RECKONED: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal', 'datetime', 'timespan']);

export const CONDITIONALS = scalars([
  {
    name: 'iff',
    aliases: ['iif'],
    args: ['bool', 'common', 'common'],
    conditions: [0],
    returns: 'common',
    duckdb: 'CASE WHEN $1 THEN $2 ELSE $3 END',
    examples: [
      ['iff(1 < 2, "yes", "no")', 'yes'],
      ['iff(bool(null), 1, 2)', '2'],
    ],
  },
  {
    name: 'case',
    args: (index, count) => (index % 2 === 0 && index < count - 1 ? 'bool' : 'common'),
    conditions: (index, count) => index % 2 === 0 && index < count - 1,
    returns: 'common',
    duckdb: printCase,
    examples: [['case(1 > 2, "a", 3 > 2, "b", "c")', 'b']],
  },
  {
    name: 'coalesce',
    args: ['common'],
    returns: 'common',
    duckdb: printCoalesce,
    examples: [
      ['coalesce(tolong("x"), 42)', '42'],
      ['coalesce("", "b")', 'b'],
    ],
  },
  {
    name: 'isnull',
    args: ['any'],
    returns: 'bool',
    duckdb: '($1 IS NULL)',
    examples: [
      ['isnull(int(null))', 'True'],
      ['isnull("")', 'False'],
    ],
  },
  {
    name: 'isnotnull',
    aliases: ['notnull'],
    args: ['any'],
    returns: 'bool',
    duckdb: '($1 IS NOT NULL)',
    examples: [['isnotnull(1)', 'True']],
  },
  {
    name: 'isempty',
    args: ['any'],
    returns: 'bool',
    duckdb: ([arg]) =>
      arg!.type === 'string'
        ? `(${arg!.sql} = '')`
        : arg!.type === 'dynamic'
          ? `kql_json_empty(${arg!.sql})`
          : `(${arg!.sql} IS NULL)`,
    examples: [
      ['isempty("")', 'True'],
      ['isempty(int(null))', 'True'],
    ],
  },
  {
    name: 'isnotempty',
    aliases: ['notempty'],
    args: ['any'],
    returns: 'bool',
    duckdb: ([arg]) =>
      arg!.type === 'string'
        ? `(${arg!.sql} <> '')`
        : arg!.type === 'dynamic'
          ? `(NOT kql_json_empty(${arg!.sql}))`
          : `(${arg!.sql} IS NOT NULL)`,
    examples: [['isnotempty("a")', 'True']],
  },
  {
    name: 'around',
    args: ['number'],
    returns: 'bool',
    duckdb: ([value, center, delta], { predicate }) => {
      const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';
      const spans = isTime(value!.type) ? delta!.type === 'timespan' : !isTime(delta!.type);
      const alike = isTime(value!.type) ? value!.type === center!.type : !isTime(center!.type);
      if (!spans || !alike || [value, center, delta].some((of) => !RECKONED.has(of!.type))) {
        throw trawlError('bad-argument', { what: 'around()', why: 'it takes numbers, or times and a timespan' });
      }
      const within = `${value!.sql} BETWEEN ${center!.sql} - ${delta!.sql} AND ${center!.sql} + ${delta!.sql}`;
      if (predicate) return `(${within})`;
      return `CASE WHEN ${value!.sql} IS NOT NULL AND ${center!.sql} IS NOT NULL AND ${delta!.sql} IS NOT NULL THEN ${within} END`;
    },
    examples: [
      ['around(10, 8, 2)', 'True'],
      ['around(10.5, 8, 2)', 'False'],
      ['around(datetime(2021-01-01 01:31), datetime(2021-01-01 01:30), 1min)', 'True'],
      ['isnull(around(1, int(null), 0))', 'True'],
    ],
  },
  {
    name: 'assert_row',
    internal: true,
    returns: 'bool',
    duckdb: ([condition, message]) =>
      `CASE WHEN NOT ${condition!.sql} THEN error('assert() has failed with message: ' || ${message!.sql}) ELSE ${condition!.sql} END`,
    examples: [],
  },
]);
