import type { Expr } from '../plan/nodes.js';
import { someExpr } from '../plan/walk.js';
import type { KqlType } from '../types.js';
import { type SqlTemplate, scalars } from './registry.js';

/** A conversion is a table from the argument's type to SQL; types not listed take the one under `other`. */
const from =
  (table: Partial<Record<KqlType | 'other', string>>): SqlTemplate =>
  ([arg]) => {
    const template = table[arg!.type] ?? table.other ?? 'NULL';
    return template.replaceAll('$1', () => arg!.sql);
  };

/** The text and the kind (DuckDB's) of a JSON scalar; a read of one path becomes one JSON call instead of two. */
const jsonScalar = (sql: string): [text: string, kind: string] => {
  const path = /^kql_get\((.*), ('(?:[^']|'')*')\)$/s.exec(sql);
  const place = path ? `${path[1]}, ${path[2]}` : `${sql}, '$'`;
  return [`json_extract_string(${place})`, `json_type(${place})`];
};
const withJson =
  (
    table: Partial<Record<KqlType | 'other', string>>,
    dynamic: (text: string, kind: string) => string,
    readsOnce = false,
  ): SqlTemplate =>
  (args, context) => {
    const [arg] = args;
    if (arg!.type !== 'dynamic') return (from(table) as Exclude<SqlTemplate, string>)(args, context);
    if (readsOnce || isRead(arg!.expr)) return dynamic(...jsonScalar(arg!.sql));
    // what takes long to make is made once
    return `list_transform([${arg!.sql}], lambda j: ${dynamic(...jsonScalar('j'))})[1]`;
  };

/** Whether an expression only reads a column, or a path of one. */
const isRead = (expr: Expr): boolean =>
  expr.kind === 'column' ||
  expr.kind === 'literal' ||
  (expr.kind === 'call' && expr.name === '[]' && expr.args.every(isRead));

/** A text made of parsed JSON is long, and would be written out anew for each time that it is read. */
const parseJson: SqlTemplate = (args, context) => {
  const nested = someExpr(args[0]!.expr, (of) => of.kind === 'call' && of.name === 'parse_json');
  const string = nested ? 'kql_parse_json_once($1)' : 'kql_parse_json($1)';
  const template = from({ dynamic: '$1', string, real: 'kql_real_json($1)', other: 'to_json($1)' });
  return (template as Exclude<SqlTemplate, string>)(args, context);
};

const parseLong = (text: string): string => `kql_parse_long(${text})`;
const parseReal = (text: string): string => `kql_parse_real(${text})`;
const TICKS_OF_DAY = '864000000000';
const [NO_REAL, NO_TICKS, NO_BOOL] = ['NULL::DOUBLE', 'NULL::BIGINT', 'NULL::BOOLEAN'];

export const CONVERSIONS = scalars([
  {
    name: 'tostring',
    args: ['any'],
    returns: 'string',
    duckdb: withJson(
      {
        string: '$1',
        bool: "CASE WHEN $1 THEN 'True' WHEN NOT $1 THEN 'False' ELSE '' END",
        real: 'kql_real_text($1)',
        decimal: 'kql_decimal_text($1)',
        datetime: 'kql_datetime_text($1)',
        timespan: 'kql_timespan_text($1)',
        other: "coalesce(CAST($1 AS VARCHAR), '')",
      },
      (text) => `coalesce(${text}, '')`,
      true,
    ),
    examples: [
      ['tostring(true)', 'True'],
      ['tostring(dynamic(true))', 'true'],
      ['tostring(1d)', '1.00:00:00'],
      ['tostring(datetime(2020-01-01))', '2020-01-01T00:00:00.0000000Z'],
      ['tostring(int(null))', ''],
      ['tostring(dynamic({"a":1}))', '{"a":1}'],
    ],
  },
  {
    name: 'tolong',
    args: ['any'],
    returns: 'long',
    duckdb: withJson(
      {
        long: '$1',
        int: 'CAST($1 AS BIGINT)',
        bool: 'CAST($1 AS BIGINT)',
        real: 'kql_real_long($1)',
        decimal: 'TRY_CAST(trunc($1) AS BIGINT)',
        datetime: '$1',
        timespan: '$1',
        string: parseLong('$1'),
      },
      (text, kind) => `coalesce(${parseLong(text)}, kql_json_long(${text}, ${kind}))`,
    ),
    examples: [
      ['tolong("42")', '42'],
      ['isnull(tolong("x"))', 'True'],
      ['tolong(1d)', '864000000000'],
      ['tolong(1e19)', '9223372036854775807'],
      ['tolong("0xFFFFFFFFFFFFFFFF")', '-1'],
      ['isnull(tolong("12.5"))', 'True'],
      ['isnull(tolong(dynamic("12.5")))', 'True'],
      ['tolong(dynamic(12.5))', '12'],
      ['isnull(tolong(real(+inf)))', 'True'],
    ],
  },
  {
    name: 'toint',
    args: ['any'],
    returns: 'int',
    duckdb: withJson(
      {
        int: '$1',
        string: `TRY_CAST(${parseLong('$1')} AS INTEGER)`,
        real: 'kql_real_int($1)',
        long: 'kql_wrap_int($1)',
        decimal: 'TRY_CAST(trunc($1) AS INTEGER)',
        other: 'TRY_CAST($1 AS INTEGER)',
      },
      (text, kind) => `coalesce(TRY_CAST(${parseLong(text)} AS INTEGER), kql_json_int(${text}, ${kind}))`,
    ),
    examples: [
      ['toint("0xFF")', '255'],
      ['isnull(toint("2147483648"))', 'True'],
      ['toint(2147483648)', '-2147483648'],
      ['toint(1e19)', '2147483647'],
      ['isnull(toint(""))', 'True'],
      ['toint(dynamic(2147483648))', '-2147483648'],
      ['toint(dynamic(true))', '1'],
    ],
  },
  {
    name: 'toreal',
    aliases: ['todouble'],
    args: ['any'],
    returns: 'real',
    duckdb: withJson(
      {
        real: '$1',
        string: parseReal('$1'),
        bool: 'CAST(CAST($1 AS INTEGER) AS DOUBLE)',
        timespan: `(CAST($1 AS DOUBLE) / ${TICKS_OF_DAY})`,
        guid: NO_REAL,
        other: 'CAST($1 AS DOUBLE)',
      },
      (text, kind) =>
        `coalesce(${parseReal(text)}, CASE WHEN ${kind} = 'BOOLEAN' THEN CAST(${text} = 'true' AS DOUBLE) END)`,
    ),
    examples: [
      ['toreal("1.5")', '1.5'],
      ['toreal(dynamic(true))', '1.0'],
      ['isnull(toreal("x"))', 'True'],
    ],
  },
  {
    name: 'todecimal',
    args: ['any'],
    returns: 'decimal',
    duckdb: withJson(
      { decimal: '$1', other: 'TRY_CAST($1 AS DECIMAL(38,18))' },
      (text) => `TRY_CAST(${text} AS DECIMAL(38,18))`,
    ),
    differs: 'Kept with 20 digits before and 18 after the point; Kusto keeps 34 significant digits.',
    examples: [['todecimal("123.45678")', '123.45678']],
  },
  {
    name: 'tobool',
    aliases: ['toboolean'],
    args: ['any'],
    returns: 'bool',
    duckdb: withJson(
      { bool: '$1', string: 'kql_parse_bool($1)', guid: NO_BOOL, other: '($1 <> 0)' },
      (text, kind) =>
        `coalesce(kql_parse_bool(${text}), CASE WHEN ${kind} = 'DOUBLE' THEN TRY_CAST(${text} AS DOUBLE) <> 0 END)`,
    ),
    examples: [
      ['tobool("true")', 'True'],
      ['tobool(dynamic(1.9))', 'True'],
      ['tobool("-1")', 'True'],
      ['tobool(dynamic("0x10"))', 'True'],
      ['isnull(tobool("yes"))', 'True'],
    ],
  },
  {
    name: 'todatetime',
    args: ['any'],
    returns: 'datetime',
    duckdb: withJson(
      {
        datetime: '$1',
        string: 'kql_parse_datetime($1)',
        bool: NO_TICKS,
        guid: NO_TICKS,
        other: 'kql_datetime_within(TRY_CAST(trunc($1) AS BIGINT))',
      },
      (text) => `kql_parse_datetime(${text})`,
    ),
    examples: [
      ['todatetime("2015-12-24")', '2015-12-24T00:00:00.0000000Z'],
      ['isnull(todatetime("x"))', 'True'],
      ['todatetime(1.5)', '0001-01-01T00:00:00.0000001Z'],
    ],
  },
  {
    name: 'totimespan',
    aliases: ['totime'],
    args: ['any'],
    returns: 'timespan',
    duckdb: withJson(
      {
        timespan: '$1',
        string: 'kql_parse_timespan($1)',
        bool: NO_TICKS,
        guid: NO_TICKS,
        other: 'TRY_CAST(trunc($1) AS BIGINT)',
      },
      (text) => `kql_parse_timespan(${text})`,
    ),
    examples: [
      ['totimespan("0.00:01:00")', '00:01:00'],
      ['totimespan("01:00:00")', '01:00:00'],
      ['totimespan("2.03:04:05.5")', '2.03:04:05.5000000'],
      ['isnull(totimespan("abc"))', 'True'],
    ],
  },
  {
    name: 'toguid',
    args: ['any'],
    returns: 'guid',
    duckdb: withJson({ guid: '$1', string: 'kql_parse_guid($1)' }, (text) => `kql_parse_guid(${text})`),
    examples: [['toguid("70fc66f7-8279-44fc-9092-d364d70fce44")', '70fc66f7-8279-44fc-9092-d364d70fce44']],
  },
  {
    name: 'dynamic_from',
    args: ['any'],
    returns: 'dynamic',
    duckdb: from({
      dynamic: '$1',
      datetime: 'CASE WHEN $1 IS NULL THEN NULL ELSE to_json(kql_datetime_text($1)) END',
      timespan: 'CASE WHEN $1 IS NULL THEN NULL ELSE to_json(kql_timespan_text($1)) END',
      decimal: 'CASE WHEN $1 IS NULL THEN NULL ELSE to_json(kql_decimal_text($1)) END',
      real: 'kql_real_json($1)',
      other: 'to_json($1)',
    }),
    examples: [
      ['pack_array(1d)', '["1.00:00:00"]'],
      ['pack_array(real(nan), real(-inf))', '["NaN","-Infinity"]'],
    ],
  },
  {
    name: 'parse_json',
    aliases: ['todynamic', 'toobject', 'parsejson'],
    args: ['any'],
    returns: 'dynamic',
    duckdb: parseJson,
    examples: [
      ['parse_json("{\\"a\\":[1,2]}").a[1]', '2'],
      ['parse_json("not json")', 'not json'],
      ['isnull(parse_json("null"))', 'True'],
      ['parse_json(tostring(parse_json("{\\"a\\":\\"[1]\\"}").a))[0]', '1'],
    ],
  },
]);
