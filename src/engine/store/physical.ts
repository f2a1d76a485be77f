import type { KqlType } from '../../kql/types.js';

const MICROSECONDS_0001_TO_1970 = 62_135_596_800_000_000n;

/** What plain DuckDB users see of a stored column: real timestamps and intervals instead of ticks. */
export function viewExpression(column: string, type: KqlType): string {
  if (type === 'datetime')
    return `CASE WHEN ${column} BETWEEN 0 AND 3155378975999999999 THEN make_timestamp(${column} // 10 - ${MICROSECONDS_0001_TO_1970}) END`;
  return type === 'timespan' ? `to_microseconds(${column} // 10)` : column;
}
