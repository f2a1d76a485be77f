import { DuckDBInstance } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../kql/sql/duckdb/literal.js';
import { PARQUET_TYPE } from '../../kql/sql/duckdb/parquet.js';
import { parseIsoDatetime, TICKS_PER_SECOND, UNIX_EPOCH_TICKS } from '../../util/ticks.js';
import { plainText } from './cell.js';
import { jsonText } from './json-text.js';
import type { TableData } from './table.js';

/** Writes a table that is at hand as a Parquet file, of the same types as `Workspace.exportParquet` writes. Datetimes are timestamps in microseconds, in nanoseconds where 100 ns count. */
export async function writeParquet({ columns, rows }: TableData, file: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const types = columns.map(({ type }, at) => (type === 'datetime' ? datetimeType(rows, at) : PARQUET_TYPE[type]));
    await connection.run(`CREATE TABLE texts (${columns.map((_, at) => `c${at} VARCHAR`).join(', ')})`);
    const appender = await connection.createAppender('texts');
    for (const row of rows) {
      for (const [at, value] of row.entries()) {
        if (value === null || value === undefined) appender.appendNull();
        else appender.appendVarchar(columns[at]!.type === 'dynamic' ? jsonText(value) : plainText(value));
      }
      appender.endRow();
    }
    appender.closeSync();
    const items = columns.map(({ name }, at) => `CAST(c${at} AS ${types[at]}) AS ${quoteName(name)}`);
    await connection.run(`COPY (SELECT ${items.join(', ')} FROM texts) TO ${quoteText(file)} (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const NANOSECONDS_FROM = UNIX_EPOCH_TICKS - 9_223_372_036n * TICKS_PER_SECOND;
const NANOSECONDS_TO = UNIX_EPOCH_TICKS + 9_223_372_036n * TICKS_PER_SECOND;

function datetimeType(rows: TableData['rows'], at: number): string {
  const values = rows.flatMap((row) => (typeof row[at] === 'string' ? [row[at] as string] : []));
  if (values.every((value) => value.endsWith('0Z'))) return 'TIMESTAMP';
  return values.every(fitsNanoseconds) ? 'TIMESTAMP_NS' : 'VARCHAR';
}

const fitsNanoseconds = (value: string): boolean => {
  const ticks = parseIsoDatetime(value) ?? 0n;
  return ticks > NANOSECONDS_FROM && ticks < NANOSECONDS_TO;
};
