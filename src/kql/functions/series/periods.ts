import { fourier } from './fourier.js';
import { mean } from './moments.js';
import { type Cell, realsJson, wholeSeries } from './values.js';

export interface Period {
  readonly length: number;
  /** From 0 to 1. */
  readonly score: number;
}

const SHORTEST = 4;

/** Powers of the frequencies and the autocorrelation of every lag, of a series around its mean. */
function spectrum(y: readonly number[]): { power: Float64Array; correlation: Float64Array } {
  const n = y.length;
  const center = mean(y);
  const real = Float64Array.from(y, (value) => value - center);
  const direct = fourier({ real, imaginary: new Float64Array(n) });
  const power = direct.real.map((value, i) => value ** 2 + direct.imaginary[i]! ** 2);
  const size = 2 ** Math.ceil(Math.log2(2 * n));
  const padded = new Float64Array(size);
  padded.set(real);
  const wide = fourier({ real: padded, imaginary: new Float64Array(size) });
  const squares = wide.real.map((value, i) => value ** 2 + wide.imaginary[i]! ** 2);
  const correlation = fourier({ real: squares, imaginary: new Float64Array(size) }, true).real.slice(0, n);
  return { power, correlation };
}

/** Between the plain autocorrelation and the one that makes up for the shorter overlap of longer lags. */
const scoreOf = (correlation: Float64Array, lag: number): number => {
  const n = correlation.length;
  const plain = correlation[lag]! / correlation[0]!;
  return Math.min(1, Math.max(0, plain) * Math.sqrt(n / (n - lag)));
};

/** Whether the autocorrelation, made up for the overlap, is nowhere larger within a quarter of the lag. */
const isPeak = (correlation: Float64Array, lag: number): boolean => {
  const n = correlation.length;
  const unbiased = (at: number): number => correlation[at]! / (n - at);
  const around = Math.ceil(lag / 4);
  for (let at = lag - around; at <= lag + around; at++) {
    if (at !== lag && at < n - 1 && unbiased(at) >= unbiased(lag)) return false;
  }
  return unbiased(lag) > 0;
};

/**
 * Periods of a series, best first: a frequency that stands out of the periodogram, confirmed by a peak of the autocorrelation
 * (the AUTOPERIOD method of Vlachos, Yu and Castelli, 2005).
 */
export function detectPeriods(y: readonly number[], min: number, max: number): Period[] {
  const n = y.length;
  const [shortest, longest] = [Math.max(SHORTEST, min), Math.min(n / 2, max)];
  if (n < 2 * SHORTEST) return [];
  const { power, correlation } = spectrum(y);
  if (!(correlation[0]! > 1e-12)) return [];
  const half = n >> 1;
  const noise = power.subarray(1, half + 1).reduce((sum, value) => sum + value, 0) / half;
  // the level that the largest of `half` noise powers stays under 95 times in 100
  const threshold = -noise * Math.log(1 - 0.95 ** (1 / half));
  const found = new Map<number, number>();
  for (let k = 2; k <= half; k++) {
    if (power[k]! <= threshold) continue;
    const from = Math.max(Math.floor(n / (k + 1)), 2);
    const to = Math.min(Math.ceil(n / (k - 1)), n - 2);
    for (let lag = from; lag <= to; lag++) {
      if (lag >= shortest && lag <= longest && isPeak(correlation, lag)) found.set(lag, scoreOf(correlation, lag));
    }
  }
  return [...found].map(([length, score]) => ({ length, score })).sort((a, b) => b.score - a.score);
}

/** `series_periods_detect`: so many periods and their scores, filled up with zeros. */
export function seriesPeriodsDetect(series: Cell, min: Cell, max: Cell, count: Cell): string | null {
  const y = wholeSeries(series);
  if (!y) return null;
  const wanted = Math.min(Math.max(Number(count ?? 1), 0), y.length);
  const found = detectPeriods(y, Number(min), Number(max)).slice(0, wanted);
  const padded = Array.from({ length: wanted }, (_, i) => found[i] ?? { length: 0, score: 0 });
  return `[${realsJson(padded.map(({ length }) => length))},${realsJson(padded.map(({ score }) => score))}]`;
}

/** `series_periods_validate`: the scores of given periods; 0 where the autocorrelation has no peak. */
export function seriesPeriodsValidate(series: Cell, periods: Cell): string | null {
  const [y, lengths] = [wholeSeries(series), wholeSeries(periods)];
  if (!y || !lengths || y.length === 0) return null;
  const { correlation } = spectrum(y);
  const scores = lengths.map((length) => {
    const lag = Math.round(length);
    if (length < SHORTEST || length > y.length / 2 || lag + 1 >= y.length || !(correlation[0]! > 1e-12)) return 0;
    return isPeak(correlation, lag) ? scoreOf(correlation, lag) : 0;
  });
  return `[${realsJson(lengths)},${realsJson(scores)}]`;
}
