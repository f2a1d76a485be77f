import { join } from 'node:path';
import type { QueryResult, QueryTable } from '../../index.js';
import { trawlError } from '../../util/errors.js';
import type { Io } from '../io.js';
import { readableTime } from './cell.js';
import { isFolder, writeFileBy, writeTexts } from './destination.js';
import { jsonLines } from './json-text.js';
import { type OutputRequest, tableStyle } from './request.js';
import { asObject, csv, markdown, ndjson } from './rows.js';
import { tableText } from './table.js';

/** Writes a query's result in the format asked for. The clock stands in the result, or on standard error where a format has no place for it. */
export async function writeResult(io: Io, result: QueryResult, request: OutputRequest): Promise<void> {
  const { tables } = result;
  switch (request.format) {
    case 'table':
      await writeTexts(io, readable(io, result, request), request.file);
      return;
    case 'json':
      await writeTexts(io, [`${jsonLines(resultObject(result), 4)}\n`], request.file);
      return;
    case 'csv':
    case 'ndjson':
    case 'markdown':
    case 'parquet':
      await writeTables(
        io,
        tables.map((table) => ({ name: table.name, table })),
        request,
      );
      io.note(io.errorColors.dim(footer(result)));
  }
}

function* readable(io: Io, result: QueryResult, request: OutputRequest): Iterable<string> {
  const style = tableStyle(io, request);
  for (const [at, table] of result.tables.entries()) {
    if (at > 0) yield '\n';
    if (result.tables.length > 1) yield `${style.colors.bold(table.name)}\n`;
    yield table.columns.length === 0 ? '(no columns)\n' : tableText(table, style);
  }
  yield `${style.colors.dim(footer(result))}\n`;
}

/** `3 rows in 12 ms, as of 2026-01-31 12:00:00 UTC` */
export function footer({ tables, asOf, statistics }: QueryResult): string {
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const ms = statistics.compileMs + statistics.executeMs;
  return `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'} in ${duration(ms)}, as of ${readableTime(asOf)} UTC`;
}

export const duration = (ms: number): string =>
  ms < 1000
    ? `${Math.round(ms)} ms`
    : ms < 60_000
      ? `${(ms / 1000).toFixed(1)} s`
      : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

const resultObject = ({ asOf, tables, diagnostics, statistics }: QueryResult) => ({
  asOf,
  tables: tables.map(tableObject),
  diagnostics,
  statistics,
});

/** A table as JSON: columns with their types, rows as objects. */
export const tableObject = ({ name, columns, rows }: QueryTable) => ({
  name,
  columns,
  rows: rows.map((row) => asObject(columns, row)),
});

export interface NamedTable {
  /** Name of its file when several are written into a folder. */
  readonly name: string;
  readonly table: QueryTable;
}

type FileFormat = 'csv' | 'ndjson' | 'markdown' | 'parquet';
const ENDINGS: Readonly<Record<FileFormat, string>> = {
  csv: 'csv',
  ndjson: 'ndjson',
  markdown: 'md',
  parquet: 'parquet',
};

/** Writes tables in a format that holds one: several need `--output FOLDER/`. @throws TrawlError `output-format` */
export async function writeTables(
  io: Io,
  tables: readonly NamedTable[],
  { format, file }: OutputRequest,
): Promise<void> {
  const kind = format as FileFormat;
  const folder = file !== undefined && isFolder(file);
  if (tables.length !== 1 && !folder && kind !== 'markdown' && kind !== 'ndjson')
    throw trawlError('output-format', { format, why: `it holds one table, and there are ${tables.length}` });
  if (kind === 'parquet' && file === undefined && io.outputIsTerminal)
    throw trawlError('output-format', { format, why: 'it is not for a terminal; give --output FILE' });
  if (folder)
    for (const { name, table } of tables) await writeOne(io, [table], kind, join(file!, `${name}.${ENDINGS[kind]}`));
  else
    await writeOne(
      io,
      tables.map(({ table }) => table),
      kind,
      file,
    );
}

async function writeOne(
  io: Io,
  tables: readonly QueryTable[],
  format: FileFormat,
  file: string | undefined,
): Promise<void> {
  if (format === 'parquet') {
    const { writeParquet } = await import('./parquet.js');
    await writeFileBy(io, (path) => writeParquet(tables[0]!, path), file);
    return;
  }
  const print = { csv, ndjson, markdown }[format];
  await writeTexts(io, several(tables, print), file);
}

function* several(tables: readonly QueryTable[], print: (table: QueryTable) => Iterable<string>): Iterable<string> {
  for (const [at, table] of tables.entries()) {
    if (at > 0 && print === markdown) yield '\n';
    yield* print(table);
  }
}
