import { continuedFraction } from './continued-fraction.js';

/** From here on the continued fraction of erfc is quick and 1 - erf has lost digits. */
const FAR = 2;

/** The error function. */
export function erf(x: number): number {
  if (Math.abs(x) >= FAR || Number.isNaN(x)) return 1 - erfc(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** 1 - erf(x), precise also where that is tiny. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  if (x < 0.5) return 1 - erf(x);
  if (x === Infinity) return 0;
  // x + (1/2)/(x + 1/(x + (3/2)/(x + 2/(x + …
  const fraction = continuedFraction(x, (n) => ({ over: n / 2, under: x }));
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
