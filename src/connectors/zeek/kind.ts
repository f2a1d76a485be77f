import { LOGS, type ZeekField } from './logs.js';

/** A column's name for a Zeek field: dots as underscores, and the `@` of JSON streaming too (`id.orig_h` → `id_orig_h`). */
export const columnName = (field: string): string => (field === 'ts' ? TIME : field.replace(/[^A-Za-z0-9_]/g, '_'));

/** The column of `ts`. */
export const TIME = 'TimeGenerated';

/** The table of a log kind: `Zeek_conn_CL`. */
export const tableName = (path: string): string =>
  LOGS.has(path) ? `Zeek_${path}_CL` : `Zeek_${path.replace(/[^A-Za-z0-9]+/g, '_')}_CL`;

/** The columns of a log kind's known fields with their Zeek types, by column name; empty for an unknown kind. */
export function knownColumns(path: string): ReadonlyMap<string, string> {
  return COLUMNS.get(path) ?? new Map();
}

const COLUMNS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  [...LOGS].map(([path, log]) => [
    path,
    new Map([...log.fields, ...log.more].map((field) => [columnName(field.name), field.type])),
  ]),
);

/** Fields of nearly every log: they tell nothing of its kind. */
const COMMON = new Set([TIME, 'uid', 'id_orig_h', 'id_orig_p', 'id_resp_h', 'id_resp_p', 'proto']);

/** Fields that a log of the kind always or nearly always has and that tell it from its neighbours; any one will do. */
const TELLING: Readonly<Record<string, readonly string[]>> = {
  conn: ['conn_state'],
  dns: ['qclass', 'query', 'rcode_name', 'trans_id'],
  http: ['trans_depth'],
  ssl: ['cipher', 'established', 'server_name'],
  files: ['fuid'],
  ntp: ['stratum'],
};

/**
 * The log kind of a JSON record without a path, told from its fields: the one that knows most of them.
 * Undefined when a fifth of them or more are foreign to every kind, or when they are only the common ones.
 */
export function kindFromFields(fields: readonly string[]): string | undefined {
  const key = fields.join();
  if (!told.has(key)) {
    if (told.size > 500) told.clear();
    told.set(key, tellKind(fields));
  }
  return told.get(key);
}

/** Records of a log share few sets of fields: what each set told. */
const told = new Map<string, string | undefined>();

function tellKind(fields: readonly string[]): string | undefined {
  const own = fields.map(columnName).filter((name) => !COMMON.has(name) && !name.startsWith('_'));
  if (own.length === 0) return undefined;
  let best: { path: string; score: number } | undefined;
  for (const [path, columns] of COLUMNS) {
    const known = own.filter((name) => columns.has(name)).length;
    if (known < own.length * 0.8) continue;
    const telling = TELLING[path]?.some((name) => own.includes(name)) === true;
    const score = known / own.length + known / columns.size / 10 + (telling ? 0.05 : 0);
    if (!best || score > best.score) best = { path, score };
  }
  return best?.path;
}

/** The log kind in a file's name: `conn.log`, `dns.00:00:00-01:00:00.log.gz`, `HOST_smb_files.log`. */
export function kindFromFileName(fileName: string): string | undefined {
  const stem = fileName.replace(/\.(?:log|json|ndjson|tsv|txt)\b.*$/i, '');
  const words = stem.split(/[^A-Za-z0-9]+/).map((word) => word.toLowerCase());
  for (let length = 3; length > 0; length--)
    for (let start = words.length - length; start >= 0; start--) {
      const path = words.slice(start, start + length).join('_');
      if (LOGS.has(path)) return path;
    }
  return undefined;
}

const SHAPES: Readonly<Record<string, RegExp>> = {
  time: /^\d{9,10}\.\d{1,9}$/,
  addr: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F]*:[\da-fA-F:.]+)$/,
  port: /^\d{1,5}$/,
  count: /^\d+$/,
  int: /^-?\d+$/,
  bool: /^[TF]$/,
  interval: /^-?\d+\.\d+$/,
  double: /^-?\d+(?:\.\d+)?$/,
};

/** How well cells fit fields: the number of cells that have the shape of a typed field, or -1 when one hasn't. */
function fit(cells: readonly string[], fields: readonly ZeekField[]): number {
  let typed = 0;
  for (const [index, field] of fields.entries()) {
    const cell = cells[index];
    const shape = SHAPES[field.type];
    if (cell === undefined || !shape || cell === '-') continue;
    if (!shape.test(cell)) return -1;
    typed++;
  }
  return typed;
}

/** Fields that newer versions put in; files of older ones lack them. */
const LATER = new Set([
  'ip_proto',
  'opcode',
  'opcode_name',
  'origin',
  'ssl_history',
  'sni_matches_cert',
  'failure_data',
]);

/**
 * The log kind and fields of a TSV line without a header, by Zeek's default columns: the count must be that of a known
 * version and every cell must have its field's shape. The file's name decides between several; undefined when none fits.
 */
export function kindFromCells(
  cells: readonly string[],
  fileName: string,
): { path: string; fields: readonly ZeekField[] } | undefined {
  if (!/^\d{9,10}\.\d+$/.test(cells[0] ?? '')) return undefined;
  const named = kindFromFileName(fileName);
  let best: { path: string; fields: readonly ZeekField[]; score: number } | undefined;
  for (const [path, log] of LOGS)
    for (const fields of [log.fields, log.fields.filter((field) => !LATER.has(field.name))]) {
      if (fields.length !== cells.length) continue;
      const typed = fit(cells, fields);
      // The time and a connection's addresses fit many logs: more of the shapes must agree.
      if (typed < (path === named ? 3 : 7)) continue;
      const score = typed + (path === named ? 100 : 0);
      if (!best || score > best.score) best = { path, fields, score };
    }
  return best;
}
