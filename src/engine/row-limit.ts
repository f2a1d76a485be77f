import type { Diagnostic } from '../kql/parse/diagnostics.js';
import { DEFAULT_ROW_LIMIT } from './query-types.js';

/** What a result is cut at: the caller's limit, or a lower one of the query's; the query alone may raise the default. */
export const rowsWanted = (caller: number | undefined, query: number | undefined): number =>
  caller === undefined ? (query ?? DEFAULT_ROW_LIMIT) : Math.min(caller, query ?? caller);

/** Said of a result that has more rows than were given. */
export const cutAt = (rows: number): Diagnostic => ({
  code: 'row-limit',
  severity: 'warning',
  message: `The result was cut at ${rows.toLocaleString('en')} rows; --max-rows none (rowLimit in the Node API), or set notruncation in the query, gives all.`,
});
