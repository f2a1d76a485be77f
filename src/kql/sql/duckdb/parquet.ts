import type { Column, KqlType } from '../../types.js';
import { quoteName, quoteText } from './literal.js';
import { TICKS_1970 } from './prelude/ticks.js';

/** How the datetimes of a column are written: the first of these that holds all of them exactly. */
export const DATETIME_FORMS = ['TIMESTAMP', 'TIMESTAMP_NS', 'VARCHAR'] as const;
export type DatetimeForm = (typeof DATETIME_FORMS)[number];

/** Parquet types of columns; timespans, decimals and what has no exact form there are texts. */
export const PARQUET_TYPE: Readonly<Record<Exclude<KqlType, 'datetime'>, string>> = {
  bool: 'BOOLEAN',
  int: 'INTEGER',
  long: 'BIGINT',
  real: 'DOUBLE',
  decimal: 'VARCHAR',
  string: 'VARCHAR',
  timespan: 'VARCHAR',
  guid: 'UUID',
  dynamic: 'JSON',
};

/**
 * COPY of a query's rows to a Parquet file. A datetime that its column's form does not hold ends it with an error
 * that `unfitColumn` reads.
 */
export function printParquetCopy(
  sql: string,
  columns: readonly Column[],
  forms: ReadonlyMap<number, DatetimeForm>,
  limit: number,
  file: string,
): string {
  const names = columns.map((_, at) => `c${at}`);
  const items = columns.map(
    ({ name, type }, at) => `${item(names[at]!, type, at, forms.get(at) ?? 'TIMESTAMP')} AS ${quoteName(name)}`,
  );
  const rows = `(${sql}) AS rows(${names.join(', ')})${Number.isFinite(limit) ? ` LIMIT ${limit}` : ''}`;
  return `COPY (SELECT ${items.join(', ')} FROM ${rows}) TO ${quoteText(file)} (FORMAT parquet)`;
}

const MARK = 'datetime does not fit column ';

/** The column that a failed copy has to write in its next form. */
export function unfitColumn(error: unknown): number | undefined {
  const at = error instanceof Error ? error.message.indexOf(MARK) : -1;
  return at < 0 ? undefined : Number.parseInt((error as Error).message.slice(at + MARK.length), 10);
}

const DECIMAL = "CASE WHEN contains($, '.') THEN rtrim(rtrim($, '0'), '.') ELSE $ END";

function item(name: string, type: KqlType, at: number, form: DatetimeForm): string {
  switch (type) {
    case 'datetime':
      return datetime(name, form, `error('${MARK}${at}')`);
    case 'timespan':
      return `nullif(kql_timespan_text(${name}), '')`;
    case 'string':
      return `coalesce(${name}, '')`;
    case 'decimal':
      return DECIMAL.replaceAll('$', `CAST(${name} AS VARCHAR)`);
    default:
      return `CAST(${name} AS ${PARQUET_TYPE[type]})`;
  }
}

/** Nanoseconds of 64 bits reach from 1677-09-21 to 2262-04-11. */
const NANOSECONDS_TICKS = '92233720368547758';

function datetime(name: string, form: DatetimeForm, unfit: string): string {
  const since = `(${name} - ${TICKS_1970})`;
  switch (form) {
    case 'TIMESTAMP':
      return `CASE WHEN ${name} IS NULL THEN NULL WHEN ${name} % 10 = 0 THEN make_timestamp(${since} // 10) ELSE ${unfit} END`;
    case 'TIMESTAMP_NS':
      return `CASE WHEN ${name} IS NULL THEN NULL WHEN abs(${since}) < ${NANOSECONDS_TICKS} THEN make_timestamp_ns(${since} * 100) ELSE ${unfit} END`;
    case 'VARCHAR':
      return `nullif(kql_datetime_text(${name}), '')`;
  }
}
