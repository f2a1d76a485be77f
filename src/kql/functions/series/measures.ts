import { scalars } from '../registry.js';
import { type Cell, pairsOf, pointsOf, realJson, realsJson, wholeSeries } from './values.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const squares = (values: readonly number[]): number => {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2));
};

/** The two operands' numbers side by side, or null when a point is missing. */
function wholePairs(a: Cell | undefined, b: Cell | undefined): [number, number][] | null {
  const pairs = pairsOf(a, b);
  return pairs?.every((pair): pair is [number, number] => pair[0] !== null && pair[1] !== null) ? pairs : null;
}

function pearson(a: Cell | undefined, b: Cell | undefined): number | null {
  const pairs = wholePairs(a, b);
  if (!pairs || pairs.length === 0) return null;
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  const [mx, my] = [mean(xs), mean(ys)];
  return sum(pairs.map(([x, y]) => (x - mx) * (y - my))) / Math.sqrt(squares(xs) * squares(ys));
}

/** Smallest, largest (with their first places), average, sample deviation and variance, sum and length. */
function statistics(json: Cell | undefined, ignoreMissing: boolean): string | null {
  const points = pointsOf(json);
  if (!points) return null;
  const places = points.flatMap((point, i) => (point !== null && Number.isFinite(point) ? [i] : []));
  if (places.length === 0 || (!ignoreMissing && places.length < points.length)) return null;
  const values = places.map((i) => points[i]!);
  const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const variance = values.length > 1 ? squares(values) / (values.length - 1) : 0;
  const fields: [string, string][] = [
    ['min', realJson(min)],
    ['min_idx', String(places[values.indexOf(min)])],
    ['max', realJson(max)],
    ['max_idx', String(places[values.indexOf(max)])],
    ['avg', realJson(mean(values))],
    ['stdev', realJson(Math.sqrt(variance))],
    ['variance', realJson(variance)],
    ['sum', realJson(sum(values))],
    ['len', String(points.length)],
  ];
  return `{${fields.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
}

/** The line of least squares through the points (1, y₁), (2, y₂), …: variances are over n − 1. */
function fitLine(json: Cell | undefined): string | null {
  const ys = wholeSeries(json);
  if (!ys || ys.length < 2) return null;
  const xs = ys.map((_, i) => i + 1);
  const [mx, my] = [mean(xs), mean(ys)];
  const slope = sum(xs.map((x, i) => (x - mx) * (ys[i]! - my))) / squares(xs);
  const interception = my - slope * mx;
  const line = xs.map((x) => interception + slope * x);
  const residual = sum(ys.map((y, i) => (y - line[i]!) ** 2));
  const total = squares(ys);
  const fields: [string, string][] = [
    ['rsquare', realJson(total === 0 ? 1 : 1 - residual / total)],
    ['slope', realJson(slope)],
    ['variance', realJson(total / (ys.length - 1))],
    ['rvariance', realJson(residual / (ys.length - 1))],
    ['interception', realJson(interception)],
    ['line_fit', realsJson(line)],
  ];
  return `{${fields.map(([key, value]) => `"${key}":${value}`).join(',')}}`;
}

/** The series through a filter of coefficients; centered, each point is the filter's middle. */
function fir(
  json: Cell | undefined,
  filter: Cell | undefined,
  normalize: Cell | undefined,
  center: boolean,
): string | null {
  const [points, coefficients] = [pointsOf(json), wholeSeries(filter)];
  if (!points || !coefficients || coefficients.length === 0) return null;
  const negative = coefficients.some((of) => of < 0);
  if (normalize === true && negative) return null;
  const scale = (normalize ?? !negative) ? sum(coefficients) : 1;
  const shift = center ? coefficients.length >> 1 : 0;
  return realsJson(points.map((_, i) => sum(coefficients.map((of, j) => of * (points[i - j + shift] ?? 0))) / scale));
}

/** The series through a recursive filter: its own earlier results count with the denominators. */
function iir(json: Cell | undefined, numerators: Cell | undefined, denominators: Cell | undefined): string | null {
  const [points, b, a] = [pointsOf(json), wholeSeries(numerators), wholeSeries(denominators)];
  if (!points || !b || !a?.[0]) return null;
  const out: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const input = sum(b.map((of, j) => of * (points[i - j] ?? 0)));
    out.push((input - sum(a.slice(1).map((of, j) => of * (out[i - j - 1] ?? 0)))) / a[0]);
  }
  return realsJson(out);
}

/** What a series comes to, and series made by filters. */
export const SERIES_MEASURES = scalars([
  {
    name: 'series_sum',
    args: ['dynamic'],
    returns: 'real',
    js: (json) => {
      const points = wholeSeries(json);
      return points && sum(points);
    },
    examples: [['series_sum(dynamic([1, 2, 3]))', '6.0']],
  },
  {
    name: 'series_product',
    args: ['dynamic'],
    returns: 'real',
    js: (json) => wholeSeries(json)?.reduce((product, value) => product * value, 1) ?? null,
    examples: [['series_product(dynamic([1, 2, 3, 4]))', '24.0']],
  },
  {
    name: 'series_magnitude',
    args: ['dynamic'],
    returns: 'real',
    js: (json) => {
      const points = wholeSeries(json);
      return points && Math.sqrt(sum(points.map((point) => point * point)));
    },
    examples: [['series_magnitude(dynamic([3, 4]))', '5.0']],
  },
  {
    name: 'series_dot_product',
    args: ['dynamic', 'dynamic'],
    returns: 'real',
    js: (a, b) => {
      const pairs = wholePairs(a, b);
      return pairs && sum(pairs.map(([x, y]) => x * y));
    },
    examples: [['series_dot_product(dynamic([1, 2]), dynamic([3, 4]))', '11.0']],
  },
  {
    name: 'series_cosine_similarity',
    args: ['dynamic', 'dynamic'],
    returns: 'real',
    js: (a, b) => {
      const pairs = wholePairs(a, b);
      if (!pairs) return null;
      const of = (which: 0 | 1): number => Math.sqrt(sum(pairs.map((pair) => pair[which] ** 2)));
      return sum(pairs.map(([x, y]) => x * y)) / (of(0) * of(1));
    },
    examples: [['series_cosine_similarity(dynamic([0, 2]), dynamic([0, 5]))', '1.0']],
  },
  {
    name: 'series_pearson_correlation',
    args: ['dynamic', 'dynamic'],
    returns: 'real',
    js: (a, b) => pearson(a, b),
    examples: [['series_pearson_correlation(dynamic([1, 2, 3]), dynamic([3, 2, 1]))', '-1.0']],
  },
  {
    name: 'series_stats_dynamic',
    args: ['dynamic', 'bool'],
    returns: 'dynamic',
    js: (json, ignore) => statistics(json, ignore === true),
    examples: [
      [
        'series_stats_dynamic(dynamic([3, 1, 2]))',
        '{"min":1,"min_idx":1,"max":3,"max_idx":0,"avg":2,"stdev":1,"variance":1,"sum":6,"len":3}',
      ],
    ],
  },
  {
    name: 'series_fit_line_dynamic',
    args: ['dynamic'],
    returns: 'dynamic',
    js: (json) => fitLine(json),
    examples: [
      [
        'series_fit_line_dynamic(dynamic([1, 3, 5]))',
        '{"rsquare":1,"slope":2,"variance":4,"rvariance":0,"interception":-1,"line_fit":[1,3,5]}',
      ],
    ],
  },
  {
    name: 'series_fir',
    args: ['dynamic', 'dynamic', 'bool', 'bool'],
    returns: 'dynamic',
    js: (json, filter, normalize, center) => fir(json, filter, normalize, center === true),
    examples: [
      ['series_fir(dynamic([5, 15, 10, 20]), dynamic([1, -1]), false, false)', '[5,10,-5,10]'],
      ['series_fir(dynamic([3, 6, 9]), dynamic([1, 1, 1]), true, true)', '[3,6,5]'],
    ],
  },
  {
    name: 'series_iir',
    args: ['dynamic', 'dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (json, numerators, denominators) => iir(json, numerators, denominators),
    examples: [['series_iir(dynamic([1, 2, 3]), dynamic([1]), dynamic([1, -1]))', '[1,3,6]']],
  },
]);
