import { aggregates, scalars } from '../registry.js';
import { basket } from './basket.js';
import { clusters } from './clusters.js';
import { differences } from './differences.js';
import { type Field, fieldOf, type Group, type Pattern } from './mine.js';

/**
 * What the plugins that look for patterns are made of. SQL leaves only the values that are frequent and counts rows that are
 * alike; the search for patterns among these is JavaScript, called once for the whole table.
 */
export const PATTERN_PARTS = scalars([
  {
    name: 'patterns_of_basket',
    args: ['dynamic', 'real', 'long'],
    returns: 'dynamic',
    internal: true,
    js: (table, threshold, maxDimensions) => {
      const field = fieldOf(groupsOf(table, 1), 1);
      return JSON.stringify(basket(field, Number(threshold), Number(maxDimensions)).map((of) => counted(of, field)));
    },
    examples: [],
  },
  {
    name: 'patterns_of_clusters',
    args: ['dynamic', 'real', 'long', 'real'],
    returns: 'dynamic',
    internal: true,
    js: (table, sizeWeight, seeds, least) => {
      const groups = groupsOf(table, 1);
      const field = fieldOf(groups, 1);
      const found = clusters(groups, field, Number(sizeWeight), Number(seeds), Number(least));
      return JSON.stringify(found.map((of) => counted(of, field)));
    },
    examples: [],
  },
  {
    name: 'patterns_of_difference',
    args: ['dynamic', 'real', 'long'],
    returns: 'dynamic',
    internal: true,
    js: (table, threshold, maxDimensions) => {
      const found = differences(fieldOf(groupsOf(table, 2), 2), Number(threshold), Number(maxDimensions));
      return JSON.stringify(
        found.map(({ pattern: { weights, values }, first, second }) => [
          ...weights.map(Math.round),
          ...[first, second, Math.abs(first - second)].map((share) => rounded(100 * share, 2)),
          ...values,
        ]),
      );
    },
    examples: [],
  },
  {
    name: 'patterns_of_texts',
    args: ['dynamic', 'real', 'long'],
    returns: 'dynamic',
    internal: true,
    js: (table, threshold, minTokens) => {
      const groups = groupsOf(table, 2);
      const known = groups.map((of) => ({ ...of, values: of.values.map((value) => (value === RARE ? '' : value)) }));
      const found = differences(fieldOf(known, 2), Number(threshold), Number.POSITIVE_INFINITY, Number(minTokens));
      return JSON.stringify(
        found
          .sort((a, b) => b.first - b.second - (a.first - a.second))
          .map(({ pattern, first, second }) => [
            ...pattern.weights.map(Math.round),
            ...[first, second].map((share) => rounded(100 * share, 2)),
            textOf(pattern, groups),
          ]),
      );
    },
    examples: [],
  },
]);

export const PATTERN_AGGREGATES = aggregates([
  {
    name: 'rows_json',
    returns: 'dynamic',
    internal: true,
    duckdb: (cells) =>
      `coalesce(to_json(list([${cells.map(({ sql }) => `to_json(${sql})`).join(', ')}])), CAST('[]' AS JSON))`,
    examples: [],
  },
]);

/** A token that is there, but in too few texts to be part of a pattern. */
export const RARE = '?';

/** Rows as SQL gives them: the weights, then the values. */
function groupsOf(table: unknown, weights: number): Group[] {
  const rows = JSON.parse(String(table)) as (number | string)[][];
  return rows.map((row) => ({ weights: row.slice(0, weights).map(Number), values: row.slice(weights).map(String) }));
}

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const counted = ({ weights, values }: Pattern, { totals }: Field): (number | string)[] => [
  Math.round(weights[0]!),
  rounded((100 * weights[0]!) / totals[0]!, 1),
  ...values,
];

/** The tokens of a pattern with `*` for those it leaves open, and at its end for texts that go on. */
function textOf({ values, rows }: Pattern, groups: readonly Group[]): string {
  const end = values.findLastIndex((value) => value !== '') + 1;
  const tokens = values.slice(0, end).map((value) => (value === '' ? '*' : value.slice(1)));
  return groups.some((of, i) => ((rows[i >>> 5]! >>> (i & 31)) & 1) === 1 && (of.values[end] ?? '') !== '')
    ? [...tokens, '*'].join(' ')
    : tokens.join(' ');
}
