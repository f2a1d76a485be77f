import { betaShare } from './beta.js';

/** Mean, variance and count of a sample. */
type Sample = readonly [mean: number, variance: number, count: number];

/** The two-sided p-value of Welch's t-test that both samples have one mean; NaN for samples too small to have a variance. */
export function welchTest([m1, v1, n1]: Sample, [m2, v2, n2]: Sample): number {
  const [a, b] = [v1 / n1, v2 / n2];
  const t = (m1 - m2) / Math.sqrt(a + b);
  const freedom = (a + b) ** 2 / (a ** 2 / (n1 - 1) + b ** 2 / (n2 - 1));
  return Number.isNaN(t) || !(freedom > 0) ? Number.NaN : betaShare(freedom / (freedom + t * t), freedom / 2, 0.5);
}
