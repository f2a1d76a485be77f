import type { Row } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { columnName, tableName } from './kind.js';
import { LOGS } from './logs.js';
import type { ZeekRecord } from './tsv.js';
import { kqlType } from './types.js';

/** Columns of exporters that any log may have: the sensor, and when the record was written. */
const EXPORTER: Readonly<Record<string, KqlType>> = { _system_name: 'string', _write_ts: 'datetime' };

/** The schemas of the known logs' tables. `ts` is TimeGenerated; the other columns have Zeek's names. */
export const SCHEMAS: Readonly<Record<string, Readonly<Record<string, KqlType>>>> = Object.fromEntries(
  [...LOGS].map(([path, log]) => {
    const columns: Record<string, KqlType> = { TimeGenerated: 'datetime' };
    for (const { name, type } of [...log.fields, ...log.more])
      if (name !== 'ts') columns[columnName(name)] = kqlType(type);
    return [tableName(path), { ...columns, ...EXPORTER }];
  }),
);

/** The row of a record in its log's own table. Without `ts`, the time of writing stands in. */
export function logRow({ values }: ZeekRecord): Row {
  const { ts, ...rest } = values;
  return { TimeGenerated: ts ?? values._write_ts, ...rest };
}
