import { type Cell, Reject } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { columnName, kindFromFields, kindFromFileName, knownColumns, TIME } from './kind.js';
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
  const { path, pathKey, fields } = unwrap(value);
  const flat = flatten(fields);
  const kind = path ?? kindFromFields(Object.keys(flat)) ?? kindFromFileName(fileName);
  if (!kind) throw new Reject('no _path, and the fields are those of no known Zeek log');
  const targets = targetsOf(kind);
  const values: Record<string, Cell> = {};
  for (const key in flat) {
    if (key === pathKey) continue;
    const target = targets.get(key) ?? targetOf(kind, key, targets);
    values[target.name] = jsonCell(flat[key], target.type);
  }
  return { path: kind, values };
}

/** Where a key's value goes: its column, and the column's type where one is known. */
interface Target {
  readonly name: string;
  readonly type: KqlType | undefined;
}

const TARGETS = new Map<string, Map<string, Target>>();

/** The targets of a log's keys, found once for each; forgotten when a hostile source has too many. */
function targetsOf(kind: string): Map<string, Target> {
  const found = TARGETS.get(kind);
  if (found && found.size <= 1000) return found;
  if (TARGETS.size > 200) TARGETS.clear();
  const targets = new Map<string, Target>();
  TARGETS.set(kind, targets);
  return targets;
}

function targetOf(kind: string, key: string, targets: Map<string, Target>): Target {
  const name = COLUMNS[key] ?? columnName(key);
  const type = knownColumns(kind).get(name);
  const target: Target = { name, type: TIMES.has(name) ? 'datetime' : type === undefined ? undefined : kqlType(type) };
  targets.set(key, target);
  return target;
}

/** Corelight's streaming keys under the names that its exporter gives them. */
const COLUMNS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  '@system': '_system_name',
  '@proc': '_proc',
  // an own property of JSON, which assigned to a row would be its prototype
  ['__proto__']: '_proto_',
});

const TIMES = new Set([TIME, '_write_ts']);

function unwrap(value: Fields): { path: string | undefined; pathKey?: string; fields: Fields } {
  for (const key of PATH_KEYS) {
    const path = value[key];
    if (typeof path === 'string' && path !== '') return { path, pathKey: key, fields: value };
  }
  const [only = '', ...others] = Object.keys(value);
  const inner = value[only];
  if (others.length === 0 && isObject(inner) && ('ts' in inner || '_write_ts' in inner))
    return { path: only, fields: inner };
  return { path: undefined, fields: value };
}

function flatten(fields: Fields): Fields {
  const { id, ...rest } = isObject(fields.id) ? fields : {};
  if (!isObject(id)) return fields;
  const flat: Record<string, unknown> = rest;
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
