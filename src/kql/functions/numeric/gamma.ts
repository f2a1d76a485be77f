/** Lanczos' coefficients for g = 607/128 and fifteen terms: fifteen digits over the positive numbers. */
const G = 607 / 128;
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** The logarithm of the gamma function of a positive number. */
export function logGamma(x: number): number {
  const sum = LANCZOS.reduce((total, of, i) => (i === 0 ? of : total + of / (x + i)), 0);
  const base = x + G + 0.5;
  return (x + 0.5) * Math.log(base) - base + HALF_LOG_2PI + Math.log(sum / x);
}

/** What Stirling's formula for log n! leaves out. Small, so that differences of large factorials keep their digits. */
export function stirlingRest(n: number): number {
  if (n <= 15) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_2PI;
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}
