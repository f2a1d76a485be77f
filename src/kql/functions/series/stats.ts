import { mean, variance } from './moments.js';
import { type Cell, pointsOf, realJson } from './values.js';

/** `series_stats`: min, min_idx, max, max_idx, avg, stdev, variance. Null when an element is no number, unless those are ignored. */
export function seriesStats(series: Cell, ignoreNonNumeric: Cell): string | null {
  const points = pointsOf(series);
  if (!points || (ignoreNonNumeric !== true && points.includes(null))) return null;
  const values = points.filter((point): point is number => point !== null);
  if (values.length === 0) return null;
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const spread = variance(values);
  const moments = [mean(values), Math.sqrt(spread), spread].map(realJson);
  return `[${realJson(min)},${points.indexOf(min)},${realJson(max)},${points.indexOf(max)},${moments.join(',')}]`;
}
