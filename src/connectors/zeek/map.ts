import type { KqlType } from '../../kql/types.js';
import { columnName, TIME, tableName } from './kind.js';
import { LOGS } from './logs.js';
import { kqlType } from './types.js';

/** Columns of exporters that any log may have: the sensor, and when the record was written. */
const EXPORTER: Readonly<Record<string, KqlType>> = { _system_name: 'string', _write_ts: 'datetime' };

/** The schemas of the known logs' tables. `ts` is TimeGenerated; the other columns have Zeek's names. */
export const SCHEMAS: Readonly<Record<string, Readonly<Record<string, KqlType>>>> = Object.fromEntries(
  [...LOGS].map(([path, log]) => {
    const columns: Record<string, KqlType> = { [TIME]: 'datetime' };
    for (const { name, type } of [...log.fields, ...log.more]) columns[columnName(name)] = kqlType(type);
    return [tableName(path), { ...columns, ...EXPORTER }];
  }),
);
