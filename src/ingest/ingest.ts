import { readFiles } from '../engine/store/files.js';
import type { WritableStore } from '../engine/store/open.js';
import { withWriter } from '../engine/store/writer.js';
import { TrawlError } from '../util/errors.js';
import { Batcher } from './batcher.js';
import type { Connector } from './connector.js';
import { FileIngest } from './file-ingest.js';
import { expandPaths, STANDARD_INPUT } from './paths.js';
import type { FileReport, IngestOptions, IngestReport } from './report.js';
import { checkSettings } from './settings.js';

/**
 * Reads files, folders, globs or standard input (`-`) into a workspace. Each file goes in exactly once, whatever
 * interrupts the ingest: its rows and how far it got are committed together, and files are recognised by content.
 * @throws TrawlError `path-not-found`, `path-unreadable`, `connector-unknown`, `setting-unknown`, `setting-type`;
 *   the signal's reason when it is aborted (what was read until then stays)
 */
export async function ingest(
  store: WritableStore,
  connectors: readonly Connector[],
  paths: string | readonly string[],
  options: IngestOptions = {},
): Promise<IngestReport> {
  const forced = options.connector ?? (options.table === undefined ? undefined : 'table');
  if (forced !== undefined && !connectors.some(({ name }) => name === forced))
    throw new TrawlError(
      'connector-unknown',
      `There is no connector ${forced}. Known: ${connectors.map(({ name }) => name).join(', ')}.`,
    );
  checkSettings(connectors, options.settings ?? {});
  options.signal?.throwIfAborted();
  const files = await expandPaths([paths].flat(), store.path);

  const read = (): Promise<IngestReport> =>
    withWriter(
      store,
      async (writer) => {
        const batcher = new Batcher(writer);
        const entries = new Map((await store.exclusive(readFiles)).map((entry) => [entry.id, entry]));
        const reports: FileReport[] = [];
        try {
          for (const path of files) {
            options.signal?.throwIfAborted();
            const file = new FileIngest(
              { store, connectors, batcher, entries, options: { ...options, connector: forced } },
              path,
            );
            reports.push(await file.run());
          }
        } finally {
          // also when interrupted: whole records with their progress are worth keeping
          await batcher.handOver();
        }
        return summarize(reports, batcher);
      },
      options.rowsACommit,
      options.beside !== true,
    );
  // standard input is no file that others could know, and may go on for ever
  return files.every((path) => path === STANDARD_INPUT) ? read() : store.reading(read);
}

function summarize(files: readonly FileReport[], { newColumns, misfits }: Batcher): IngestReport {
  const byTable: Record<string, number> = {};
  let events = 0;
  let rejected = 0;
  for (const file of files) {
    if (file.status === 'recorded') continue;
    events += file.events;
    rejected += file.rejected;
    for (const [table, rows] of Object.entries(file.byTable)) byTable[table] = (byTable[table] ?? 0) + rows;
  }
  return {
    events,
    rejected,
    byTable,
    files,
    ...(Object.keys(newColumns).length > 0 ? { newColumns } : {}),
    ...(Object.keys(misfits).length > 0 ? { misfits } : {}),
  };
}
