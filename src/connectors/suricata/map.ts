import { type Cell, Reject, type Row } from '../../ingest/connector.js';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { parseIsoDatetime } from '../../util/ticks.js';
import { COMMON_FIELDS, FIELDS, nestedName } from './fields.js';
import { isObject, type Json } from './json.js';

/** The table of an event type: `Suricata_flow_CL`. */
export const tableName = (type: string): string => `Suricata_${type.replace(/[^A-Za-z0-9]+/g, '_')}_CL`;

/** The schemas of the known event types' tables. `timestamp` is TimeGenerated, nested fields are joined by `_`. */
export const SCHEMAS: Readonly<Record<string, ColumnTypes>> = Object.fromEntries(
  [...FIELDS].map(([type, columns]) => [
    tableName(type),
    { TimeGenerated: 'datetime', ...(columns as Readonly<Record<string, KqlType>>) },
  ]),
);

const COMMON = COMMON_FIELDS as ColumnTypes;

/**
 * The row of an event's own table. Objects are taken apart one level deep (`dns.rrname` is `dns_rrname`), what is nested
 * deeper is dynamic. Throws `Reject` when the event has no time.
 */
export function eventRow(event: Json, type: string): { table: string; row: Row; time: bigint } {
  const table = tableName(type);
  const schema = SCHEMAS[table] ?? COMMON;
  const time = eventTime(event.timestamp);
  const row: Row = { TimeGenerated: time };
  for (const key in event) {
    if (key === 'timestamp') continue;
    const value = event[key];
    const column = columnName(key);
    if (isObject(value) && schema[column] !== 'dynamic')
      for (const inner in value) put(row, schema, nestedColumn(column, inner), value[inner]);
    else put(row, schema, column, value);
  }
  return { table, row, time };
}

const put = (row: Row, schema: ColumnTypes, column: string, value: unknown): void => {
  const cell = toCell(value, schema[column]);
  if (cell !== null) row[column] = cell;
};

const names = new Map<string, string>();

function columnName(key: string): string {
  let name = names.get(key);
  if (name === undefined) {
    name = key.replace(/[^A-Za-z0-9_]/g, '_');
    // assigned to a row, it would be its prototype
    if (name === '__proto__') name = '_proto_';
    if (names.size < 10_000) names.set(key, name);
  }
  return name;
}

/** The column of a field of an object, put together once. */
const nested = new Map<string, Map<string, string>>();

function nestedColumn(object: string, field: string): string {
  let fields = nested.get(object);
  if (fields === undefined) {
    fields = new Map();
    if (nested.size < 1000) nested.set(object, fields);
  }
  let column = fields.get(field);
  if (column === undefined) {
    column = nestedName(object, columnName(field));
    if (fields.size < 1000) fields.set(field, column);
  }
  return column;
}

function eventTime(value: unknown): bigint {
  const time = eveTime(value);
  if (time === null)
    throw new Reject(value === undefined ? 'no timestamp' : `timestamp: '${String(value)}' is no time`);
  return time;
}

/** Ticks of a time as Suricata writes it (`2024-06-15T10:00:00.000001+0200`), null for anything else. */
export const eveTime = (value: unknown): bigint | null => (typeof value === 'string' ? parseIsoDatetime(value) : null);

function toCell(value: unknown, type: KqlType | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (type === 'datetime') return eveTime(value);
  if (type === 'dynamic') return typeof value === 'object' ? (value as Cell) : [value];
  if (type === 'string' && typeof value !== 'string')
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  return value as Cell;
}
