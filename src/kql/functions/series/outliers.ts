import { type Cell, pointsOf, realJson } from './values.js';

/** A percentile between the two nearest of sorted values. */
function percentile(sorted: readonly number[], p: number): number {
  const at = ((sorted.length - 1) * p) / 100;
  const below = Math.floor(at);
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!];
  return low + (high - low) * (at - below);
}

/** Tukey's k: how many interquantile ranges a value lies above the upper or (negative) below the lower quantile; 0 between. */
export function outlierScores(values: readonly (number | null)[], [low, high]: readonly [number, number]): number[] {
  const sorted = values.filter((value): value is number => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return values.map(() => 0);
  const [from, to] = [percentile(sorted, low), percentile(sorted, high)];
  // differences of the size of rounding errors are none
  const noise = 1e-9 * Math.max(Math.abs(from), Math.abs(to), Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  const range = to - from > noise ? to - from : 0;
  return values.map((value) => {
    const beyond = value === null ? 0 : value > to ? value - to : value < from ? value - from : 0;
    return Math.abs(beyond) <= noise ? 0 : beyond / range;
  });
}

/** `series_outliers(series [, kind, ignore_val, min_percentile, max_percentile])`. */
export function seriesOutliers(series: Cell, kind?: Cell, ignored?: Cell, low?: Cell, high?: Cell): string | null {
  const points = pointsOf(series);
  if (!points) return null;
  const skip = ignored === null || ignored === undefined ? null : Number(ignored);
  const values = points.map((value) => (value === skip ? null : value));
  const tukey = String(kind ?? '').toLowerCase() === 'tukey';
  return scoresJson(outlierScores(values, tukey ? [25, 75] : [Number(low ?? 10), Number(high ?? 90)]));
}

/** Scores as JSON; a value outside of quantiles that are equal has an infinite one, which JSON can only hold as text. */
export const scoresJson = (scores: readonly number[]): string =>
  `[${scores.map((score) => (Number.isFinite(score) ? realJson(score) : `"${score}"`)).join(',')}]`;
