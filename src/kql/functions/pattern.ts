import { quoteText } from '../sql/duckdb/literal.js';
import { parseKeyValues } from './key-values.js';
import { aggregates, type SqlArgument, scalars } from './registry.js';
import { reducePatterns } from './text/reduce.js';

const size = (count: SqlArgument): number => Number(count.literal?.value ?? 0);

/** Pieces that tabular operators are put together from; queries never call these by name. */
export const OPERATOR_PARTS = scalars([
  {
    // a struct of the whole match and its groups; all null where the pattern doesn't fit
    name: 'regex_groups',
    returns: 'dynamic',
    internal: true,
    duckdb: ([value, pattern, count]) => {
      const names = Array.from({ length: size(count!) + 1 }, (_, i) => `'g${i}'`);
      const whole = quoteText(`(${String(pattern!.literal?.value)})`);
      return `CASE WHEN regexp_matches(${value!.sql}, ${pattern!.sql}) THEN regexp_extract(${value!.sql}, ${whole}, [${["'g'", ...names.slice(0, -1)].map((name) => name).join(', ')}]) END`;
    },
    examples: [],
  },
  {
    name: 'regex_group',
    returns: 'string',
    internal: true,
    duckdb: ([groups, index]) => `coalesce(${groups!.sql}.g${Number(size(index!)) - 1}, '')`,
    examples: [],
  },
  { name: 'regex_group_match', returns: 'string', internal: true, duckdb: '$1.g', examples: [] },
  {
    name: 'parse_kv',
    args: ['string', 'string'],
    returns: 'dynamic',
    internal: true,
    js: (text, options) => parseKeyValues(String(text ?? ''), JSON.parse(String(options))),
    examples: [],
  },
  {
    // (texts, how often each occurs, threshold, separators or null): the pattern of each
    name: 'reduce_patterns',
    args: ['dynamic', 'dynamic', 'real', 'dynamic'],
    returns: 'dynamic',
    internal: true,
    js: (texts, counts, threshold, separators) =>
      JSON.stringify(
        reducePatterns(
          JSON.parse(String(texts)),
          JSON.parse(String(counts)),
          Number(threshold),
          separators === null ? undefined : JSON.parse(String(separators)),
        ),
      ),
    examples: [],
  },
  { name: 'same', returns: 'bool', internal: true, duckdb: '($1 IS NOT DISTINCT FROM $2)', examples: [] },
  {
    name: 'series_index',
    returns: 'long',
    internal: true,
    duckdb: 'CAST(floor(($1 - $2) / $3) AS BIGINT)',
    examples: [],
  },
  {
    name: 'series_count',
    returns: 'long',
    internal: true,
    duckdb: ([from, to, step, inclusive]) =>
      inclusive!.literal?.value === true
        ? `CAST(floor((${to!.sql} - ${from!.sql}) / ${step!.sql}) + 1 AS BIGINT)`
        : `CAST(ceil((${to!.sql} - ${from!.sql}) / ${step!.sql}) AS BIGINT)`,
    examples: [],
  },
  {
    name: 'series_fill',
    returns: 'dynamic',
    internal: true,
    duckdb: 'to_json(list_transform(range(0, $2), lambda i: coalesce($1[i], $3)))',
    examples: [],
  },
  {
    name: 'series_axis',
    returns: 'dynamic',
    internal: true,
    duckdb: ([from, step, count]) => {
      const value = `${from!.sql} + i * ${step!.sql}`;
      const text =
        from!.type === 'datetime'
          ? `kql_datetime_text(${value})`
          : from!.type === 'timespan'
            ? `kql_timespan_text(${value})`
            : value;
      return `to_json(list_transform(range(0, ${count!.sql}), lambda i: ${text}))`;
    },
    examples: [],
  },
]);

export const AGGREGATE_PARTS = aggregates([
  {
    name: 'list_in_order',
    returns: 'dynamic',
    internal: true,
    duckdb: ([value], { order }) => `coalesce(to_json(list(${value!.sql} ORDER BY ${order})), CAST('[]' AS JSON))`,
    examples: [],
  },
  { name: 'step_map', returns: 'dynamic', internal: true, duckdb: 'map(list($1), list($2))', examples: [] },
]);
