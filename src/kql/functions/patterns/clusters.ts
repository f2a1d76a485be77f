import { addAll, intersection } from './bits.js';
import {
  byValues,
  closed,
  comparable,
  type Field,
  type Group,
  type Item,
  keyOf,
  type Pattern,
  sizeOf,
  weightsWith,
} from './mine.js';

/** The least part of the rows that a cluster covers. */
export const LEAST_SHARE = 0.05;
/** The part of a cluster's rows that better clusters may have already. */
const MOST_OVERLAP = 0.5;
/** How much more often than by chance values must occur together to be one pattern, unless most rows have them. */
const LEAST_LIFT = 1.1;

/**
 * A few patterns that describe the rows: grown from the most frequent rows by adding what most of the remaining rows share, and
 * ranked by the weighted geometric mean of the part of the rows and the part of the columns that they fix. Patterns of
 * several values that occur together more often than by chance come before single values. @throws TooManyPatterns
 */
export function clusters(
  groups: readonly Group[],
  field: Field,
  sizeWeight: number,
  seeds: number,
  leastWeight: number,
): Pattern[] {
  const total = field.totals[0]!;
  const least = Math.max(LEAST_SHARE * total, leastWeight);
  const score = (pattern: Pattern): number =>
    (pattern.weights[0]! / total) ** sizeWeight * (sizeOf(pattern) / field.columns) ** (1 - sizeWeight);
  const shares = new Map(field.items.map((item) => [`${item.column} ${item.value}`, item.weights[0]! / total]));
  const together = ({ values, weights }: Pattern): boolean => {
    const chance = values.reduce(
      (product, value, c) => (value === '' ? product : product * shares.get(`${c} ${value}`)!),
      1,
    );
    const share = weights[0]! / total;
    return share >= LEAST_LIFT * chance || share > 0.5;
  };
  const candidates = grown(groups, field, seeds, least);
  const ranked = (wanted: (pattern: Pattern) => boolean): Pattern[] =>
    candidates.filter(wanted).sort((a, b) => score(b) - score(a) || byValues(a, b));
  const chosen: Pattern[] = [];
  const covered = new Uint32Array(field.everything.length);
  for (const pattern of [...ranked((of) => sizeOf(of) > 1 && together(of)), ...ranked((of) => sizeOf(of) === 1)]) {
    const known = field.scales[0]!.weigh(pattern.rows, covered);
    if (known > MOST_OVERLAP * pattern.weights[0]! || chosen.some((other) => comparable(other, pattern))) continue;
    chosen.push(pattern);
    addAll(covered, pattern.rows);
  }
  return chosen;
}

/** The patterns met on the way from each value of each seed to the whole seed. */
function grown(groups: readonly Group[], field: Field, seeds: number, least: number): Pattern[] {
  const found = new Map<string, Pattern>();
  const weights = new Map<string, readonly number[]>();
  const weightsOf = (pattern: Pattern): readonly number[] => {
    const key = keyOf(pattern);
    const known = weights.get(key) ?? field.items.map((item) => weightsWith(field, pattern.rows, item)[0]!);
    weights.set(key, known);
    return known;
  };
  for (const seed of seedsOf(groups, seeds)) {
    const items = field.items
      .map((item, i) => ({ item, i }))
      .filter(({ item }) => seed.values[item.column] === item.value);
    for (const start of items) {
      let pattern = narrowed(field, { rows: field.everything }, start.item, start.item.weights[0]!);
      while (pattern.weights[0]! >= least) {
        found.set(keyOf(pattern), pattern);
        const known = weightsOf(pattern);
        const left = items.filter(({ item }) => pattern.values[item.column] === '');
        const best = left.reduce<(typeof items)[0] | undefined>(
          (a, b) => (a && known[a.i]! >= known[b.i]! ? a : b),
          undefined,
        );
        if (!best) break;
        pattern = narrowed(field, pattern, best.item, known[best.i]!);
      }
    }
  }
  return [...found.values()];
}

const narrowed = (field: Field, { rows }: Pick<Pattern, 'rows'>, item: Item, weight: number): Pattern =>
  closed(field, intersection(rows, item.rows), [weight]);

/** The heaviest groups, in an order that doesn't depend on the rows'. */
function seedsOf(groups: readonly Group[], count: number): Group[] {
  const keyed = groups.map((group) => ({ group, weight: group.weights[0]!, key: group.values.join('\u0000') }));
  return keyed
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ group }) => group);
}
