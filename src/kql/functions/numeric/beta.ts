import { continuedFraction } from './continued-fraction.js';
import { stirlingRest } from './gamma.js';

/** x log(x / m) + m - x, kept precise where x is near m. */
function deviance(x: number, m: number): number {
  const v = (x - m) / (x + m);
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x;
  let sum = (x - m) * v;
  let term = 2 * x * v;
  for (let j = 1; ; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}

/** The binomial probability of k in n, for real k and n: its factorials never grow large (Loader's saddle point). */
function binomial(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  const rest = stirlingRest(n) - stirlingRest(k) - stirlingRest(n - k);
  const far = deviance(k, n * p) + deviance(n - k, n * (1 - p));
  return Math.exp(rest - far) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** The density of the beta distribution at 0 < x < 1, for a, b > 0. */
export function betaDensity(x: number, a: number, b: number): number {
  if (a < 1 && b < 1) return ((a * b) / ((a + b) * x * (1 - x))) * binomial(a, a + b, x);
  if (a < 1) return (a / x) * binomial(a, a + b - 1, x);
  if (b < 1) return (b / (1 - x)) * binomial(a - 1, a + b - 1, x);
  return (a + b - 1) * binomial(a - 1, a + b - 2, x);
}

/** The share of the beta distribution below 0 <= x <= 1 (the regularized incomplete beta function), for a, b > 0. */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x > (a + 1) / (a + b + 2) ? 1 - lowerShare(1 - x, b, a) : lowerShare(x, a, b);
}

function lowerShare(x: number, a: number, b: number): number {
  const fraction = continuedFraction(1, (n) => {
    const m = n >> 1;
    const over =
      n % 2 === 0
        ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
        : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    return { over, under: 1 };
  });
  return (betaDensity(x, a, b) * x * (1 - x)) / (a * fraction);
}

/** The x below which that share of the beta distribution lies: Newton's steps, halving where one would leave the bracket. */
export function betaQuantile(share: number, a: number, b: number): number {
  if (share <= 0) return 0;
  if (share >= 1) return 1;
  let [low, high] = [0, 1];
  let x = a / (a + b);
  for (let i = 0; i < 2000 && low < high; i++) {
    const off = betaShare(x, a, b) - share;
    if (off === 0) return x;
    if (off < 0) low = x;
    else high = x;
    const newton = x - off / betaDensity(x, a, b);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (next === x || Math.abs(next - x) <= 1e-16 * next) return next;
    x = next;
  }
  return x;
}
