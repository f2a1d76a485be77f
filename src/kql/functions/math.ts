import type { KqlType } from '../types.js';
import { type SqlTemplate, scalars } from './registry.js';

const same = (types: readonly KqlType[]): KqlType => types[0] ?? 'real';
const real = { args: ['real'], returns: 'real' } as const;
/** Outside a function's domain the answer is NaN, where DuckDB would stop. */
const within = (condition: string, value: string): string =>
  `CASE WHEN ${condition} THEN ${value} WHEN $1 IS NULL THEN NULL ELSE 'nan'::DOUBLE END`;

/** Zero and the negative whole numbers, where the gamma function has none, take `there`; DuckDB would stop at them. */
const gammaAt = (there: string, name: string): string =>
  `CASE WHEN $1 <= 0 AND $1 = floor($1) THEN ${there} ELSE ${name}(CASE WHEN $1 = 0 THEN 1 ELSE $1 END) END`;

const rounded: SqlTemplate = ([value, digits]) => {
  const n = digits ? `TRY_CAST(${digits.sql} AS INTEGER)` : '0';
  if (value!.type === 'decimal') return `CAST(round(${value!.sql}, ${n}) AS DECIMAL(38,18))`;
  return value!.type === 'real' ? `round(${value!.sql}, ${n})` : `CAST(round(${value!.sql}, ${n}) AS BIGINT)`;
};

const bits = { args: ['long', 'long'], returns: 'long' } as const;

type Cell = string | bigint | number | boolean | null;
/** A shift by n modulo 64; null for a negative n. */
const shifted =
  (shift: (value: bigint, n: bigint) => bigint) =>
  (value: Cell | undefined, n: Cell | undefined): bigint | null =>
    typeof value === 'bigint' && typeof n === 'bigint' && n >= 0n ? shift(value, n % 64n) : null;

export const MATH = scalars([
  {
    name: 'abs',
    args: ['number'],
    returns: same,
    duckdb: ([value]) => (value!.type === 'real' ? `abs(${value!.sql})` : `TRY(abs(${value!.sql}))`),
    examples: [
      ['abs(-5)', '5'],
      ['abs(-1h)', '01:00:00'],
    ],
  },
  {
    name: 'sign',
    args: ['number'],
    returns: 'real',
    duckdb: 'CAST(sign($1) AS DOUBLE)',
    examples: [
      ['sign(-42)', '-1.0'],
      ['sign(11.2)', '1.0'],
    ],
  },
  {
    name: 'round',
    args: ['number', 'long'],
    returns: same,
    duckdb: rounded,
    examples: [
      ['round(2.98765, 3)', '2.988'],
      ['round(2.5)', '3.0'],
      ['round(17)', '17'],
      ['round(decimal(1.26), 1)', '1.3'],
    ],
  },
  {
    name: 'ceiling',
    args: ['number'],
    returns: same,
    duckdb: ([value]) =>
      value!.type === 'real'
        ? `ceil(${value!.sql})`
        : value!.type === 'decimal'
          ? `CAST(ceil(${value!.sql}) AS DECIMAL(38,18))`
          : value!.sql,
    examples: [
      ['ceiling(1.1)', '2.0'],
      ['ceiling(decimal(-1.5))', '-1'],
    ],
  },
  {
    name: 'sqrt',
    ...real,
    duckdb: within('$1 >= 0', 'sqrt($1)'),
    examples: [
      ['sqrt(256)', '16.0'],
      ['sqrt(-1)', 'NaN'],
    ],
  },
  { name: 'pow', args: ['real', 'real'], returns: 'real', duckdb: 'pow($1, $2)', examples: [['pow(2, 3)', '8.0']] },
  { name: 'exp', ...real, duckdb: 'exp($1)', examples: [['exp(0)', '1.0']] },
  { name: 'exp2', ...real, duckdb: 'pow(2e0, $1)', examples: [['exp2(3)', '8.0']] },
  { name: 'exp10', ...real, duckdb: 'pow(10e0, $1)', examples: [['exp10(3)', '1000.0']] },
  {
    name: 'log',
    ...real,
    duckdb:
      "CASE WHEN $1 > 0 THEN ln($1) WHEN $1 = 0 THEN '-inf'::DOUBLE WHEN $1 IS NULL THEN NULL ELSE 'nan'::DOUBLE END",
    examples: [['log(1)', '0.0']],
  },
  {
    name: 'log2',
    ...real,
    duckdb:
      "CASE WHEN $1 > 0 THEN log2($1) WHEN $1 = 0 THEN '-inf'::DOUBLE WHEN $1 IS NULL THEN NULL ELSE 'nan'::DOUBLE END",
    examples: [['log2(8)', '3.0']],
  },
  {
    name: 'log10',
    ...real,
    duckdb:
      "CASE WHEN $1 > 0 THEN log10($1) WHEN $1 = 0 THEN '-inf'::DOUBLE WHEN $1 IS NULL THEN NULL ELSE 'nan'::DOUBLE END",
    examples: [['log10(1000)', '3.0']],
  },
  { name: 'sin', ...real, duckdb: within('isfinite($1)', 'sin($1)'), examples: [['sin(0)', '0.0']] },
  { name: 'cos', ...real, duckdb: within('isfinite($1)', 'cos($1)'), examples: [['cos(0)', '1.0']] },
  { name: 'tan', ...real, duckdb: within('isfinite($1)', 'tan($1)'), examples: [['tan(0)', '0.0']] },
  {
    name: 'cot',
    ...real,
    duckdb: within('isfinite($1)', '(1e0 / tan($1))'),
    examples: [
      ['round(cot(1), 6)', '0.642093'],
      ['cot(0)', 'Infinity'],
    ],
  },
  {
    name: 'asin',
    ...real,
    duckdb: within('abs($1) <= 1', 'asin($1)'),
    examples: [
      ['asin(0)', '0.0'],
      ['asin(2)', 'NaN'],
    ],
  },
  { name: 'acos', ...real, duckdb: within('abs($1) <= 1', 'acos($1)'), examples: [['acos(1)', '0.0']] },
  { name: 'atan', ...real, duckdb: 'atan($1)', examples: [['atan(0)', '0.0']] },
  {
    name: 'atan2',
    args: ['real', 'real'],
    returns: 'real',
    duckdb: 'atan2($1, $2)',
    examples: [['atan2(0, 1)', '0.0']],
  },
  { name: 'radians', ...real, duckdb: 'radians($1)', examples: [['round(radians(90), 6)', '1.570796']] },
  { name: 'degrees', ...real, duckdb: 'degrees($1)', examples: [['degrees(pi() / 2)', '90.0']] },
  { name: 'pi', returns: 'real', duckdb: 'pi()', examples: [['round(pi(), 5)', '3.14159']] },
  {
    name: 'gamma',
    ...real,
    duckdb: gammaAt("CASE WHEN $1 = 0 THEN 'inf'::DOUBLE ELSE 'nan'::DOUBLE END", 'gamma'),
    examples: [
      ['gamma(4)', '6.0'],
      ['gamma(0)', 'Infinity'],
      ['gamma(-2)', 'NaN'],
    ],
  },
  {
    name: 'loggamma',
    ...real,
    duckdb: gammaAt("'inf'::DOUBLE", 'lgamma'),
    examples: [
      ['round(loggamma(5), 6)', '3.178054'],
      ['loggamma(0)', 'Infinity'],
    ],
  },
  {
    name: 'rand',
    args: ['long'],
    returns: 'real',
    volatile: true,
    duckdb: ([n]) => (n ? `floor(random() * ${n.sql})` : 'random()'),
    examples: [['rand(1)', '0.0']],
  },
  {
    name: 'isnan',
    args: ['real'],
    returns: 'bool',
    duckdb: 'isnan($1)',
    examples: [
      ['isnan(0.0 / 0.0)', 'True'],
      ['isnan(1)', 'False'],
    ],
  },
  { name: 'isinf', args: ['real'], returns: 'bool', duckdb: 'isinf($1)', examples: [['isinf(1.0 / 0.0)', 'True']] },
  {
    name: 'isfinite',
    args: ['real'],
    returns: 'bool',
    duckdb: 'isfinite($1)',
    examples: [
      ['isfinite(1.5)', 'True'],
      ['isfinite(1.0 / 0.0)', 'False'],
    ],
  },
  { name: 'binary_and', ...bits, duckdb: '($1 & $2)', examples: [['binary_and(6, 3)', '2']] },
  { name: 'binary_or', ...bits, duckdb: '($1 | $2)', examples: [['binary_or(6, 3)', '7']] },
  { name: 'binary_xor', ...bits, duckdb: 'xor($1, $2)', examples: [['binary_xor(6, 3)', '5']] },
  { name: 'binary_not', args: ['long'], returns: 'long', duckdb: '(~$1)', examples: [['binary_not(100)', '-101']] },
  {
    name: 'binary_shift_left',
    ...bits,
    js: shifted((value, n) => BigInt.asIntN(64, value << n)),
    examples: [
      ['binary_shift_left(1, 2)', '4'],
      ['isnull(binary_shift_left(1, -1))', 'True'],
    ],
  },
  {
    name: 'binary_shift_right',
    ...bits,
    js: shifted((value, n) => value >> n),
    examples: [['binary_shift_right(4, 2)', '1']],
  },
  {
    name: 'bitset_count_ones',
    args: ['long'],
    returns: 'long',
    duckdb: 'CAST(bit_count($1) AS BIGINT)',
    examples: [['bitset_count_ones(42)', '3']],
  },
  {
    name: 'format_bytes',
    args: ['real', 'long', 'string'],
    returns: 'string',
    js: (value, precision, unit) =>
      formatBytes(value === null ? null : Number(value), Number(precision ?? 0), String(unit ?? '')),
    examples: [
      ['format_bytes(564)', '564 Bytes'],
      ['format_bytes(10332, 1)', '10.1 KB'],
      ['format_bytes(20010332)', '19 MB'],
      ['format_bytes(20010332, 2, "MB")', '19.08 MB'],
    ],
  },
  {
    name: 'new_guid',
    returns: 'guid',
    volatile: true,
    duckdb: 'uuid()',
    examples: [['isnotnull(new_guid())', 'True']],
  },
  {
    name: 'estimate_data_size',
    args: ['any'],
    returns: 'long',
    duckdb: (args) =>
      `CAST(${args.map((arg) => (SIZES[arg.type] ?? 'strlen(CAST($1 AS VARCHAR))').replaceAll('$1', () => arg.sql)).join(' + ')} AS BIGINT)`,
    differs: 'Of a dynamic value the size of its JSON.',
    examples: [
      ['toscalar(print a = "abc" | project estimate_data_size(a))', '3'],
      ['toscalar(print a = "abc", b = 5 | project estimate_data_size(*))', '11'],
    ],
  },
]);

/** The bytes of a value of each type; of the others those of their text. */
const SIZES: Partial<Record<KqlType, string>> = {
  bool: '1',
  int: '4',
  long: '8',
  real: '8',
  datetime: '8',
  timespan: '8',
  guid: '16',
  decimal: '16',
};

const BYTE_UNITS = ['Bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

function formatBytes(value: number | null, places: number, unit: string): string {
  if (value === null || !Number.isFinite(value)) return '';
  const precision = Math.min(Math.max(places, 0), 100);
  const chosen = BYTE_UNITS.findIndex((of) => of.toUpperCase() === unit.toUpperCase());
  const at =
    chosen >= 0
      ? chosen
      : Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10)));
  const scaled = (value / 1024 ** at).toFixed(precision);
  return `${precision > 0 ? scaled.replace(/\.?0+$/, '') : scaled} ${BYTE_UNITS[at]}`;
}
