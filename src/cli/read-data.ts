import { stat } from 'node:fs/promises';
import type { IngestOptions, IngestReport, Workspace } from '../index.js';
import { expandPaths } from '../ingest/paths.js';
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
