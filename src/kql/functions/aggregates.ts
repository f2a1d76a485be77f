import { trawlError } from '../../util/errors.js';
import { long } from '../plan/build.js';
import type { KqlType } from '../types.js';
import { aggregates, type PrintContext, type SqlArgument, type SqlTemplate } from './registry.js';

const byOrder = (context: PrintContext): string => (context.order ? ` ORDER BY ${context.order}` : '');

/** Numbers stay what they are, except that int sums up to long. */
const summed = (types: readonly KqlType[]): KqlType =>
  types[0] === 'int' || types[0] === 'bool' ? 'long' : (types[0] ?? 'long');
const averaged = (types: readonly KqlType[]): KqlType =>
  types[0] === 'timespan' || types[0] === 'datetime' || types[0] === 'decimal' ? types[0] : 'real';
const same = (types: readonly KqlType[]): KqlType => types[0] ?? 'dynamic';

/** DuckDB sums BIGINT to HUGEINT; a sum beyond long wraps around. */
const sum = (sql: string, { type, wrapping }: PrintContext): string => {
  const whole = `coalesce(${sql}, 0)`;
  if (type === 'real' || type === 'decimal') return whole;
  return wrapping ? `kql_wrap_long(${whole})` : `CAST(${whole} AS BIGINT)`;
};

/** Whether lowering only made a dynamic of a value of another type: such a value is never an array. */
const isScalar = (value: SqlArgument): boolean => value.expr.kind === 'call' && value.expr.name === 'dynamic_from';

/** The values of a group as JSON. Arrays are spread, and a dynamic null is an element of a list (not of a set). */
const jsonList = (args: readonly SqlArgument[], context: PrintContext, distinct: boolean, filter = ''): string => {
  const [value, max] = args;
  const spread = !isScalar(value!) && value!.type === 'dynamic';
  const wanted = [...(spread && !distinct ? [] : [`${value!.sql} IS NOT NULL`]), ...(filter ? [filter] : [])];
  const where = wanted.length > 0 ? ` FILTER (${wanted.join(' AND ')})` : '';
  const plain = `list(${distinct ? 'DISTINCT ' : ''}${spread ? `kql_spread(${value!.sql})` : value!.sql}${distinct ? '' : byOrder(context)})${where}`;
  const list = spread ? (distinct ? `kql_distinct_many(flatten(${plain}))` : `flatten(${plain})`) : plain;
  return `kql_list_json(${max ? `${list}[1:${max.sql}]` : list})`;
};

/** Only the values as JSON: dynamic elements as they are, the rest converted by lowering. */
const makeList: SqlTemplate = (args, context) => jsonList(args, context, false);
const makeSet: SqlTemplate = (args, context) => jsonList(args, context, true);
const makeListIf: SqlTemplate = ([value, condition, max], context) =>
  jsonList(max ? [value!, max] : [value!], context, false, condition!.sql);
const makeSetIf: SqlTemplate = ([value, condition, max], context) =>
  jsonList(max ? [value!, max] : [value!], context, true, condition!.sql);

const bagOf = (value: SqlArgument, context: PrintContext, most = 'NULL', condition?: SqlArgument): string => {
  const filter = `FILTER (${value.sql} IS NOT NULL${condition ? ` AND ${condition.sql}` : ''})`;
  const bags = `list(${value.sql}${byOrder(context)}) ${filter}`;
  return `CAST(kql_js_bag_merge_of(coalesce(CAST(to_json(${bags}) AS VARCHAR), '[]'), ${most}) AS JSON)`;
};

/** The functions' old names keep no more elements than this unless told otherwise. */
const MOST_OF_OLD: SqlArgument = { sql: '128', type: 'long', expr: long(128), literal: long(128) };

/** The percentiles a call names, one by one or as a constant array. */
function percentilesOf(args: readonly SqlArgument[]): number[] {
  const values = args.flatMap(({ literal }) => (Array.isArray(literal?.value) ? literal.value : [literal?.value]));
  if (values.some((value) => typeof value !== 'number' && typeof value !== 'bigint')) {
    throw trawlError('bad-argument', { what: 'the percentiles', why: 'they must be constants' });
  }
  return values.map(Number);
}

/** What JSON writes otherwise than DuckDB. */
const IN_JSON: Partial<Record<KqlType, string>> = {
  datetime: 'kql_datetime_text',
  timespan: 'kql_timespan_text',
  decimal: 'kql_decimal_text',
  real: 'kql_real_json',
};
const jsonText = (sql: string, type: KqlType): string => (IN_JSON[type] ? `${IN_JSON[type]}(${sql})` : sql);

const percentilesArray: SqlTemplate = ([value, ...percentiles]) => {
  const each = percentilesOf(percentiles).map((p) => jsonText(`kql_percentile(${value!.sql}, ${p}e0)`, value!.type));
  return `CASE WHEN count(${value!.sql}) > 0 THEN to_json([${each.join(', ')}]) END`;
};

/** Both sorted by the value, rows without value or weight left out. */
const weighted = (value: SqlArgument, weight: SqlArgument, percentile: string): string => {
  const sorted = (of: SqlArgument): string =>
    `list(${of.sql} ORDER BY ${value.sql}) FILTER (${value.sql} IS NOT NULL AND ${weight.sql} IS NOT NULL)`;
  return `(${sorted(value)})[kql_js_weighted_rank(CAST(to_json(${sorted(weight)}) AS VARCHAR), ${percentile})]`;
};

const percentileWeighted: SqlTemplate = ([value, weight, percentile]) =>
  weighted(measure(value!), weight!, percentile!.sql);
const percentilesWeightedArray: SqlTemplate = ([value, weight, ...percentiles]) => {
  const each = percentilesOf(percentiles).map((p) => jsonText(weighted(value!, weight!, `${p}e0`), value!.type));
  return `CASE WHEN count(${value!.sql}) > 0 THEN to_json([${each.join(', ')}]) END`;
};

/** DuckDB stops at a variance that isn't finite; Kusto gives NaN. */
const varianceOf = (name: 'var_samp' | 'var_pop', [value, condition]: readonly SqlArgument[]): string => {
  const rows = condition ? `${condition.sql} AND ` : '';
  const small = `abs(CAST(${value!.sql} AS DOUBLE)) < 1e150`;
  const finite = `${name}(${value!.sql}) FILTER (WHERE ${rows}${small})`;
  return `CASE WHEN bool_or(${rows}NOT ${small}) THEN 'nan'::DOUBLE ELSE coalesce(${finite}, 0) END`;
};
const variance =
  (name: 'var_samp' | 'var_pop'): SqlTemplate =>
  (args) =>
    varianceOf(name, args);

/** Kusto rounds the variance to ten digits after the point before it takes the root. */
const deviation =
  (name: 'var_samp' | 'var_pop'): SqlTemplate =>
  (args) =>
    `sqrt(round(${varianceOf(name, args)}, 10))`;

const extreme =
  (which: 'min' | 'max'): SqlTemplate =>
  ([value]) =>
    value!.type === 'string'
      ? `coalesce(${which}(nullif(${value!.sql}, '')), '')`
      : value!.type === 'real' && which === 'min'
        ? `CASE WHEN bool_or(isnan(${value!.sql})) THEN 'nan'::DOUBLE ELSE min(${value!.sql}) END`
        : `${which}(${value!.sql})`;

/** Wrapped in a struct so that a row whose value is null still counts. */
const argExtreme =
  (which: 'arg_min' | 'arg_max'): SqlTemplate =>
  ([key, value]) =>
    `coalesce(${which}({'v': ${value!.sql}}, ${key!.sql}), first({'v': ${value!.sql}})).v`;

/** Values that percentiles are taken of keep their type; of texts and dynamic values the numbers count. */
const measured = ([type]: readonly KqlType[]): KqlType =>
  type === undefined || type === 'dynamic' || type === 'string' ? 'real' : type;
const measure = (value: SqlArgument): SqlArgument => {
  if (measured([value.type]) === value.type) return value;
  const text = value.type === 'dynamic' ? `json_extract_string(${value.sql}, '$')` : value.sql;
  return { ...value, type: 'real', sql: `TRY_CAST(${text} AS DOUBLE)` };
};

const percentile: SqlTemplate = ([value, p]) => `kql_percentile(${measure(value!).sql}, ${p!.sql})`;

const number = ['number'] as const;

export const AGGREGATES = aggregates([
  {
    name: 'count',
    aliases: ['cnt'],
    returns: 'long',
    duckdb: 'count(*)',
    examples: [['range x from 1 to 3 step 1 | summarize count()', '3']],
  },
  {
    name: 'countif',
    args: ['bool'],
    conditions: [0],
    returns: 'long',
    duckdb: 'count(*) FILTER (WHERE $1)',
    examples: [['range x from 1 to 3 step 1 | summarize countif(x > 1)', '2']],
  },
  {
    name: 'sum',
    args: number,
    returns: summed,
    duckdb: ([value], context) => sum(`sum(${value!.sql})`, context),
    examples: [
      ['range x from 1 to 3 step 1 | summarize sum(x)', '6'],
      ['datatable(x:long)[9223372036854775807, 2] | summarize sum(x)', '-9223372036854775807'],
    ],
  },
  {
    name: 'sumif',
    args: ['number', 'bool'],
    conditions: [1],
    returns: summed,
    duckdb: ([value, condition], context) => sum(`sum(${value!.sql}) FILTER (WHERE ${condition!.sql})`, context),
    examples: [['range x from 1 to 3 step 1 | summarize sumif(x, x > 1)', '5']],
  },
  {
    name: 'avg',
    args: number,
    returns: averaged,
    duckdb: ([value], { type }) =>
      type === 'real'
        ? `coalesce(avg(${value!.sql}), 'nan'::DOUBLE)`
        : type === 'decimal'
          ? `CAST(avg(${value!.sql}) AS DECIMAL(38,18))`
          : `CAST(trunc(avg(${value!.sql})) AS BIGINT)`,
    examples: [['range x from 1 to 4 step 1 | summarize avg(x)', '2.5']],
  },
  {
    name: 'avgif',
    args: ['number', 'bool'],
    conditions: [1],
    returns: averaged,
    duckdb: ([value, condition], { type }) => {
      const average = `avg(${value!.sql}) FILTER (WHERE ${condition!.sql})`;
      if (type === 'decimal') return `CAST(${average} AS DECIMAL(38,18))`;
      return type === 'real' ? `coalesce(${average}, 'nan'::DOUBLE)` : `CAST(trunc(${average}) AS BIGINT)`;
    },
    examples: [['range x from 1 to 4 step 1 | summarize avgif(x, x > 2)', '3.5']],
  },
  {
    name: 'min',
    args: ['any'],
    returns: same,
    duckdb: extreme('min'),
    examples: [['range x from 1 to 3 step 1 | summarize min(x)', '1']],
  },
  {
    name: 'max',
    args: ['any'],
    returns: same,
    duckdb: extreme('max'),
    examples: [['range x from 1 to 3 step 1 | summarize max(x)', '3']],
  },
  {
    name: 'minif',
    args: ['any', 'bool'],
    conditions: [1],
    returns: same,
    duckdb: ([value, condition]) =>
      value!.type === 'string'
        ? `coalesce(min(nullif(${value!.sql}, '')) FILTER (WHERE ${condition!.sql}), '')`
        : `min(${value!.sql}) FILTER (WHERE ${condition!.sql})`,
    examples: [['range x from 1 to 3 step 1 | summarize minif(x, x > 1)', '2']],
  },
  {
    name: 'maxif',
    args: ['any', 'bool'],
    conditions: [1],
    returns: same,
    duckdb: ([value, condition]) =>
      value!.type === 'string'
        ? `coalesce(max(${value!.sql}) FILTER (WHERE ${condition!.sql}), '')`
        : `max(${value!.sql}) FILTER (WHERE ${condition!.sql})`,
    examples: [['range x from 1 to 3 step 1 | summarize maxif(x, x < 3)', '2']],
  },
  {
    name: 'arg_max',
    aliases: ['argmax'],
    args: ['any'],
    returns: (types) => types[1] ?? 'dynamic',
    duckdb: argExtreme('arg_max'),
    examples: [['datatable(a:long, b:string)[1, "x", 2, "y"] | summarize arg_max(a, b)', '2,y']],
  },
  {
    name: 'arg_min',
    aliases: ['argmin'],
    args: ['any'],
    returns: (types) => types[1] ?? 'dynamic',
    duckdb: argExtreme('arg_min'),
    examples: [['datatable(a:long, b:string)[1, "x", 2, "y"] | summarize arg_min(a, b)', '1,x']],
  },
  {
    name: 'take_any',
    aliases: ['any'],
    args: ['any'],
    returns: same,
    duckdb: ([value]) =>
      value!.type === 'string' ? `coalesce(any_value(${value!.sql}), '')` : `any_value(${value!.sql})`,
    examples: [['print x = 5 | summarize take_any(x)', '5']],
  },
  {
    name: 'take_anyif',
    aliases: ['anyif'],
    args: ['any', 'bool'],
    conditions: [1],
    returns: same,
    duckdb: ([value, condition]) => {
      const any = `any_value(${value!.sql}) FILTER (WHERE ${condition!.sql})`;
      return value!.type === 'string' ? `coalesce(${any}, '')` : any;
    },
    examples: [['range x from 1 to 3 step 1 | summarize take_anyif(x, x == 2)', '2']],
  },
  {
    name: 'dcount',
    args: ['any'],
    returns: 'long',
    duckdb: ([value]) => `count(DISTINCT ${value!.sql})`,
    differs: 'Exact, where Kusto estimates beyond some thousand values.',
    examples: [['datatable(a:long)[1, 2, 2] | summarize dcount(a)', '2']],
  },
  {
    name: 'dcountif',
    args: ['any', 'bool'],
    conditions: [1],
    returns: 'long',
    duckdb: ([value, condition]) => `count(DISTINCT ${value!.sql}) FILTER (WHERE ${condition!.sql})`,
    differs: 'Exact, where Kusto estimates beyond some thousand values.',
    examples: [['datatable(a:long)[1, 2, 2] | summarize dcountif(a, a > 1)', '1']],
  },
  {
    name: 'count_distinct',
    args: ['any'],
    returns: 'long',
    duckdb: 'count(DISTINCT $1)',
    examples: [['datatable(a:long)[1, 2, 2] | summarize count_distinct(a)', '2']],
  },
  {
    name: 'count_distinctif',
    args: ['any', 'bool'],
    conditions: [1],
    returns: 'long',
    duckdb: 'count(DISTINCT $1) FILTER (WHERE $2)',
    examples: [['datatable(a:long)[1, 2, 2] | summarize count_distinctif(a, a > 1)', '1']],
  },
  {
    name: 'make_list',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    ordered: true,
    duckdb: makeList,
    examples: [['range x from 1 to 3 step 1 | summarize make_list(x)', '[1,2,3]']],
  },
  {
    name: 'make_list_if',
    args: ['dynamic', 'bool', 'long'],
    conditions: [1],
    returns: 'dynamic',
    ordered: true,
    duckdb: makeListIf,
    examples: [['range x from 1 to 3 step 1 | summarize make_list_if(x, x > 1)', '[2,3]']],
  },
  {
    name: 'make_list_with_nulls',
    args: ['dynamic'],
    returns: 'dynamic',
    ordered: true,
    duckdb: ([value], context) =>
      value!.type === 'dynamic' && !isScalar(value!)
        ? `kql_list_json(flatten(list(kql_spread(${value!.sql})${byOrder(context)})))`
        : `kql_list_json(list(${value!.sql}${byOrder(context)}))`,
    examples: [['datatable(a:long)[1, long(null)] | summarize make_list_with_nulls(a)', '[1,null]']],
  },
  {
    name: 'make_set',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    duckdb: makeSet,
    examples: [['datatable(a:long)[1, 1] | summarize make_set(a)', '[1]']],
  },
  {
    name: 'make_set_if',
    args: ['dynamic', 'bool', 'long'],
    conditions: [1],
    returns: 'dynamic',
    duckdb: makeSetIf,
    examples: [['datatable(a:long)[1, 2, 2] | summarize make_set_if(a, a > 1)', '[2]']],
  },
  {
    name: 'percentile',
    args: ['any', 'real'],
    returns: measured,
    duckdb: percentile,
    examples: [['datatable(a:real)[1.5, 2.5, 3.5, 4.5] | summarize percentile(a, 50)', '2.5']],
  },
  {
    name: 'stdev',
    args: ['real'],
    returns: 'real',
    duckdb: deviation('var_samp'),
    examples: [['range x from 1 to 5 step 1 | summarize stdev(x)', '1.58113883008419']],
  },
  {
    name: 'stdevif',
    args: ['real', 'bool'],
    conditions: [1],
    returns: 'real',
    duckdb: deviation('var_samp'),
    examples: [['range x from 1 to 5 step 1 | summarize stdevif(x, x < 3)', '0.707106781186548']],
  },
  {
    name: 'stdevp',
    args: ['real'],
    returns: 'real',
    duckdb: deviation('var_pop'),
    examples: [['range x from 1 to 5 step 1 | summarize stdevp(x)', '1.4142135623731']],
  },
  {
    name: 'variance',
    args: ['real'],
    returns: 'real',
    duckdb: variance('var_samp'),
    examples: [
      ['range x from 1 to 5 step 1 | summarize variance(x)', '2.5'],
      ['datatable(x:real)[1.0, real(nan)] | summarize variance(x)', 'NaN'],
    ],
  },
  {
    name: 'varianceif',
    args: ['real', 'bool'],
    conditions: [1],
    returns: 'real',
    duckdb: variance('var_samp'),
    examples: [['range x from 1 to 5 step 1 | summarize varianceif(x, x < 3)', '0.5']],
  },
  {
    name: 'variancep',
    args: ['real'],
    returns: 'real',
    duckdb: variance('var_pop'),
    examples: [['range x from 1 to 5 step 1 | summarize variancep(x)', '2.0']],
  },
  {
    name: 'variancepif',
    args: ['real', 'bool'],
    conditions: [1],
    returns: 'real',
    duckdb: variance('var_pop'),
    examples: [['range x from 1 to 5 step 1 | summarize variancepif(x, x < 3)', '0.25']],
  },
  {
    name: 'covariance',
    args: ['real'],
    returns: 'real',
    duckdb: 'covar_samp($1, $2)',
    examples: [['datatable(x:real, y:real)[1.0, 2.0, 2.0, 4.0, 3.0, 6.0] | summarize covariance(x, y)', '2.0']],
  },
  {
    name: 'covariancep',
    args: ['real'],
    returns: 'real',
    duckdb: 'covar_pop($1, $2)',
    examples: [
      [
        'datatable(x:real, y:real)[1.0, 14.0, 2.0, 10.0, 3.0, 17.0, 4.0, 20.0, 5.0, 50.0] | summarize covariancep(x, y)',
        '16.4',
      ],
    ],
  },
  {
    name: 'covarianceif',
    args: ['real', 'real', 'bool'],
    conditions: [2],
    returns: 'real',
    duckdb: 'covar_samp($1, $2) FILTER (WHERE $3)',
    examples: [
      ['datatable(x:real, y:real)[1.0, 2.0, 2.0, 4.0, 9.0, 1.0] | summarize covarianceif(x, y, x < 5)', '1.0'],
    ],
  },
  {
    name: 'covariancepif',
    args: ['real', 'real', 'bool'],
    conditions: [2],
    returns: 'real',
    duckdb: 'covar_pop($1, $2) FILTER (WHERE $3)',
    examples: [
      ['datatable(x:real, y:real)[1.0, 2.0, 2.0, 4.0, 9.0, 1.0] | summarize covariancepif(x, y, x < 5)', '0.5'],
    ],
  },
  {
    name: 'binary_all_and',
    args: ['long'],
    returns: 'long',
    duckdb: 'bit_and($1)',
    examples: [['datatable(n:long)[7, 5] | summarize binary_all_and(n)', '5']],
  },
  {
    name: 'binary_all_or',
    args: ['long'],
    returns: 'long',
    duckdb: 'bit_or($1)',
    examples: [['datatable(n:long)[1, 4] | summarize binary_all_or(n)', '5']],
  },
  {
    name: 'binary_all_xor',
    args: ['long'],
    returns: 'long',
    duckdb: 'bit_xor($1)',
    examples: [['datatable(n:long)[1, 5] | summarize binary_all_xor(n)', '4']],
  },
  {
    name: 'make_bag',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    ordered: true,
    duckdb: ([value, most], context) => bagOf(value!, context, most?.sql),
    examples: [
      [
        'datatable(d:dynamic)[dynamic({"a":1,"b":2.0}), dynamic({"a":9,"c":3})] | summarize make_bag(d)',
        '{"a":1,"b":2,"c":3}',
      ],
      ['datatable(d:dynamic)[] | summarize make_bag(d)', '{}'],
    ],
  },
  {
    name: 'make_dictionary',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    ordered: true,
    duckdb: ([value, most], context) => bagOf(value!, context, (most ?? MOST_OF_OLD).sql),
    examples: [
      [
        'range x from 1 to 200 step 1 | summarize b = make_dictionary(bag_pack(tostring(x), x)) | project array_length(bag_keys(b))',
        '128',
      ],
    ],
  },
  {
    name: 'makelist',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    ordered: true,
    duckdb: ([value, most], context) => jsonList([value!, most ?? MOST_OF_OLD], context, false),
    examples: [
      ['range x from 1 to 200 step 1 | summarize l = makelist(x) | project array_length(l)', '128'],
      ['range x from 1 to 200 step 1 | summarize l = makelist(x, 150) | project array_length(l)', '150'],
    ],
  },
  {
    name: 'makeset',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    duckdb: ([value, most], context) => jsonList([value!, most ?? MOST_OF_OLD], context, true),
    examples: [['range x from 1 to 200 step 1 | summarize s = makeset(x) | project array_length(s)', '128']],
  },
  {
    name: 'make_bag_if',
    args: ['dynamic', 'bool', 'long'],
    conditions: [1],
    returns: 'dynamic',
    ordered: true,
    duckdb: ([value, condition, most], context) => bagOf(value!, context, most?.sql, condition),
    examples: [
      ['range x from 1 to 3 step 1 | summarize make_bag_if(bag_pack(tostring(x), x), x > 1)', '{"2":2,"3":3}'],
    ],
  },
  {
    name: 'buildschema',
    args: ['dynamic'],
    returns: 'dynamic',
    duckdb: ([value]) => `CAST(kql_js_schema_of(CAST(to_json(list(${value!.sql})) AS VARCHAR)) AS JSON)`,
    examples: [
      [
        'datatable(d:dynamic)[dynamic({"x":1,"y":3.5}), dynamic({"x":"a","z":[1,2]}), dynamic({"y":{"w":"b"},"t":["c"],"z":["d"]})] | summarize buildschema(d)',
        '{"x":["long","string"],"y":["double",{"w":"string"}],"z":{"`indexer`":["long","string"]},"t":{"`indexer`":"string"}}',
      ],
    ],
  },
  {
    name: 'percentiles_array',
    args: (index) => (index === 0 ? 'number' : 'any'),
    returns: 'dynamic',
    duckdb: percentilesArray,
    examples: [
      ['range x from 1 to 4 step 1 | summarize percentiles_array(x, 25, 50)', '[1,2]'],
      ['print x = real(nan) | summarize percentiles_array(x, 50)', '["NaN"]'],
    ],
  },
  {
    name: 'percentilew',
    args: (index) => (['any', 'long', 'real'] as const)[index]!,
    returns: measured,
    duckdb: percentileWeighted,
    examples: [['datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilew(v, w, 75)', '20']],
  },
  {
    name: 'percentilesw_array',
    args: (index) => (index === 0 ? 'number' : index === 1 ? 'long' : 'any'),
    returns: 'dynamic',
    duckdb: percentilesWeightedArray,
    examples: [
      [
        'datatable(v:long, w:long)[10, 8, 20, 6, 30, 3, 40, 1] | summarize percentilesw_array(v, w, dynamic([50, 75, 99.9]))',
        '[20,20,40]',
      ],
    ],
  },
]);
