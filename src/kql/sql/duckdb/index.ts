import type { Dialect } from '../dialect.js';
import { printQuery } from './rel.js';

/** DuckDB's dialect. Macros and functions named `kql_…` come from the engine's prelude. */
export const duckdb: Dialect = {
  name: 'duckdb',
  print: printQuery,
  overflowed: (error) =>
    error instanceof Error &&
    /^Out of Range Error: Overflow (in|on)|^Conversion Error: Type INT128 with value/.test(error.message),
};
