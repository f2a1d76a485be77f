import { HUNTING_TABLES } from './tables.js';

/** A row as it was exported, before its table is known for certain. */
export interface Exported {
  /** The table that the export names; undefined when it names none. */
  readonly table: string | undefined;
  readonly columns: Readonly<Record<string, unknown>>;
  /** What the envelope says of it. */
  readonly tenant?: string;
  readonly time?: string;
}

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TABLES = new Set(HUNTING_TABLES);
const CATEGORY = /^AdvancedHunting-(\w+)$/i;
/** Columns in which exports and `union withsource=` name a row's table. */
export const TABLE_COLUMNS = ['Type', '$table', 'SourceTable', 'SourceTableName', 'TableName', 'Table'];
const LISTS = ['records', 'Results', 'results'];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/**
 * The rows of a JSON value: an envelope of the streaming API, one that holds several (`records`), the answer of the
 * hunting API (`Results`), or a row by itself. Empty when the value is none of these.
 */
export function readJson(value: unknown, envelope?: Json): Exported[] {
  if (!isObject(value)) return [];
  for (const list of LISTS) {
    const items = value[list];
    if (Array.isArray(items)) return items.flatMap((item: unknown) => readJson(item, { ...envelope, ...value }));
  }
  const category = text(value.category) ?? text(envelope?.category);
  const named = category === undefined ? undefined : CATEGORY.exec(category)?.[1];
  if (isObject(value.properties) && (named !== undefined || category === undefined))
    return [readEnvelope(value, named)];
  return [{ table: named ?? tableOf(value), columns: value }];
}

const readEnvelope = (value: Json, named: string | undefined): Exported => ({
  table: named ?? tableOf(value.properties as Json),
  columns: value.properties as Json,
  tenant: text(value.tenantId) ?? text(value.TenantId),
  time: text(value.time),
});

/** The hunting table that a row names in a column of its own; other values there are no names of tables. */
export function tableOf(row: Json): string | undefined {
  for (const column of TABLE_COLUMNS) {
    const name = text(row[column]);
    if (name !== undefined && TABLES.has(name)) return name;
  }
  return undefined;
}

/** A CSV header's column names: without a byte order mark and without the zone that the portal adds (`TimeGenerated [UTC]`). */
export const readHeader = (cells: readonly string[]): string[] =>
  cells.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .replace(/ \[[^\]]*\]$/, ''),
  ); // prettier-ignore
