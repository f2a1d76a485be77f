import type { KqlType } from '../../src/index.js';

/** A source of choices: the same choices give the same query. */
export interface Choose {
  /** A whole number from 0 up to but not including `n`. */
  below(n: number): number;
}
export const pick = <T>(from: readonly T[], choose: Choose): T => from[choose.below(from.length)]!;

export interface Named {
  readonly name: string;
  readonly type: KqlType;
}

export const TYPES: readonly KqlType[] = [
  'long',
  'string',
  'real',
  'bool',
  'datetime',
  'timespan',
  'dynamic',
  'int',
  'guid',
  'decimal',
];

/** Values at the edges of each type, as KQL. */
export const LITERALS: Readonly<Record<KqlType, readonly string[]>> = {
  long: ['0', '1', '-1', '7', '42', 'long(null)', '9223372036854775807', 'long(-9223372036854775808)', '1000000'],
  int: ['int(0)', 'int(5)', 'int(-3)', 'int(null)', 'int(2147483647)'],
  real: ['0.0', '1.5', '-2.25', '1e10', '1e300', 'real(null)', 'real(nan)', 'real(+inf)', '-0.0'],
  decimal: ['decimal(1.5)', 'decimal(-3)', 'decimal(null)', 'decimal(0)'],
  bool: ['true', 'false', 'bool(null)'],
  string: ['""', '"a"', '"Hello World"', '"10.0.0.1"', '"a,b;c"', '"{\\"a\\":1}"', '"[1,2]"', '"éß😀"', '"2020-01-02"', '"42"', '"it\'s"', '"x_y-z"'],
  datetime: ['datetime(2020-02-29 12:34:56.7890123)', 'datetime(0001-01-01)', 'datetime(9999-12-31 23:59:59.9999999)', 'datetime(null)', 'datetime(1969-12-31 23:59:59)', 'now()'],
  timespan: ['1h', '0s', '1d', 'time(null)', '-90m', '1.5s', 'timespan(10000.00:00:00)', '100ns', '1tick'],
  guid: ['guid(74be27de-1e4e-49d9-b579-fe0b331d3642)', 'guid(null)'],
  dynamic: ['dynamic(null)', 'dynamic([1,2,3])', 'dynamic({"a":1,"b":"x","c":[1,{"d":2}]})', 'dynamic("text")', 'dynamic([])', 'dynamic({})', 'dynamic(5)', 'dynamic([null,"x",1.5,true])', 'dynamic({"t":"2020-01-01T00:00:00Z"})'],
}; // biome-ignore format: a table

/** Expressions by the type they give; `<type>` stands for one of that type, `<any>` for one of any. */
const FORMS: Readonly<Record<KqlType, readonly string[]>> = {
  long: ['<long> + <long>', '<long> - <long>', '<long> * <long>', '<long> / <long>', '<long> % <long>', '-(<long>)', 'strlen(<string>)', 'tolong(<any>)', 'tolong(<string>)', 'array_length(<dynamic>)', 'datetime_diff("hour", <datetime>, <datetime>)', 'datetime_diff("month", <datetime>, <datetime>)', 'indexof(<string>, <string>)', 'countof(<string>, "a")', 'binary_and(<long>, <long>)', 'binary_xor(<long>, <long>)', 'binary_shift_left(<long>, 3)', 'iff(<bool>, <long>, <long>)', 'case(<bool>, <long>, <bool>, <long>, <long>)', 'coalesce(<long>, <long>)', 'bin(<long>, 5)', 'abs(<long>)', 'hash(<string>)', 'parse_ipv4(<string>)', 'max_of(<long>, <long>)', 'min_of(<long>, <long>)', 'sign(<real>)', 'string_size(<string>)', 'tolong(<dynamic>[0])', 'tolong(<dynamic>.a)', 'array_index_of(<dynamic>, 1)', 'datetime_part("day", <datetime>)', 'toint(<long>) + 1', 'strcmp(<string>, <string>)', 'bitset_count_ones(<long>)'],
  int: ['toint(<any>)', 'toint(<string>)', 'hourofday(<datetime>)', 'monthofyear(<datetime>)', 'dayofmonth(<datetime>)', 'week_of_year(<datetime>)', 'getyear(<datetime>)'],
  real: ['<real> + <real>', '<real> * <real>', '<real> / <real>', '<real> - <long>', '<long> / <real>', 'toreal(<any>)', 'todouble(<string>)', 'sqrt(<real>)', 'round(<real>, 1)', 'floor(<real>, 0.5)', 'ceiling(<real>)', 'log(<real>)', 'exp(<real>)', 'pow(<real>, 2)', '<timespan> / 1h', 'abs(<real>)', 'iff(<bool>, <real>, <real>)', 'coalesce(<real>, <real>)', 'bin(<real>, 0.5)', 'toreal(<dynamic>.a)', 'array_sum(<dynamic>)', 'atan2(<real>, <real>)', 'max_of(<real>, <real>)', 'series_stats_dynamic(<dynamic>).avg'],
  decimal: ['todecimal(<string>)', 'todecimal(<long>)', '<decimal> + <decimal>', '<decimal> * <decimal>', '<decimal> / <decimal>'],
  string: ['tostring(<any>)', 'strcat(<string>, <any>)', 'strcat(<string>, "-", <string>)', 'substring(<string>, 1)', 'substring(<string>, 0, 3)', 'toupper(<string>)', 'tolower(<string>)', 'reverse(<string>)', 'replace_string(<string>, "a", <string>)', 'replace_regex(<string>, @"\\d+", "#")', 'extract(@"(\\d+)", 1, <string>)', 'trim(@"[a ]+", <string>)', 'tostring(<dynamic>.a)', 'tostring(<dynamic>[1])', 'tostring(split(<string>, ",")[0])', 'format_datetime(<datetime>, "yyyy-MM-dd HH:mm")', 'format_timespan(<timespan>, "hh:mm:ss")', 'iff(<bool>, <string>, <string>)', 'coalesce(<string>, <string>)', 'url_encode(<string>)', 'base64_encode_tostring(<string>)', 'base64_decode_tostring(<string>)', 'hash_sha256(<string>)', 'hash_md5(<any>)', 'strcat_array(<dynamic>, "|")', 'strrep(<string>, 2)', 'translate("abc", "xyz", <string>)', 'gettype(<any>)', 'format_ipv4(<string>)', 'make_string(65, 66)', 'strcat_delim("/", <string>, <long>, <string>)', 'tohex(<long>)', 'parse_url(<string>).Host', 'extract_json("$.a", <string>)', 'format_bytes(<long>)'],
  bool: ['<long> == <long>', '<long> != <long>', '<long> < <real>', '<real> >= <real>', '<string> == <string>', '<string> != <string>', '<string> =~ <string>', '<string> < <string>', '<datetime> > <datetime>', '<timespan> <= <timespan>', '<guid> == <guid>', '<bool> and <bool>', '<bool> or <bool>', 'not(<bool>)', '<bool> == <bool>', '<string> has "a"', '<string> has <string>', '<string> !contains "b"', '<string> contains <string>', '<string> startswith <string>', '<string> endswith_cs "z"', '<string> hasprefix "hel"', '<string> in ("a", "b", <string>)', '<string> !in~ ("A", <string>)', '<long> in (1, 2, <long>)', '<long> between (0 .. 10)', '<long> !between (<long> .. <long>)', '<datetime> between (datetime(2000-01-01) .. <timespan>)', 'isempty(<any>)', 'isnotempty(<any>)', 'isnull(<any>)', 'isnotnull(<any>)', 'isnan(<real>)', '<string> matches regex @"^[a-h]+$"', 'ipv4_is_private(<string>)', 'ipv4_is_match(<string>, "10.0.0.0/8")', 'tobool(<any>)', '<string> has_any ("a", "World")', '<string> has_any (<dynamic>)', '<string> has_all ("a", <string>)', '<dynamic> == 5', '<dynamic>.a == <long>', 'tostring(<dynamic>) has "x"', 'bag_has_key(<dynamic>, "a")', 'set_has_element(<dynamic>, 1)', 'iff(<bool>, <bool>, <bool>)', '<long> in (<dynamic>)', 'isascii(<string>)'],
  datetime: ['todatetime(<string>)', '<datetime> + <timespan>', '<datetime> - <timespan>', 'bin(<datetime>, 1h)', 'startofday(<datetime>)', 'endofmonth(<datetime>)', 'startofweek(<datetime>, 1)', 'datetime_add("month", 1, <datetime>)', 'datetime_add("day", -1, <datetime>)', 'make_datetime(2020, 1, 2)', 'iff(<bool>, <datetime>, <datetime>)', 'unixtime_seconds_todatetime(<long>)', 'todatetime(<dynamic>.t)', 'bin_at(<datetime>, 1d, datetime(2020-01-01))', 'max_of(<datetime>, <datetime>)'],
  timespan: ['<datetime> - <datetime>', 'totimespan(<string>)', '<timespan> + <timespan>', '<timespan> * 2', '<long> * 1s', '<timespan> / 3', 'bin(<timespan>, 1m)', 'make_timespan(1, 2, 3)', 'iff(<bool>, <timespan>, <timespan>)', 'dayofweek(<datetime>)', 'abs(<timespan>)'],
  guid: ['toguid(<string>)', 'toguid("74be27de-1e4e-49d9-b579-fe0b331d3642")'],
  dynamic: ['pack_array(<any>, <any>)', 'bag_pack("k", <any>, "a", <any>)', 'parse_json(<string>)', 'split(<string>, ",")', 'range(1, 3)', 'array_concat(<dynamic>, <dynamic>)', 'array_slice(<dynamic>, 0, 1)', 'set_union(<dynamic>, <dynamic>)', 'set_difference(<dynamic>, <dynamic>)', 'bag_keys(<dynamic>)', 'bag_merge(<dynamic>, <dynamic>)', '<dynamic>.a', '<dynamic>[0]', '<dynamic>[<long>]', '<dynamic>[<string>]', '<dynamic>.c[1].d', 'iff(<bool>, <dynamic>, <dynamic>)', 'coalesce(<dynamic>, <dynamic>)', 'array_sort_asc(<dynamic>)', 'array_reverse(<dynamic>)', 'pack_all()', 'todynamic(<string>)', 'extract_all(@"([a-z])", <string>)', 'parse_url(<string>)', 'repeat(<long>, 2)', 'zip(<dynamic>, <dynamic>)', 'bag_remove_keys(<dynamic>, dynamic(["a"]))', 'array_iff(<dynamic>, <dynamic>, <dynamic>)', 'series_add(<dynamic>, <dynamic>)', 'array_shift_left(<dynamic>, 1)', 'treepath(<dynamic>)', 'bag_set_key(<dynamic>, "n", <any>)'],
}; // biome-ignore format: a table

/** An expression of a type over these columns, no deeper than `depth`. */
export function expression(type: KqlType, columns: readonly Named[], depth: number, choose: Choose): string {
  const own = columns.filter((of) => of.type === type);
  const roll = choose.below(10);
  if (own.length > 0 && roll < (depth > 0 ? 4 : 8)) return pick(own, choose).name;
  if (depth <= 0 || roll === 9) return pick(LITERALS[type], choose);
  const form = pick(FORMS[type], choose);
  return form.replace(/<(\w+)>/g, (_, wanted: string) => {
    const of = wanted === 'any' ? pick(TYPES, choose) : (wanted as KqlType);
    const inner = expression(of, columns, depth - 1, choose);
    return /^[\w.()[\]"]*$/.test(inner) || /^\w+\([^()]*\)$/.test(inner) ? inner : `(${inner})`;
  });
}

/** Aggregates by the type they give. */
export const AGGREGATES: readonly (readonly [form: string, type: KqlType, ordered?: 'ordered'])[] = [
  ['count()', 'long'], ['countif(<bool>)', 'long'], ['sum(<long>)', 'long'], ['sumif(<long>, <bool>)', 'long'], ['sum(<real>)', 'real'], ['avg(<real>)', 'real'], ['avg(<long>)', 'real'],
  ['min(<long>)', 'long'], ['max(<datetime>)', 'datetime'], ['min(<string>)', 'string'], ['max(<real>)', 'real'], ['dcount(<string>)', 'long'], ['dcountif(<long>, <bool>)', 'long'], ['count_distinct(<string>)', 'long'],
  ['array_sort_asc(make_set(<string>))', 'dynamic'], ['array_sort_asc(make_list(<long>))', 'dynamic'], ['array_sort_asc(make_set_if(<long>, <bool>))', 'dynamic'], ['percentile(<long>, 50)', 'long'], ['percentile(<real>, 90)', 'real'],
  ['stdev(<long>)', 'real'], ['variance(<real>)', 'real'], ['binary_all_or(<long>)', 'long'], ['max(<timespan>)', 'timespan'], ['sum(<timespan>)', 'timespan'], ['minif(<long>, <bool>)', 'long'], ['maxif(<string>, <bool>)', 'string'], ['avgif(<long>, <bool>)', 'real'],
  ['array_length(make_list(<any>))', 'long'], ['max(<long>) - min(<long>)', 'long'], ['countif(<bool>) * 1.0 / count()', 'real'], ['isnotempty(max(<string>))', 'bool'],
]; // biome-ignore format: a table

/** A form of `AGGREGATES` filled in. */
export const aggregateOf = (form: string, columns: readonly Named[], choose: Choose): string =>
  form.replace(/<(\w+)>/g, (_, wanted: string) =>
    expression(wanted === 'any' ? pick(TYPES, choose) : (wanted as KqlType), columns, 1, choose),
  );
