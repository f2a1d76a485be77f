import { betaDensity, betaQuantile, betaShare } from './numeric/beta.js';
import { erf, erfc } from './numeric/erf.js';
import { welchTest } from './numeric/welch.js';
import { scalars } from './registry.js';

type Cell = string | bigint | number | boolean | null;

const beta = { args: ['real', 'real', 'real'], returns: 'real' } as const;
const number = { args: ['real'], returns: 'real' } as const;
const MOST = 10_000;

/** A function of numbers that is null where one of them is. */
const ofNumbers =
  (of: (...numbers: number[]) => number | null) =>
  (...cells: readonly Cell[]): number | null =>
    cells.some((cell) => cell === null) ? null : of(...cells.map(Number));

/** The error functions, the beta distribution and a test of two means. */
export const DISTRIBUTIONS = scalars([
  {
    name: 'erf',
    ...number,
    js: ofNumbers((x) => erf(x!)),
    examples: [
      ['erf(0)', '0.0'],
      ['erf(1)', '0.842700792949715'],
      ['round(erf(-2), 12)', '-0.995322265019'],
    ],
  },
  {
    name: 'erfc',
    ...number,
    js: ofNumbers((x) => erfc(x!)),
    examples: [
      ['erfc(1)', '0.157299207050285'],
      ['erfc(-1)', '1.84270079294971'],
    ],
  },
  {
    name: 'beta_cdf',
    ...beta,
    js: ofNumbers((x, a, b) => {
      if (!(x! >= 0 && x! <= 1) || a! > MOST || b! <= 0 || b! > MOST) return Number.NaN;
      return a! <= 0 ? 1 : betaShare(x!, a!, b!);
    }),
    examples: [
      ['beta_cdf(0.5, 2, 2)', '0.5'],
      ['round(beta_cdf(0.1, 10, 20), 15)', '0.000332596034545'],
      ['beta_cdf(1.5, 10, 20)', 'NaN'],
    ],
  },
  {
    name: 'beta_inv',
    ...beta,
    js: ofNumbers((p, a, b) => {
      if (!(p! > 0 && p! <= 1)) return null;
      return a! <= 0 || b! <= 0 ? Number.NaN : betaQuantile(p!, a!, b!);
    }),
    examples: [
      ['round(beta_inv(0.1, 10, 20), 14)', '0.22641502238875'],
      ['isnull(beta_inv(1.5, 10, 20))', 'True'],
      ['beta_inv(0.1, -1, 20)', 'NaN'],
    ],
  },
  {
    name: 'beta_pdf',
    ...beta,
    js: ofNumbers((x, a, b) => (x! > 0 && x! < 1 && a! > 0 && b! > 0 ? betaDensity(x!, a!, b!) : Number.NaN)),
    examples: [
      ['round(beta_pdf(0.5, 10, 20), 12)', '0.746176019311'],
      ['beta_pdf(1.5, 10, 20)', 'NaN'],
    ],
  },
  {
    name: 'welch_test',
    args: ['real', 'real', 'real', 'real', 'real', 'real'],
    returns: 'real',
    js: ofNumbers((m1, v1, n1, m2, v2, n2) => welchTest([m1!, v1!, n1!], [m2!, v2!, n2!])),
    examples: [['round(welch_test(20.0, 4.0, 10, 22.0, 9.0, 12), 6)', '0.077546']],
  },
]);
