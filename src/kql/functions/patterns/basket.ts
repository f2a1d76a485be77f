import { byValues, closedPatterns, type Field, type Pattern, sizeOf } from './mine.js';

/** Frequent closed patterns: the most frequent first, the more special first among equals. @throws TooManyPatterns */
export function basket(field: Field, threshold: number, maxDimensions: number): Pattern[] {
  const least = threshold * field.totals[0]!;
  return closedPatterns(field, { wanted: ([weight]) => weight! > 0 && weight! >= least, maxDimensions }).sort(
    (a, b) => b.weights[0]! - a.weights[0]! || sizeOf(b) - sizeOf(a) || byValues(a, b),
  );
}
