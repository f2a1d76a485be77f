import { join } from 'node:path';
import type { QueryTable } from '../../index.js';
import { trawlError } from '../../util/errors.js';
import type { Io } from '../io.js';
import { isFolder, writeFileBy, writeTexts } from './destination.js';
import type { OutputRequest } from './request.js';
import { ROW_FORMATS, type RowFormat, rowTexts } from './rows.js';

export type FileFormat = 'csv' | 'ndjson' | 'markdown' | 'parquet';

const ENDINGS: Readonly<Record<FileFormat, string>> = {
  csv: 'csv',
  ndjson: 'ndjson',
  markdown: 'md',
  parquet: 'parquet',
};

export interface NamedTable {
  /** Name of its file when several are written into a folder. */
  readonly name: string;
  readonly table: QueryTable;
}

/**
 * Where so many tables go in a format that holds one: the file of each in a folder, or undefined for one place for all.
 * Several tables need `--output FOLDER/`.
 * @throws TrawlError `output-format`
 */
export function fileOfEach(
  io: Io,
  tables: number,
  { format, file }: OutputRequest,
): ((name: string) => string) | undefined {
  const kind = format as FileFormat;
  const folder = file !== undefined && isFolder(file);
  if (tables !== 1 && !folder && kind !== 'markdown' && kind !== 'ndjson')
    throw trawlError('output-format', { format, why: `it holds one table, and there are ${tables}` });
  if (kind === 'parquet' && file === undefined && io.outputIsTerminal)
    throw trawlError('output-format', { format, why: 'it is not for a terminal; give --output FILE' });
  return folder ? (name) => join(file!, `${name}.${ENDINGS[kind]}`) : undefined;
}

/** Writes tables that are all at hand. @throws TrawlError `output-format` */
export async function writeTables(io: Io, tables: readonly NamedTable[], request: OutputRequest): Promise<void> {
  const fileOf = fileOfEach(io, tables.length, request);
  if (!fileOf) return writeOne(io, tables, request, request.file);
  for (const table of tables) await writeOne(io, [table], request, fileOf(table.name));
}

async function writeOne(
  io: Io,
  tables: readonly NamedTable[],
  { format }: OutputRequest,
  file: string | undefined,
): Promise<void> {
  if (format === 'parquet') {
    const { writeParquet } = await import('./parquet.js');
    await writeFileBy(io, (path) => writeParquet(tables[0]!.table, path), file);
    return;
  }
  await writeTexts(io, several(tables, ROW_FORMATS[format as Exclude<FileFormat, 'parquet'>]), file);
}

function* several(tables: readonly NamedTable[], format: RowFormat): Iterable<string> {
  for (const [at, { table }] of tables.entries()) {
    if (at > 0) yield format.between;
    yield* rowTexts(format, table);
  }
}
