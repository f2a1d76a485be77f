import { byValues, closedPatterns, comparable, type Field, type Pattern, sizeOf } from './mine.js';

export interface Shares {
  readonly pattern: Pattern;
  /** Its part of the first and of the second set, from 0 to 1. */
  readonly first: number;
  readonly second: number;
}

/**
 * The patterns whose parts of the two sets differ the most, none more general or more special than a better one.
 * @throws TooManyPatterns
 */
export function differences(field: Field, threshold: number, maxDimensions: number, minSize = 1): Shares[] {
  const share = (weights: readonly number[], set: number): number =>
    field.totals[set] ? weights[set]! / field.totals[set] : 0;
  const patterns = closedPatterns(field, {
    wanted: (weights) => share(weights, 0) >= threshold || share(weights, 1) >= threshold,
    maxDimensions,
  });
  const difference = ({ weights }: Pattern): number => Math.abs(share(weights, 0) - share(weights, 1));
  const ranked = patterns
    .filter((of) => sizeOf(of) >= minSize && difference(of) >= threshold)
    .sort((a, b) => difference(b) - difference(a) || byValues(a, b));
  const chosen: Pattern[] = [];
  for (const pattern of ranked) if (!chosen.some((other) => comparable(other, pattern))) chosen.push(pattern);
  return chosen.map((pattern) => ({
    pattern,
    first: share(pattern.weights, 0),
    second: share(pattern.weights, 1),
  }));
}
