import { quoteText } from '../sql/duckdb/literal.js';
import type { KqlType } from '../types.js';
import { withRegex } from './regex.js';
import { type PrintContext, type SqlArgument, type SqlTemplate, scalars } from './registry.js';
import { foldCase, hasAnyTerm, hasTerm } from './terms.js';
import { decimalProduct, decimalQuotient } from './text/decimal.js';

/** Strings are never null, and neither is a constant with a value. */
const neverNull = (arg: SqlArgument): boolean =>
  arg.type === 'string' || (arg.literal !== undefined && arg.literal.value !== null);

/** A real that may be NaN, which equals nothing, not even itself; DuckDB thinks otherwise. */
const maybeNan = (arg: SqlArgument): boolean =>
  arg.type === 'real' && (arg.literal === undefined || Number.isNaN(arg.literal.value));

/** `null == null` is null, `x == null` false: plain `=` says so only where null counts as false or can't come up. */
const equal: SqlTemplate = ([left, right], { predicate }) => {
  const [a, b] = [left!, right!];
  if (maybeNan(a) && maybeNan(b)) return `(${a.sql} = ${b.sql} AND NOT isnan(${a.sql}))`;
  if (predicate || (neverNull(a) && neverNull(b))) return `(${a.sql} = ${b.sql})`;
  if (neverNull(a) || neverNull(b)) return `coalesce(${a.sql} = ${b.sql}, false)`;
  return `CASE WHEN ${a.sql} IS NULL AND ${b.sql} IS NULL THEN NULL ELSE ${a.sql} IS NOT DISTINCT FROM ${b.sql} END`;
};
const unequal: SqlTemplate = ([left, right], { predicate }) => {
  const [a, b] = [left!, right!];
  if (maybeNan(a) && maybeNan(b)) {
    return `CASE WHEN ${a.sql} IS NULL AND ${b.sql} IS NULL THEN NULL ELSE ${a.sql} IS DISTINCT FROM ${b.sql} OR isnan(${a.sql}) END`;
  }
  if (neverNull(a) && neverNull(b)) return `(${a.sql} <> ${b.sql})`;
  if (predicate || neverNull(a) || neverNull(b)) return `(${a.sql} IS DISTINCT FROM ${b.sql})`;
  return `CASE WHEN ${a.sql} IS NULL AND ${b.sql} IS NULL THEN NULL ELSE ${a.sql} IS DISTINCT FROM ${b.sql} END`;
};

const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';

/** DuckDB's product of two decimals overflows its 38 digits, its quotient is a real: both are reckoned in JavaScript. */
const ofDecimals = (name: string, a: SqlArgument, b: SqlArgument): string =>
  `TRY_CAST(kql_js_${name}(CAST(${a.sql} AS VARCHAR), CAST(${b.sql} AS VARCHAR)) AS DECIMAL(38,18))`;

/**
 * Integer arithmetic. Longs wrap around in Kusto where DuckDB stops the query: such a query is printed and run again with
 * `wrapping`, so that the usual one costs nothing. A datetime outside of its years is null.
 */
const integer = (
  operator: '+' | '-' | '*',
  a: SqlArgument,
  b: SqlArgument,
  { type, wrapping }: PrintContext,
): string => {
  if (type !== 'long' && type !== 'datetime' && type !== 'timespan') return `(${a.sql} ${operator} ${b.sql})`;
  const exact = wrapping ? `(CAST(${a.sql} AS HUGEINT) ${operator} ${b.sql})` : `(${a.sql} ${operator} ${b.sql})`;
  if (type === 'datetime') return `kql_datetime_within(${exact})`;
  if (type === 'timespan' && wrapping) return `TRY_CAST(${exact} AS BIGINT)`;
  return wrapping ? `kql_wrap_long(${exact})` : exact;
};

const multiply: SqlTemplate = ([a, b], context) => {
  if (context.type === 'decimal') return ofDecimals('decimal_product', a!, b!);
  return context.type === 'timespan' && (a!.type === 'real' || b!.type === 'real')
    ? `TRY_CAST(trunc(${a!.sql} * ${b!.sql}) AS BIGINT)`
    : integer('*', a!, b!, context);
};

const divide: SqlTemplate = ([a, b], { type, wrapping }) => {
  if (type === 'decimal') return ofDecimals('decimal_quotient', a!, b!);
  if (type === 'long' || (type === 'timespan' && b!.type !== 'real')) {
    return wrapping ? `kql_wrap_long(CAST(${a!.sql} AS HUGEINT) // ${b!.sql})` : `(${a!.sql} // ${b!.sql})`;
  }
  if (type === 'timespan') return `TRY_CAST(trunc(${a!.sql} / ${b!.sql}) AS BIGINT)`;
  if (isTime(a!.type)) return `(CAST(${a!.sql} AS DOUBLE) / ${b!.sql})`;
  return `(${a!.sql} / ${b!.sql})`;
};

const modulo: SqlTemplate = ([a, b], { type, wrapping }) =>
  wrapping && (type === 'long' || isTime(type))
    ? `kql_wrap_long(kql_mod(CAST(${a!.sql} AS HUGEINT), CAST(${b!.sql} AS HUGEINT)))`
    : `kql_mod(${a!.sql}, ${b!.sql})`;

/**
 * A text among constant ones. DuckDB turns a longer IN into a join, at 20 to 250 ns a row for 8 to 64 texts; `list_contains` it computes once for
 * each entry of a column's dictionary, at some 5 ns a row, and where there is none in about the time of the join. The join is
 * better for long lists; a short IN on a column stays, since it can skip row groups.
 */
const MANY_TEXTS = 100;
const FEW_TEXTS = 4;
const amongTexts = (
  text: string,
  options: readonly SqlArgument[],
  list: readonly string[],
  isColumn: boolean,
): string => {
  const short = isColumn && list.length <= FEW_TEXTS;
  const constant = options.every((option) => option.literal);
  return !constant || short || list.length < 2 || list.length > MANY_TEXTS
    ? `(${text} IN (${list.join(', ')}))`
    : `list_contains([${list.join(', ')}], ${text})`;
};

const isIn: Exclude<SqlTemplate, string> = ([value, ...options], { predicate }) => {
  if (options.length === 0) return 'false';
  const list = options.filter((option) => option.literal?.value !== null || option.type === 'string');
  if (list.length === 0) return 'false';
  const printed = list.map((option) => option.sql);
  if (value!.type === 'string') return amongTexts(value!.sql, list, printed, value!.expr.kind === 'column');
  const test = `${value!.sql} IN (${printed.join(', ')})`;
  return predicate || neverNull(value!) ? `(${test})` : `coalesce(${test}, false)`;
};

const lowered = (arg: SqlArgument): string =>
  arg.literal ? quoteText(foldCase(String(arg.literal.value))) : `lower(${arg.sql})`;

const text2 = { args: ['string', 'string'], returns: 'bool' } as const;

/** Whether no text has other characters in its place once letters are lowered. */
const isCaseless = (arg: SqlArgument): boolean =>
  typeof arg.literal?.value === 'string' && /^[\0-@[-`{-\x7f]*$/.test(arg.literal.value);

/** Both as they stand (`cs`), or case-folded. */
const pairTest =
  (test: (a: string, b: string) => string, fold: boolean): SqlTemplate =>
  ([a, b]) =>
    fold && !isCaseless(b!) ? test(lowered(a!), lowered(b!)) : test(a!.sql, b!.sql);

const contains = (a: string, b: string): string => `contains(${a}, ${b})`;
const starts = (a: string, b: string): string => `starts_with(${a}, ${b})`;
const ends = (a: string, b: string): string => `ends_with(${a}, ${b})`;

export const OPERATORS = scalars([
  {
    name: '==',
    returns: 'bool',
    duckdb: equal,
    examples: [
      ['1 == 1', 'True'],
      ['"a" == "A"', 'False'],
      ['isnull(int(null) == int(null))', 'True'],
      ['int(null) == 5', 'False'],
    ],
  },
  {
    name: '!=',
    returns: 'bool',
    duckdb: unequal,
    examples: [
      ['1 != 2', 'True'],
      ['int(null) != 5', 'True'],
    ],
  },
  { name: '<', returns: 'bool', duckdb: '($1 < $2)', examples: [['1 < 2', 'True']] },
  { name: '<=', returns: 'bool', duckdb: '($1 <= $2)', examples: [['2 <= 2', 'True']] },
  { name: '>', returns: 'bool', duckdb: '($1 > $2)', examples: [['ago(1d) > now()', 'False']] },
  { name: '>=', returns: 'bool', duckdb: '($1 >= $2)', examples: [['1d >= 24h', 'True']] },
  {
    name: 'and',
    returns: 'bool',
    duckdb: '($1 AND $2)',
    examples: [
      ['true and false', 'False'],
      ['isnull(true and bool(null))', 'True'],
    ],
  },
  { name: 'or', returns: 'bool', duckdb: '($1 OR $2)', examples: [['true or bool(null)', 'True']] },
  {
    name: 'not',
    args: ['bool'],
    returns: 'bool',
    duckdb: '(NOT $1)',
    examples: [['not(true)', 'False']],
  },
  {
    name: '+',
    duckdb: ([a, b], context) => integer('+', a!, b!, context),
    examples: [
      ['1 + 2', '3'],
      ['9223372036854775807 + 1', '-9223372036854775808'],
      ['isnull(datetime(9999-12-31) + 1d)', 'True'],
      ['int(2147483647) + 1', '2147483648'],
      ['datetime(2020-01-01) + 1d', '2020-01-02T00:00:00.0000000Z'],
    ],
  },
  {
    name: '-',
    duckdb: ([a, b], context) => integer('-', a!, b!, context),
    examples: [['datetime(2020-01-02) - datetime(2020-01-01)', '1.00:00:00']],
  },
  {
    name: '*',
    duckdb: multiply,
    examples: [
      ['2 * 1h', '02:00:00'],
      ['1.5 * 2', '3.0'],
      ['decimal(2147483648) * decimal(0.5)', '1073741824'],
    ],
  },
  {
    name: '/',
    duckdb: divide,
    examples: [
      ['7 / 2', '3'],
      ['-7 / 2', '-3'],
      ['1h / 1m', '60.0'],
      ['isnull(1 / 0)', 'True'],
      ['decimal(1) / decimal(3)', '0.333333333333333333'],
    ],
  },
  {
    name: '%',
    duckdb: modulo,
    examples: [
      ['-7 % 3', '2'],
      ['7 % -3', '1'],
      ['-7.5 % 2', '0.5'],
    ],
  },
  {
    name: 'decimal_product',
    args: ['decimal', 'decimal'],
    returns: 'decimal',
    internal: true,
    js: (a, b) => (a === null || b === null ? null : decimalProduct(String(a), String(b))),
    examples: [],
  },
  {
    name: 'decimal_quotient',
    args: ['decimal', 'decimal'],
    returns: 'decimal',
    internal: true,
    js: (a, b) => (a === null || b === null ? null : decimalQuotient(String(a), String(b))),
    examples: [],
  },
  {
    name: 'negate',
    duckdb: ([value], { type, wrapping }) =>
      wrapping && (type === 'long' || isTime(type))
        ? `kql_wrap_long(-CAST(${value!.sql} AS HUGEINT))`
        : `(-${value!.sql})`,
    examples: [
      ['-(1 + 2)', '-3'],
      ['-(long(-9223372036854775807) - 1)', '-9223372036854775808'],
    ],
  },
  {
    name: 'in',
    returns: 'bool',
    duckdb: isIn,
    examples: [
      ['"a" in ("a", "b")', 'True'],
      ['"A" in ("a", "b")', 'False'],
      ['strcat("c", "") in ("a", "b", "c", "d", "e")', 'True'],
      ['int(null) !in (1, 2)', 'True'],
    ],
  },
  // where both sides are known to have a value
  { name: 'unequal_values', returns: 'bool', duckdb: '($1 <> $2)', internal: true, examples: [] },
  {
    name: 'in_values',
    returns: 'bool',
    duckdb: (args, context) => isIn(args, { ...context, predicate: true }),
    internal: true,
    examples: [],
  },
  {
    name: 'in~',
    returns: 'bool',
    duckdb: ([value, ...options]) =>
      options.length === 0 ? 'false' : amongTexts(lowered(value!), options, options.map(lowered), false),
    examples: [
      ['"A" in~ ("a", "b")', 'True'],
      ['strcat("", "") in~ ("A", "b")', 'False'],
    ],
  },
  {
    name: 'in_array',
    returns: 'bool',
    duckdb: ([value, array]) => `kql_in_array(${value!.sql}, ${array!.sql})`,
    examples: [['"b" in (todynamic(strcat("[\\"b\\"", "]")))', 'True']],
  },
  {
    name: 'in_array~',
    returns: 'bool',
    duckdb: ([value, array]) =>
      `kql_in_array(lower(${value!.sql}), CAST(lower(CAST(${array!.sql} AS VARCHAR)) AS JSON))`,
    examples: [['"B" in~ (todynamic(strcat("[\\"b\\"", "]")))', 'True']],
  },
  {
    name: 'between',
    returns: 'bool',
    duckdb: '($1 BETWEEN $2 AND $3)',
    examples: [
      ['5 between (1 .. 5)', 'True'],
      ['datetime(2020-01-03) between (datetime(2020-01-01) .. 1d)', 'False'],
    ],
  },
  {
    name: '=~',
    ...text2,
    duckdb: pairTest((a, b) => `(${a} = ${b})`, true),
    examples: [
      ['"Abc" =~ "aBC"', 'True'],
      ['"Abc" !~ "aBC"', 'False'],
    ],
  },
  {
    name: 'has',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: true, end: true, fold: true }),
    examples: [
      ['"North America" has "america"', 'True'],
      ['"helloworld" has "hello"', 'False'],
      ['"alpha_beta" has "alpha"', 'True'],
      ['"x" has ""', 'True'],
    ],
  },
  {
    name: 'has_cs',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: true, end: true, fold: false }),
    examples: [['"North America" has_cs "america"', 'False']],
  },
  {
    name: 'hasprefix',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: true, end: false, fold: true }),
    examples: [
      ['"category" hasprefix "CAT"', 'True'],
      ['"scatter" hasprefix "cat"', 'False'],
    ],
  },
  {
    name: 'hasprefix_cs',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: true, end: false, fold: false }),
    examples: [['"category" hasprefix_cs "CAT"', 'False']],
  },
  {
    name: 'hassuffix',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: false, end: true, fold: true }),
    examples: [['"end." hassuffix "END"', 'True']],
  },
  {
    name: 'hassuffix_cs',
    ...text2,
    duckdb: ([a, b]) => hasTerm(a!, b!, { start: false, end: true, fold: false }),
    examples: [['"end." hassuffix_cs "END"', 'False']],
  },
  {
    name: 'has_any',
    args: ['string'],
    returns: 'bool',
    duckdb: ([value, ...terms]) => hasAnyTerm(value!, terms, { start: true, end: true, fold: true }),
    examples: [
      ['"north america" has_any ("South", "AMERICA")', 'True'],
      ['"northamerica" has_any ("north", "america")', 'False'],
      ['"a.b-c" has_any ("x", ".b-", "y", "z", "u", "v", "w", "q", "r")', 'True'],
    ],
  },
  {
    name: 'has_all',
    args: ['string'],
    returns: 'bool',
    duckdb: ([value, ...terms]) =>
      `(${terms.map((term) => hasTerm(value!, term, { start: true, end: true, fold: true })).join(' AND ')})`,
    examples: [['"north america" has_all ("North", "America")', 'True']],
  },
  {
    name: 'has_any_array',
    args: ['string', 'dynamic'],
    returns: 'bool',
    duckdb: 'kql_has_any($1, $2)',
    examples: [['"a-b" has_any (todynamic(strcat("[\\"b\\"", "]")))', 'True']],
  },
  {
    name: 'has_all_array',
    args: ['string', 'dynamic'],
    returns: 'bool',
    duckdb: 'kql_has_all($1, $2)',
    examples: [['"a-b" has_all (todynamic(strcat("[\\"b\\",\\"c\\"", "]")))', 'False']],
  },
  { name: 'contains', ...text2, duckdb: pairTest(contains, true), examples: [['"FabriKam" contains "BRik"', 'True']] },
  {
    name: 'contains_cs',
    aliases: ['containscs'],
    ...text2,
    duckdb: pairTest(contains, false),
    examples: [['"FabriKam" contains_cs "BRik"', 'False']],
  },
  { name: 'startswith', ...text2, duckdb: pairTest(starts, true), examples: [['"Fabrikam" startswith "FAB"', 'True']] },
  {
    name: 'startswith_cs',
    ...text2,
    duckdb: pairTest(starts, false),
    examples: [['"Fabrikam" startswith_cs "FAB"', 'False']],
  },
  { name: 'endswith', ...text2, duckdb: pairTest(ends, true), examples: [['"Fabrikam" endswith "KAM"', 'True']] },
  {
    name: 'endswith_cs',
    ...text2,
    duckdb: pairTest(ends, false),
    examples: [['"Fabrikam" endswith_cs "KAM"', 'False']],
  },
  {
    name: 'matches regex',
    ...text2,
    duckdb: withRegex(1, ([value, pattern]) => `regexp_matches(${value!.sql}, ${pattern!.sql})`),
    examples: [
      ['"Fabrikam" matches regex "^F.*m$"', 'True'],
      ['"ＡＢ１２" matches regex @"\\d"', 'True'],
    ],
  },
]);
