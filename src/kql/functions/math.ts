import { scalars } from './registry.js';

export const MATH = scalars([
  { name: 'abs', args: ['number'], returns: 'common', duckdb: 'abs($1)', examples: [['abs(-5)', '5']] },
  {
    name: 'round',
    args: ['real', 'long'],
    returns: 'real',
    duckdb: ([value, digits]) => `round(${value!.sql}, CAST(${digits?.sql ?? '0'} AS INTEGER))`,
    examples: [['round(2.98765, 3)', '2.988']],
  },
]);
