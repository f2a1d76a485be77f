import type { Expr } from '../plan/nodes.js';
import { exprKey } from '../plan/same.js';
import { aggregates, type SqlArgument, type SqlTemplate, scalars } from './registry.js';

/**
 * Dynamic arrays of one known type kept as lists of the engine instead of JSON. Queries never call these by name:
 * `optimize/native-lists` puts them in place of the functions of dynamic values.
 */

/** Texts are never null; nulls of other types are no members. */
const members = (value: SqlArgument, distinct: boolean, order: string | undefined, condition?: SqlArgument): string => {
  const wanted = [
    ...(value.type === 'string' ? [] : [`${value.sql} IS NOT NULL`]),
    ...(condition ? [condition.sql] : []),
  ];
  const filter = wanted.length > 0 ? ` FILTER (${wanted.join(' AND ')})` : '';
  const sorted = order && !distinct ? ` ORDER BY ${order}` : '';
  return `list(${distinct ? 'DISTINCT ' : ''}${value.sql}${sorted})${filter}`;
};
const cut = (list: string, most: SqlArgument | undefined): string =>
  `coalesce(${most ? `(${list})[1:${most.sql}]` : list}, [])`;

const collected =
  (distinct: boolean): SqlTemplate =>
  ([value, most], { order }) =>
    cut(members(value!, distinct, order), most);
const collectedIf =
  (distinct: boolean): SqlTemplate =>
  ([value, condition, most], { order }) =>
    cut(members(value!, distinct, order, condition), most);

const joined: SqlTemplate = ([list, delimiter]) => `coalesce(array_to_string(${list!.sql}, ${delimiter!.sql}), '')`;

/** Kusto makes no more values than this. */
const LONGEST = 1_048_576n;
const series: SqlTemplate = ([from, to, step]) => {
  const by = step?.sql ?? '1';
  const bound = `${from!.sql} + ${LONGEST - 1n} * ${by}`;
  const size = step ? step.literal?.value : 1n;
  const beyond =
    typeof size === 'bigint' && size > 0n
      ? `${to!.sql} > ${bound}`
      : `${by} > 0 AND ${to!.sql} > ${bound} OR ${by} < 0 AND ${to!.sql} < ${bound}`;
  const last = `CASE WHEN ${beyond} THEN ${bound} ELSE ${to!.sql} END`;
  return `generate_series(${[from!.sql, last, by].map((sql) => `CAST(${sql} AS BIGINT)`).join(', ')})`;
};

/** A slice to the end says so: bounds that have to be worked out cost as much as the slice. */
const slice: SqlTemplate = ([list, from, to]) =>
  isLast(to!.expr, list!.expr)
    ? `kql_list_rest(${list!.sql}, ${from!.sql})`
    : `kql_list_slice(${list!.sql}, ${from!.sql}, ${to!.sql})`;

/** Whether an index is the last one of the list: -1 or its length less one. */
const isLast = (index: Expr, list: Expr): boolean => {
  if (index.kind === 'literal') return index.value === -1n;
  if (index.kind !== 'call' || index.name !== '-') return false;
  const [length, one] = index.args;
  return (
    length?.kind === 'call' &&
    length.name === 'list_length' &&
    exprKey(length.args[0]!) === exprKey(list) &&
    one?.kind === 'literal' &&
    one.value === 1n
  );
};

const internal = true;

export const NATIVE_LISTS = scalars([
  { name: 'list_json', returns: 'dynamic', duckdb: 'to_json($1)', internal, examples: [] },
  { name: 'split_list', returns: 'dynamic', duckdb: 'kql_split($1, $2)', internal, examples: [] },
  { name: 'range_list', returns: 'dynamic', duckdb: series, internal, examples: [] },
  { name: 'slice_list', returns: 'dynamic', duckdb: slice, internal, examples: [] },
  {
    name: 'distinct_list',
    returns: 'dynamic',
    duckdb: ([list, most]) => cut(`list_distinct(${list!.sql})`, most),
    internal,
    examples: [],
  },
  { name: 'list_length', returns: 'long', duckdb: 'len($1)', internal, examples: [] },
  { name: 'join_list', returns: 'string', duckdb: joined, internal, examples: [] },
  { name: 'list_text', returns: 'string', duckdb: "coalesce($1[$2], '')", internal, examples: [] },
]);

export const NATIVE_LIST_AGGREGATES = aggregates([
  { name: 'set_values', returns: 'dynamic', duckdb: collected(true), internal, examples: [] },
  { name: 'list_values', returns: 'dynamic', ordered: true, duckdb: collected(false), internal, examples: [] },
  // with nulls, which distinct_list leaves out
  { name: 'all_values', returns: 'dynamic', duckdb: 'list($1)', internal, examples: [] },
  {
    name: 'all_values_if',
    conditions: [1],
    returns: 'dynamic',
    duckdb: 'list($1) FILTER ($2)',
    internal,
    examples: [],
  },
  { name: 'set_values_if', conditions: [1], returns: 'dynamic', duckdb: collectedIf(true), internal, examples: [] },
  {
    name: 'list_values_if',
    conditions: [1],
    returns: 'dynamic',
    ordered: true,
    duckdb: collectedIf(false),
    internal,
    examples: [],
  },
]);
