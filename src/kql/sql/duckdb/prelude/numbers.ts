import type { Macros } from './macros.js';

/** Arithmetic and what is read from or written as a number. */
export const NUMBERS: Macros = {
  'kql_mod(a, b)': '((a % b) + abs(b)) % abs(b)',
  'kql_bin(a, b)': 'CASE WHEN b > 0 THEN a - (((a % b) + b) % b) END',
  'kql_bin_real(a, b)': 'CASE WHEN b > 0 THEN floor(a / b) * b END',
  'kql_percentile(x, p)': 'quantile_disc(x, p / 100)',
};
