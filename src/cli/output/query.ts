import type { Exported, QueryOptions, Workspace } from '../../index.js';
import { noteDiagnostics } from '../diagnostics.js';
import type { Source } from '../excerpt.js';
import type { Io } from '../io.js';
import { intoFolder, isFolder, writeFileBy } from './destination.js';
import type { OutputRequest } from './request.js';
import { footer, writeResult } from './result.js';
import { streamed } from './streamed.js';
import { fileOfEach, writeTables } from './write-tables.js';

/**
 * Runs a query and writes its result while it comes. Warnings go to standard error; `onOutput` is called when output begins.
 * @throws TrawlError, `output-format` and `output-unwritable` among them
 */
export async function writeQuery(
  io: Io,
  workspace: Workspace,
  source: Source,
  options: QueryOptions,
  request: OutputRequest,
  onOutput: () => void,
): Promise<void> {
  if (request.format === 'parquet') return writeParquet(io, workspace, source, options, request);
  const result = await streamed(workspace.queryStream(source.text, options));
  try {
    onOutput();
    noteDiagnostics(io, result.start.diagnostics, source);
    await writeResult(io, result, request);
    if (!io.gone) noteDiagnostics(io, result.end().diagnostics, source);
  } finally {
    await result.close();
  }
}

async function writeParquet(
  io: Io,
  workspace: Workspace,
  source: Source,
  options: QueryOptions,
  request: OutputRequest,
): Promise<void> {
  const { exportParquet } = workspace;
  if (!exportParquet) {
    const result = await workspace.query(source.text, options);
    noteDiagnostics(io, result.diagnostics, source);
    const tables = result.tables.map((table) => ({ name: table.name, table }));
    await writeTables(io, tables, request);
    io.note(io.errorColors.dim(footer(result, result)));
    return;
  }
  const run = (path: string): Promise<Exported> =>
    exportParquet(
      source.text,
      (results) => {
        const fileOf = fileOfEach(io, results.length, request);
        return results.map(({ name }) => fileOf?.(name) ?? path);
      },
      options,
    );
  const { file } = request;
  const exported =
    file !== undefined && isFolder(file) ? await intoFolder(file, run) : await writeFileBy(io, run, file);
  noteDiagnostics(io, exported.diagnostics, source);
  io.note(io.errorColors.dim(footer(exported, exported)));
}
