import { type Bits, bitsOf, intersection, isSubset, type Scale, scaleOf } from './bits.js';

/**
 * Patterns over rows of discrete attributes: a pattern fixes the values of some columns, and its rows are those that have
 * them all. Only closed patterns are looked at: one that has every value which all of its rows share.
 */

/** Rows that are alike: their weights (in all, or in each of two sets) and a value for each column; '' is none worth looking at. */
export interface Group {
  readonly weights: readonly number[];
  readonly values: readonly string[];
}

/** One value of one column. */
export interface Item {
  readonly column: number;
  readonly value: string;
  readonly rows: Bits;
  readonly weights: readonly number[];
}

/** The groups made ready for searching. Items are those of the first column first, each column's in the order of their texts. */
export interface Field {
  readonly items: readonly Item[];
  readonly columns: number;
  readonly everything: Bits;
  readonly totals: readonly number[];
  readonly scales: readonly Scale[];
  /** Words of bits that may still be compared before the search is given up. */
  budget: number;
}

export interface Pattern {
  /** A value for each column, '' where the pattern says nothing. */
  readonly values: readonly string[];
  readonly weights: readonly number[];
  readonly rows: Bits;
}

/** Raised when there is too much to look at. */
export class TooManyPatterns extends Error {
  constructor() {
    super('there are too many patterns: raise the threshold, limit the dimensions, or project fewer columns first');
  }
}

/** Some seconds of work. */
const BUDGET = 2_000_000_000;

export function fieldOf(groups: readonly Group[], sets: number): Field {
  const columns = groups[0]?.values.length ?? 0;
  const everything = bitsOf(groups.length, () => true);
  const scales = Array.from({ length: sets }, (_, set) => scaleOf(groups.map(({ weights }) => weights[set]!)));
  const items = Array.from({ length: columns }, (_, column): Item[] => {
    const places = new Map<string, number[]>();
    for (const [i, { values }] of groups.entries()) {
      const value = values[column]!;
      if (value === '') continue;
      const known = places.get(value);
      if (known) known.push(i);
      else places.set(value, [i]);
    }
    return [...places]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, at]) => {
        const rows = new Uint32Array(everything.length);
        for (const i of at) rows[i >>> 5]! |= 1 << (i & 31);
        return { column, value, rows, weights: scales.map((scale) => scale.weigh(rows, everything)) };
      });
  }).flat();
  const totals = scales.map((scale) => scale.weigh(everything, everything));
  return { items, columns, everything, totals, scales, budget: BUDGET };
}

/** The weights of the rows that have an item as well. @throws TooManyPatterns */
export function weightsWith(field: Field, rows: Bits, item: Item): number[] {
  field.budget -= rows.length * field.scales.length;
  if (field.budget < 0) throw new TooManyPatterns();
  return field.scales.map((scale) => scale.weigh(rows, item.rows));
}

/** The closed pattern of these rows. */
export function closed(field: Field, rows: Bits, weights: readonly number[]): Pattern {
  const values = Array<string>(field.columns).fill('');
  for (const item of field.items) if (isSubset(rows, item.rows)) values[item.column] = item.value;
  return { values, weights, rows };
}

export interface Search {
  /** Whether patterns of that weight are wanted; none that holds more values is, when this one isn't. */
  readonly wanted: (weights: readonly number[]) => boolean;
  /** How many values may be chosen freely; those that come along with them are not counted. */
  readonly maxDimensions: number;
}

/** All wanted closed patterns, the general ones before the special. @throws TooManyPatterns */
export function closedPatterns(field: Field, { wanted, maxDimensions }: Search): Pattern[] {
  const items = field.items.filter((item) => wanted(item.weights));
  const whole = closed(field, field.everything, field.totals);
  const patterns = whole.values.some((value) => value !== '') ? [whole] : [];
  const seen = new Set([keyOf(whole)]);
  let level = wanted(whole.weights) ? [whole] : [];
  for (let depth = 1; depth <= maxDimensions && level.length > 0; depth++) {
    const next: Pattern[] = [];
    for (const pattern of level) {
      for (const item of items) {
        if (pattern.values[item.column] !== '') continue;
        const weights = weightsWith(field, pattern.rows, item);
        if (!wanted(weights)) continue;
        const special = closed(field, intersection(pattern.rows, item.rows), weights);
        const key = keyOf(special);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push(special);
        patterns.push(special);
      }
    }
    level = next;
  }
  return patterns;
}

export const keyOf = ({ values }: Pick<Pattern, 'values'>): string => values.join('\u0000');

/** How many columns a pattern fixes. */
export const sizeOf = ({ values }: Pick<Pattern, 'values'>): number =>
  values.reduce((n, value) => n + (value === '' ? 0 : 1), 0);

/** An order of patterns that doesn't depend on that of the rows. */
export const byValues = (a: Pattern, b: Pattern): number => {
  const [left, right] = [keyOf(a), keyOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** Whether one of the two patterns has all values of the other. */
export function comparable(a: Pattern, b: Pattern): boolean {
  const within = (small: Pattern, large: Pattern): boolean =>
    small.values.every((value, c) => value === '' || value === large.values[c]);
  return within(a, b) || within(b, a);
}
