import { type Cell, Reject } from '../../ingest/connector.js';
import { columnName, kindFromFields, kindFromFileName, knownColumns } from './kind.js';
import type { ZeekRecord } from './tsv.js';
import { jsonCell, kqlType } from './types.js';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that say which log a record is of, not what it says. */
const PATH_KEYS = ['_path', '@stream', '_stream', '_log_type'];

/**
 * A record of Zeek's JSON writer, Corelight's streaming or one of their relatives: dotted, underscored or nested `id`,
 * or the whole record under its log's name (`{"conn": {…}}`). The kind is the record's own path, else told from
 * its fields, else from the file's name. Throws `Reject` when none of them tells.
 */
export function jsonRecord(value: unknown, fileName: string): ZeekRecord {
  if (!isObject(value)) throw new Reject('not a JSON object');
  const { path, fields } = unwrap(value);
  const flat = flatten(fields);
  const kind = path ?? kindFromFields(Object.keys(flat)) ?? kindFromFileName(fileName);
  if (!kind) throw new Reject('no _path, and the fields are those of no known Zeek log');
  const known = knownColumns(kind);
  const values: Record<string, Cell> = {};
  for (const [key, cell] of Object.entries(flat)) {
    const name = COLUMNS[key] ?? columnName(key);
    const type = known.get(name);
    values[name] = jsonCell(cell, TIMES.has(name) ? 'datetime' : type === undefined ? undefined : kqlType(type));
  }
  return { path: kind, values };
}

/** Corelight's streaming keys under the names that its exporter gives them. */
const COLUMNS: Readonly<Record<string, string>> = { '@system': '_system_name', '@proc': '_proc' };

const TIMES = new Set(['ts', '_write_ts']);

function unwrap(value: Fields): { path: string | undefined; fields: Fields } {
  for (const key of PATH_KEYS) {
    const path = value[key];
    if (typeof path === 'string' && path !== '') return { path, fields: without(value, key) };
  }
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0 && isObject(only[1]) && ('ts' in only[1] || '_write_ts' in only[1]))
    return { path: only[0], fields: only[1] };
  return { path: undefined, fields: value };
}

function without(value: Fields, key: string): Fields {
  const { [key]: _, ...rest } = value;
  return rest;
}

function flatten(fields: Fields): Fields {
  const { id } = fields;
  if (!isObject(id)) return fields;
  const flat: Record<string, unknown> = without(fields, 'id');
  for (const [key, value] of Object.entries(id)) flat[`id.${key}`] = value;
  return flat;
}

/** True when a JSON value has the marks of a Zeek record: a path or a connection id beside a time. */
export function isZeekRecord(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { path, fields } = unwrap(value);
  const timed = 'ts' in fields || '_write_ts' in fields;
  const connected = 'id.orig_h' in fields || 'id_orig_h' in fields || (isObject(fields.id) && 'orig_h' in fields.id);
  return timed && (path !== undefined || connected || kindFromFields(Object.keys(fields)) !== undefined);
}
