import { type Cell, Reject, type Row } from '../../ingest/connector.js';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { type Exported, type Json, TABLE_COLUMNS } from './parse.js';
import { recognise } from './recognise.js';
import { HUNTING_TABLES } from './tables.js';
import { readTime } from './time.js';

/** Makes a table's row of an exported one. Throws `Reject` when its table can't be told. */
export type MapRow = (exported: Exported) => { readonly table: string; readonly row: Row };

/** @param schemaOf the columns of a table, undefined when it isn't known */
export function createMapper(schemaOf: (table: string) => ColumnTypes | undefined): MapRow {
  const names = new Map(HUNTING_TABLES.map((table) => [table.toLowerCase(), table]));
  const recognised = new Map<string, string | null>();

  const tableOf = (exported: Exported, columns: Json): string => {
    if (exported.table !== undefined) {
      const known = names.get(exported.table.toLowerCase());
      if (known !== undefined) return known;
      if (schemaOf(exported.table) !== undefined) return exported.table;
    }
    const filled = Object.keys(columns);
    const present = [...new Set(Object.keys(exported.columns).map(withoutSuffix)), ...filled];
    const action = typeof columns.ActionType === 'string' ? columns.ActionType : '';
    const key = `${action}\n${filled.join()}\n${present.length}`;
    let table = recognised.get(key);
    if (table === undefined) {
      const fit = recognise(filled, [...new Set(present)], action);
      table = fit && fit.share >= 0.5 ? fit.table : null;
      if (recognised.size < 10_000) recognised.set(key, table);
    }
    // A new table that the streaming API names is taken at its word.
    table ??= exported.table ?? null;
    if (table === null) throw new Reject('its columns are those of no table of advanced hunting, and it names none');
    return table;
  };

  return (exported) => {
    const columns = fold(exported.columns, undefined);
    const table = tableOf(exported, columns);
    const schema = schemaOf(table);
    const row: Row = {};
    const typed = schema === undefined ? columns : fold(exported.columns, schema);
    for (const [column, value] of Object.entries(typed)) row[column] = toCell(value, schema?.[column]);
    // Sentinel's tables have a column Type; the others of these are the export's own.
    for (const column of TABLE_COLUMNS) if (row[column] === table && !schema?.[column]) delete row[column];
    fillTimes(row, exported);
    if (exported.tenant !== undefined) row.TenantId ??= exported.tenant;
    return { table, row };
  };
}

/** What a union adds to the name of a column that its tables give different types. */
const SUFFIX = /_(string|dynamic|long|int|real|double|decimal|datetime|timespan|bool|guid)$/;

/** A column's name without the type that a union added to it. */
export const withoutSuffix = (column: string): string => column.replace(SUFFIX, '');

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/**
 * A row's columns that have a value, those that a union split by type (`ReportId_long`, `ReportId_string`) under their name again.
 * Where several parts have a value the one of the schema's type has the column, the others stay as they are.
 */
function fold(columns: Json, schema: ColumnTypes | undefined): Json {
  const folded: Record<string, unknown> = {};
  const parts: [string, string, unknown][] = [];
  for (const [column, value] of Object.entries(columns)) {
    if (isEmpty(value) || column === '__proto__') continue;
    const base = withoutSuffix(column);
    if (base === column || schema?.[column] !== undefined) folded[column] = value;
    else parts.push([base, column, value]);
  }
  const matches = ([base, column]: [string, string, unknown]): number =>
    column === `${base}_${schema?.[base]}` ? 0 : 1;
  for (const [base, column, value] of parts.sort((a, b) => matches(a) - matches(b)))
    folded[isEmpty(folded[base]) ? base : column] = value;
  return folded;
}

/** A value as a cell of a column. What doesn't convert here is left to the store, which does it as Kusto would. */
function toCell(value: unknown, type: KqlType | undefined): Cell {
  if (typeof value !== 'string') return value as Cell;
  if (type === 'datetime') return readTime(value) ?? value;
  if (type === 'dynamic' && /^\s*[[{]/.test(value)) return parseJson(value) ?? value;
  return value;
}

function parseJson(text: string): Cell {
  try {
    return JSON.parse(text) as Cell;
  } catch {
    return null;
  }
}

/** TimeGenerated and Timestamp are the same time: the event's, not that of its delivery. */
function fillTimes(row: Row, exported: Exported): void {
  const cell = row.Timestamp ?? row.TimeGenerated ?? exported.time;
  const time = typeof cell === 'string' ? readTime(cell) : typeof cell === 'bigint' ? cell : null;
  if (time === null) {
    const written = typeof cell === 'string' ? cell : JSON.stringify(cell);
    throw new Reject(cell === undefined ? 'it has no Timestamp' : `its Timestamp is no time: ${written}`);
  }
  row.Timestamp = time;
  row.TimeGenerated = time;
}
