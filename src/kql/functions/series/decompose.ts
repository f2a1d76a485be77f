import { fitLine } from './fit.js';
import { mean, median } from './moments.js';
import { outlierScores, scoresJson } from './outliers.js';
import { detectPeriods } from './periods.js';
import { type Cell, realsJson, wholeSeries } from './values.js';

export interface DecomposeOptions {
  /** Points of a season; 0 for none, -1 to detect it. */
  readonly seasonality: number;
  readonly trend: string;
  /** Points at the end that nothing is learnt from. */
  readonly testPoints: number;
  readonly threshold: number;
}

interface Parts {
  readonly baseline: readonly number[];
  readonly seasonal: readonly number[];
  readonly trend: readonly number[];
  readonly residual: readonly number[];
}

/** For each point the median of the points of the same phase. */
export function seasonalPart(y: readonly number[], period: number, learnt = y.length): number[] {
  if (period < 1) return y.map(() => 0);
  const phases = Array.from({ length: period }, (_, phase) => {
    const values = y.slice(0, learnt).filter((_, i) => i % period === phase);
    return values.length > 0 ? median(values) : 0;
  });
  return y.map((_, i) => phases[i % period]!);
}

/** The best period whose score reaches the threshold, or 0. */
export function seasonOf(y: readonly number[], threshold: number): number {
  const best = detectPeriods(y, 0, y.length / 2)[0];
  return best && best.score >= threshold ? best.length : 0;
}

/** First the season, then the trend of what is left; `residual` is what neither explains. */
export function decompose(y: readonly number[], options: DecomposeOptions): Parts {
  const learnt = Math.max(0, y.length - options.testPoints);
  const known = y.slice(0, learnt);
  const period = options.seasonality < 0 ? seasonOf(known, options.threshold) : options.seasonality;
  const seasonal = seasonalPart(y, period, learnt);
  const rest = known.map((value, i) => value - seasonal[i]!);
  const trend = trendOf(rest, options.trend, y.length);
  const baseline = seasonal.map((value, i) => value + trend[i]!);
  return { baseline, seasonal, trend, residual: y.map((value, i) => value - baseline[i]!) };
}

function trendOf(values: readonly number[], kind: string, length: number): number[] {
  if (values.length === 0 || kind === 'none') return Array.from({ length }, () => 0);
  if (kind === 'linefit') {
    const { slope, interception } = fitLine(values);
    return Array.from({ length }, (_, i) => interception + slope * (i + 1));
  }
  const level = mean(values);
  return Array.from({ length }, () => level);
}

const optionsOf = (
  seasonality: Cell | undefined,
  trend: Cell | undefined,
  testPoints: Cell | undefined,
  threshold: Cell | undefined,
): DecomposeOptions => ({
  seasonality: Number(seasonality ?? -1),
  trend: String(trend || 'avg'),
  testPoints: Number(testPoints ?? 0),
  threshold: Number(threshold ?? 0.6),
});

const partsJson = ({ baseline, seasonal, trend, residual }: Parts): string =>
  `[${[baseline, seasonal, trend, residual].map(realsJson).join(',')}]`;

export function seriesDecompose(series: Cell, seasonality?: Cell, trend?: Cell, testPoints?: Cell, threshold?: Cell) {
  const y = wholeSeries(series);
  return y && partsJson(decompose(y, optionsOf(seasonality, trend, testPoints, threshold)));
}

export function seriesForecast(series: Cell, points: Cell, seasonality?: Cell, trend?: Cell, threshold?: Cell) {
  const y = wholeSeries(series);
  return y && partsJson(decompose(y, optionsOf(seasonality, trend, points, threshold)));
}

/** Flags (1, -1, 0), scores and the baseline. */
export function seriesAnomalies(
  series: Cell,
  limit?: Cell,
  seasonality?: Cell,
  trend?: Cell,
  testPoints?: Cell,
  method?: Cell,
  threshold?: Cell,
): string | null {
  const y = wholeSeries(series);
  if (!y) return null;
  const { residual, baseline } = decompose(y, optionsOf(seasonality, trend, testPoints, threshold));
  const scores = outlierScores(residual, method === 'tukey' ? [25, 75] : [10, 90]);
  const bound = Number(limit ?? 1.5);
  const flags = scores.map((score) => (score > bound ? 1 : score < -bound ? -1 : 0));
  return `[[${flags.join(',')}],${scoresJson(scores)},${realsJson(baseline)}]`;
}

/** `series_seasonal`: the seasonal part with the given period, or the detected one (Kusto asks for 0.7 of its own, slightly higher score). */
export function seriesSeasonal(series: Cell, period?: Cell): string | null {
  const y = wholeSeries(series);
  if (!y) return null;
  const wanted = Number(period ?? -1);
  return realsJson(seasonalPart(y, wanted < 0 ? seasonOf(y, 0.6) : wanted));
}
