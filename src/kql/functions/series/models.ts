import { scalars } from '../registry.js';
import { seriesAnomalies, seriesDecompose, seriesForecast, seriesSeasonal } from './decompose.js';
import { seriesFitLine, seriesFitPoly, seriesFitTwoLines, seriesFitTwoLinesBag } from './fit.js';
import { seriesFourier } from './fourier.js';
import { seriesOutliers } from './outliers.js';
import { seriesPeriodsDetect, seriesPeriodsValidate } from './periods.js';
import { seriesStats } from './stats.js';
import type { Cell } from './values.js';

type Js = (...args: readonly Cell[]) => Cell;
const twoDynamics = ['dynamic', 'dynamic'] as const;
const SEASONS = 'The period with the best score may differ where several are about as good.';
const QUANTILES = 'Quantiles are interpolated between the two nearest values.';

/** What is fitted to a series or found in it. Functions with several results give them as an array, in their columns' order. */
export const SERIES_MODELS = scalars([
  {
    name: 'series_stats',
    args: ['dynamic', 'bool'],
    returns: 'dynamic',
    js: seriesStats as Js,
    examples: [
      [
        'toscalar(print 1 | extend (low, at, high) = series_stats(dynamic([23,46,8,87])) | project strcat(low, " ", at, " ", high))',
        '8.0 2 87.0',
      ],
    ],
  },
  {
    name: 'series_fit_line',
    args: ['dynamic'],
    returns: 'dynamic',
    js: seriesFitLine as Js,
    examples: [
      [
        'toscalar(print 1 | extend (r2, slope) = series_fit_line(dynamic([1,3,5])) | project strcat(r2, " ", slope))',
        '1.0 2.0',
      ],
    ],
  },
  {
    name: 'series_fit_2lines',
    args: ['dynamic'],
    returns: 'dynamic',
    js: seriesFitTwoLines as Js,
    examples: [
      [
        'toscalar(print 1 | extend (r2, at) = series_fit_2lines(dynamic([1,2,3,4,9,7,5,3])) | project strcat(r2, " ", at))',
        '1.0 4',
      ],
    ],
  },
  {
    name: 'series_fit_2lines_dynamic',
    args: ['dynamic'],
    returns: 'dynamic',
    js: seriesFitTwoLinesBag as Js,
    examples: [['series_fit_2lines_dynamic(dynamic([1,2,3,4,9,7,5,3])).right.slope', '-2']],
  },
  {
    name: 'series_fit_poly',
    args: ['dynamic', 'dynamic', 'long'],
    returns: 'dynamic',
    js: seriesFitPoly as Js,
    examples: [
      [
        'toscalar(print 1 | extend (r2, c) = series_fit_poly(dynamic([1,4,9,16]), dynamic([1,2,3,4]), int(2)) | project round(todouble(c[0]), 6))',
        '1.0',
      ],
    ],
  },
  {
    name: 'series_fft',
    args: twoDynamics,
    returns: 'dynamic',
    js: seriesFourier(false) as Js,
    examples: [['toscalar(print 1 | extend (re, im) = series_fft(dynamic([1,0,0,0])) | project re)', '[1,1,1,1]']],
  },
  {
    name: 'series_ifft',
    args: twoDynamics,
    returns: 'dynamic',
    js: seriesFourier(true) as Js,
    examples: [
      [
        'toscalar(print 1 | extend (re, im) = series_ifft(dynamic([1,1,1,1]), dynamic([0,0,0,0])) | project re)',
        '[1,0,0,0]',
      ],
    ],
  },
  {
    name: 'series_outliers',
    args: ['dynamic', 'string', 'real', 'real', 'real'],
    returns: 'dynamic',
    js: seriesOutliers as Js,
    differs: QUANTILES,
    examples: [['series_outliers(dynamic([1,2,3,4,5,6,7,8,9,10,100]))', '[-0.125,0,0,0,0,0,0,0,0,0,11.25]']],
  },
  {
    name: 'series_periods_detect',
    args: ['dynamic', 'real', 'real', 'long'],
    returns: 'dynamic',
    js: seriesPeriodsDetect as Js,
    differs: 'Scores may differ after the second digit.',
    examples: [
      [
        'toscalar(print 1 | extend (p, s) = series_periods_detect(dynamic([1,2,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2]), 0.0, 12.0, 1) | project p)',
        '[6]',
      ],
    ],
  },
  {
    name: 'series_periods_validate',
    args: (index) => (index === 0 ? 'dynamic' : 'real'),
    returns: 'dynamic',
    duckdb: ([series, ...periods]) =>
      `CAST(kql_js_series_periods_of(${series!.sql}, CAST(to_json([${periods.map((of) => `CASE WHEN isfinite(${of.sql}) THEN ${of.sql} END`).join(', ')}]) AS VARCHAR)) AS JSON)`,
    differs: 'Scores may differ after the second digit.',
    examples: [
      [
        'toscalar(print 1 | extend (p, s) = series_periods_validate(dynamic([1,2,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2,1,2,3,4,3,2]), 6.0, 8.0) | project s[1])',
        '0',
      ],
    ],
  },
  {
    name: 'series_periods_of',
    args: twoDynamics,
    returns: 'dynamic',
    internal: true,
    js: seriesPeriodsValidate as Js,
    examples: [],
  },
  {
    name: 'series_seasonal',
    args: ['dynamic', 'long'],
    returns: 'dynamic',
    js: seriesSeasonal as Js,
    differs: SEASONS,
    examples: [
      ['series_seasonal(dynamic([1,3,5,1,3,5,2,4,6]), 3)', '[1,3,5,1,3,5,1,3,5]'],
      [
        'series_seasonal(dynamic([8,12,14,12,10,10,12,14,12,10,10,12,14,12,10,10,12,14,12,10]))',
        '[10,12,14,12,10,10,12,14,12,10,10,12,14,12,10,10,12,14,12,10]',
      ],
    ],
  },
  {
    name: 'series_decompose',
    args: ['dynamic', 'long', 'string', 'long', 'real'],
    returns: 'dynamic',
    js: seriesDecompose as Js,
    differs: SEASONS,
    examples: [
      [
        'toscalar(print 1 | extend (base, season, trend, rest) = series_decompose(dynamic([1,2,3,4]), 0, "linefit") | project base)',
        '[1,2,3,4]',
      ],
    ],
  },
  {
    name: 'series_decompose_forecast',
    args: ['dynamic', 'long', 'long', 'string', 'real'],
    returns: 'dynamic',
    js: seriesForecast as Js,
    differs: SEASONS,
    examples: [
      [
        'toscalar(print 1 | extend f = series_decompose_forecast(dynamic([1,2,3,0]), 1, 0, "linefit") | project f)',
        '[1,2,3,4]',
      ],
    ],
  },
  {
    name: 'series_decompose_anomalies',
    args: ['dynamic', 'real', 'long', 'string', 'long', 'string', 'real'],
    returns: 'dynamic',
    js: seriesAnomalies as Js,
    differs: `${SEASONS} ${QUANTILES}`,
    examples: [
      [
        'toscalar(print 1 | extend (flag, score, base) = series_decompose_anomalies(dynamic([1,2,1,2,1,2,1,2,50,1,2,1])) | project flag)',
        '[0,0,0,0,0,0,0,0,1,0,0,0]',
      ],
    ],
  },
]);
