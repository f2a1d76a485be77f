import { stat } from 'node:fs/promises';
import type { IngestOptions, IngestReport, Workspace } from '../index.js';
import { expandPaths } from '../ingest/paths.js';
import { trawlError } from '../util/errors.js';
import type { Io } from './io.js';
import { visible } from './output/visible.js';
import { startProgress } from './progress.js';

/** Reads files into a workspace with a progress bar over all of them. */
export async function readData(
  io: Io,
  workspace: Workspace,
  paths: readonly string[],
  options: IngestOptions,
): Promise<IngestReport> {
  const files = await expandPaths(paths, workspace.path);
  const sizes = await Promise.all(
    files.map(async (file) => (file === '-' ? 0 : ((await stat(file).catch(() => undefined))?.size ?? 0))),
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const before = new Map<string, number>();
  let passed = 0;
  for (const [at, file] of files.entries()) {
    before.set(file, passed);
    passed += sizes[at]!;
  }
  const progress = startProgress(io, 'reading');
  try {
    return await workspace.ingest(paths, {
      ...options,
      signal: io.signal,
      onProgress: ({ path, bytesRead }) => {
        progress.update(
          `reading ${visible(path)}`,
          total > 0 ? ((before.get(path) ?? 0) + bytesRead) / total : undefined,
        );
      },
    });
  } finally {
    progress.done();
  }
}

/**
 * Reads the files of `--data` and says on standard error what was read, and which files were not.
 * @throws TrawlError `nothing-read`
 */
export async function readForOnce(
  io: Io,
  workspace: Workspace,
  paths: readonly string[],
  options: IngestOptions,
): Promise<void> {
  const report = await readData(io, workspace, paths, options);
  io.note(io.errorColors.dim(readingSummary(report)));
  noteUnread(io, report);
  refuseNothing(report);
}

/** @throws TrawlError `nothing-read` when no file gave an event, now or before: what follows would look like good news */
export function refuseNothing({ files }: IngestReport): void {
  if (files.every(({ events }) => events === 0)) throw trawlError('nothing-read', { files: files.length });
}

/** Files that no connector took or that could not be opened, each with the reason. */
export function noteUnread(io: Io, { files }: IngestReport): void {
  for (const { path, status, note } of files)
    if (status === 'unrecognized' || status === 'unreadable')
      io.note(io.errorColors.yellow(`not read: ${visible(path)}: ${visible(note ?? status)}`));
}

/** In a line: how much was read, and what needs a look. */
export function readingSummary({ events, rejected, byTable, files }: IngestReport): string {
  const count = (number: number, word: string): string =>
    `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
  const tables = Object.entries(byTable)
    .sort(([, a], [, b]) => b - a)
    .map(([table, rows]) => `${table} ${rows.toLocaleString('en')}`);
  const again = files.filter(({ status }) => status === 'recorded').length;
  const refused = files.filter(({ status }) => status === 'unrecognized' || status === 'unreadable').length;
  const read = files.length - again;
  return [
    ...(read > 0 || again === 0
      ? [`${count(events, 'event')} from ${count(read, 'file')}${tables.length > 0 ? ` (${tables.join(', ')})` : ''}`]
      : []),
    ...(again > 0 ? [`${count(again, 'file')} already in the workspace`] : []),
    ...(refused > 0 ? [`${count(refused, 'file')} not read`] : []),
    ...(rejected > 0 ? [`${count(rejected, 'record')} rejected`] : []),
  ].join('; ');
}
