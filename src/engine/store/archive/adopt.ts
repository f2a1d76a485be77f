import type { DuckDBConnection } from '@duckdb/node-api';
import { loadCatalogue } from '../catalogue.js';
import { makeViews } from '../views.js';
import { saveViewedDirectory, viewedDirectory } from './archive-file.js';
import { removeOrphans } from './archive-folder.js';

/** Puts the archive in order when a workspace is opened: takes away what a kill left, and finds files that moved along. */
export async function adoptArchive(connection: DuckDBConnection, directory: string): Promise<void> {
  const catalogue = await loadCatalogue(connection, directory);
  const archived = [...catalogue.values()].filter(({ archive }) => archive);
  removeOrphans(directory, new Set(archived.flatMap(({ archive }) => archive!.files.map(({ file }) => file))));
  if (archived.length === 0 || (await viewedDirectory(connection)) === directory) return;
  await connection.run('BEGIN');
  for (const table of archived) await makeViews(connection, table);
  await saveViewedDirectory(connection, directory);
  await connection.run('COMMIT');
}
