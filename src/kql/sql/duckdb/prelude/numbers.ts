import type { Macros } from './macros.js';

/** Arithmetic and what is read from or written as a number. */
export const NUMBERS: Macros = {
  'kql_mod(a, b)': '((a % b) + abs(b)) % abs(b)',
  'kql_bin(a, b)': 'CASE WHEN b > 0 THEN a - (((a % b) + b) % b) END',
  'kql_bin_real(a, b)': 'CASE WHEN b > 0 THEN floor(a / b) * b END',
  // the upper and lower 32 bits of a hash
  'kql_halves(h)': '[(h - (h & 4294967295)) // 4294967296, h & 4294967295]',
  'kql_percentile(x, p)': 'quantile_disc(x, p / 100)',
  // a real beyond the range becomes its end, a long keeps its low 32 bits
  'kql_real_long(x)':
    'CASE WHEN isinf(x) THEN NULL WHEN x >= 9223372036854775807e0 THEN 9223372036854775807 WHEN x <= -9223372036854775808e0 THEN -9223372036854775807 - 1 ELSE TRY_CAST(trunc(x) AS BIGINT) END',
  'kql_real_int(x)':
    'CASE WHEN isinf(x) THEN NULL WHEN x >= 2147483647e0 THEN 2147483647 WHEN x <= -2147483648e0 THEN -2147483648 ELSE TRY_CAST(trunc(x) AS INTEGER) END',
  // the low 64 bits of a HUGEINT
  'kql_wrap_long(x)': `CAST(CASE WHEN x BETWEEN -9223372036854775807 - 1 AND 9223372036854775807 THEN x
    ELSE ((x + 9223372036854775808) % 18446744073709551616 + 18446744073709551616) % 18446744073709551616 - 9223372036854775808 END AS BIGINT)`,
  'kql_wrap_int(x)': 'CAST(((x & 4294967295) + 2147483648) % 4294967296 - 2147483648 AS INTEGER)',
};
