import type { QueryEvent } from '../../index.js';
import type { Io } from '../io.js';
import { readableTime } from './cell.js';
import { writeTexts } from './destination.js';
import { jsonResult } from './json-result.js';
import { type OutputRequest, tableStyle } from './request.js';
import { ROW_FORMATS, type RowFormat } from './rows.js';
import type { StreamedResult, StreamedTable } from './streamed.js';
import { tableText } from './table.js';
import { fileOfEach } from './write-tables.js';

/**
 * Writes a query's result in the format asked for while it comes, in flat memory. The clock stands in the result, or on
 * standard error where a format has no place for it.
 */
export async function writeResult(io: Io, result: StreamedResult, request: OutputRequest): Promise<void> {
  const { format } = request;
  switch (format) {
    case 'table':
      return writeTexts(io, readable(io, result, request), request.file);
    case 'json':
      return writeTexts(io, jsonResult(result), request.file);
    case 'csv':
    case 'ndjson':
    case 'markdown':
      await writeRows(io, result, request, ROW_FORMATS[format]);
      io.note(io.errorColors.dim(footer(result.start, result.end())));
  }
}

async function writeRows(io: Io, result: StreamedResult, request: OutputRequest, format: RowFormat): Promise<void> {
  const fileOf = fileOfEach(io, result.start.results.length, request);
  if (!fileOf) return writeTexts(io, several(result.tables, format), request.file);
  for await (const table of result.tables) await writeTexts(io, rowTexts(table, format), fileOf(table.name));
}

async function* several(tables: AsyncIterable<StreamedTable>, format: RowFormat): AsyncIterable<string> {
  let at = 0;
  for await (const table of tables) {
    if (at++ > 0) yield format.between;
    yield* rowTexts(table, format);
  }
}

async function* rowTexts({ columns, batches }: StreamedTable, format: RowFormat): AsyncIterable<string> {
  yield format.head(columns);
  for await (const rows of batches) yield rows.map((row) => format.row(columns, row)).join('');
}

/** Of a table for people only the rows that are shown are kept. */
async function* readable(io: Io, result: StreamedResult, request: OutputRequest): AsyncIterable<string> {
  const style = tableStyle(io, request);
  let at = 0;
  for await (const { name, columns, batches } of result.tables) {
    if (at++ > 0) yield '\n';
    if (result.start.results.length > 1) yield `${style.colors.bold(name)}\n`;
    const rows: unknown[][] = [];
    let total = 0;
    for await (const batch of batches) {
      for (const row of batch.slice(0, Math.max(0, style.rows - rows.length))) rows.push(row);
      total += batch.length;
    }
    yield columns.length === 0 ? '(no columns)\n' : tableText({ columns, rows, total }, style);
  }
  yield `${style.colors.dim(footer(result.start, result.end()))}\n`;
}

/** `3 rows in 12 ms, as of 2026-01-31 12:00:00 UTC` */
export function footer(
  { asOf }: { readonly asOf: string },
  { statistics: { compileMs, executeMs, rows } }: Pick<Extract<QueryEvent, { kind: 'end' }>, 'statistics'>,
): string {
  return `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'} in ${duration(compileMs + executeMs)}, as of ${readableTime(asOf)} UTC`;
}

export const duration = (ms: number): string =>
  ms < 1000
    ? `${Math.round(ms)} ms`
    : ms < 60_000
      ? `${(ms / 1000).toFixed(1)} s`
      : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
