import type { KqlType } from '../../types.js';
import type { Example, ScalarFunction } from '../registry.js';
import type { Cell } from './geojson.js';

export interface GeoRow {
  readonly name: string;
  /** The types of the arguments; one with a default, as SQL in which $1 is the first argument, may be left out. */
  readonly args: readonly (KqlType | readonly [type: KqlType, fallback: string])[];
  readonly returns: KqlType;
  readonly js: (...args: readonly Cell[]) => Cell;
  readonly differs?: string;
  readonly examples: readonly Example[];
}

/** A registry row of a geospatial function: JavaScript, with its own defaults for arguments left out (not for nulls). */
export function geoRow({ args, js, ...row }: GeoRow): Omit<ScalarFunction, 'kind'> {
  const defaults = args.map((of) => (typeof of === 'string' ? 'NULL' : of[1]));
  const called = (given: readonly { readonly sql: string }[]): string => {
    const filled = defaults.map((fallback, i) => given[i]?.sql ?? fallback.replace('$1', () => given[0]!.sql));
    return `kql_js_${row.name}(${filled.join(', ')})`;
  };
  return {
    ...row,
    args: args.map((of) => (typeof of === 'string' ? of : of[0])),
    js: (...given) => js(...given) ?? null,
    duckdb: (given) =>
      row.returns === 'dynamic'
        ? `CAST(${called(given)} AS JSON)`
        : row.returns === 'string'
          ? `coalesce(${called(given)}, '')`
          : called(given),
  };
}
