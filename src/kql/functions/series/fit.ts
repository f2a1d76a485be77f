import { mean, variance } from './moments.js';
import { type Cell, realJson, realsJson, wholeSeries } from './values.js';

export interface Line {
  readonly rsquare: number;
  readonly slope: number;
  readonly variance: number;
  readonly rvariance: number;
  readonly interception: number;
  readonly fit: readonly number[];
}

/** Least squares of a series over 1, 2, 3, … */
export function fitLine(y: readonly number[]): Line {
  const n = y.length;
  const [cx, cy] = [(n + 1) / 2, mean(y)];
  let [xy, xx] = [0, 0];
  for (let i = 0; i < n; i++) {
    xy += (i + 1 - cx) * (y[i]! - cy);
    xx += (i + 1 - cx) ** 2;
  }
  const slope = xx === 0 ? 0 : xy / xx;
  const interception = cy - slope * cx;
  const fit = y.map((_, i) => interception + slope * (i + 1));
  return { slope, interception, fit, ...quality(y, fit) };
}

/** How much of the variance a fit explains, and what it leaves. */
function quality(y: readonly number[], fit: readonly number[]): Pick<Line, 'rsquare' | 'variance' | 'rvariance'> {
  const all = variance(y);
  const left = variance(y.map((value, i) => value - fit[i]!));
  return { rsquare: all === 0 ? 1 : 1 - left / all, variance: all, rvariance: left };
}

export function seriesFitLine(series: Cell): string | null {
  const y = wholeSeries(series);
  if (!y || y.length === 0) return null;
  const line = fitLine(y);
  return `[${[line.rsquare, line.slope, line.variance, line.rvariance, line.interception].map(realJson).join(',')},${realsJson(line.fit)}]`;
}

const scalars = (line: Line): string =>
  `"rsquare":${realJson(line.rsquare)},"slope":${realJson(line.slope)},"variance":${realJson(line.variance)},"rvariance":${realJson(line.rvariance)},"interception":${realJson(line.interception)}`;

interface TwoLines {
  readonly split: number;
  readonly left: Line;
  readonly right: Line;
  readonly whole: Pick<Line, 'rsquare' | 'variance' | 'rvariance' | 'fit'>;
}

/** The split into two lines that leaves the least; each side has at least two points. */
function fitTwoLines(y: readonly number[]): TwoLines | null {
  let best: TwoLines | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let split = 2; split <= y.length - 2; split++) {
    const [left, right] = [fitLine(y.slice(0, split)), fitLine(y.slice(split))];
    const fit = [...left.fit, ...right.fit];
    const rest = y.reduce((sum, value, i) => sum + (value - fit[i]!) ** 2, 0);
    if (rest < least) {
      least = rest;
      best = { split, left, right, whole: { ...quality(y, fit), fit } };
    }
  }
  return best;
}

export function seriesFitTwoLines(series: Cell): string | null {
  const y = wholeSeries(series);
  const best = y && fitTwoLines(y);
  if (!best) return null;
  const { split, left, right, whole } = best;
  const side = (line: Line): string =>
    [line.rsquare, line.slope, line.interception, line.variance, line.rvariance].map(realJson).join(',');
  return `[${realJson(whole.rsquare)},${split},${realJson(whole.variance)},${realJson(whole.rvariance)},${realsJson(whole.fit)},${side(right)},${side(left)}]`;
}

export function seriesFitTwoLinesBag(series: Cell): string | null {
  const y = wholeSeries(series);
  const best = y && fitTwoLines(y);
  if (!best) return null;
  const { split, left, right, whole } = best;
  return (
    `{"rsquare":${realJson(whole.rsquare)},"split_idx":${split},"variance":${realJson(whole.variance)},"rvariance":${realJson(whole.rvariance)},` +
    `"line_fit":${realsJson(whole.fit)},"right":{${scalars(right)}},"left":{${scalars(left)}}}`
  );
}

/** `series_fit_poly`: the polynomial's coefficients from the highest power down, by Householder's QR. */
export function seriesFitPoly(series: Cell, xs: Cell | undefined, degree: Cell | undefined): string | null {
  const y = wholeSeries(series);
  const x = xs === null || xs === undefined ? y?.map((_, i) => i + 1) : wholeSeries(xs);
  const power = Number(degree ?? 1);
  if (!y || !x || x.length !== y.length || y.length <= power) return null;
  const coefficients = leastSquares(
    x.map((value) => Array.from({ length: power + 1 }, (_, i) => value ** (power - i))),
    y,
  );
  if (!coefficients) return null;
  const fit = x.map((value) => coefficients.reduce((sum, coefficient) => sum * value + coefficient, 0));
  const { rsquare, variance: all, rvariance } = quality(y, fit);
  return `[${realJson(rsquare)},${realsJson(coefficients)},${realJson(all)},${realJson(rvariance)},${realsJson(fit)}]`;
}

/** The least squares solution of `rows · result = right`; null when the columns depend on each other. */
function leastSquares(rows: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const a = rows.map((row, i) => [...row, right[i]!]);
  const width = rows[0]!.length;
  for (let column = 0; column < width; column++) {
    const norm = Math.hypot(...a.slice(column).map((row) => row[column]!));
    if (norm === 0) return null;
    const alpha = a[column]![column]! > 0 ? -norm : norm;
    const v = a.slice(column).map((row, i) => row[column]! - (i === 0 ? alpha : 0));
    const square = v.reduce((sum, value) => sum + value * value, 0);
    if (square === 0) continue;
    for (let j = column; j <= width; j++) {
      const scale = (2 * v.reduce((sum, value, i) => sum + value * a[column + i]![j]!, 0)) / square;
      for (let i = 0; i < v.length; i++) a[column + i]![j]! -= scale * v[i]!;
    }
  }
  const result: number[] = Array.from({ length: width }, () => 0);
  for (let i = width - 1; i >= 0; i--) {
    let rest = a[i]![width]!;
    for (let j = i + 1; j < width; j++) rest -= a[i]![j]! * result[j]!;
    if (Math.abs(a[i]![i]!) < 1e-300) return null;
    result[i] = rest / a[i]![i]!;
  }
  return result;
}
