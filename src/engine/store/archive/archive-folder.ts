import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the archive is in a workspace's directory. */
export const ARCHIVE_FOLDER = 'archive';

/** Files no longer in the books, and when they were taken out (`performance.now()`): somebody may still be reading them. */
export interface RetiredFiles {
  /** Paths relative to the workspace's directory. */
  add(files: Iterable<string>): void;
  /** Deletes those taken out at least so many milliseconds ago. */
  sweep(age: number): void;
}

export function retiredFiles(directory: string | undefined): RetiredFiles {
  const since = new Map<string, number>();
  return {
    add(files) {
      for (const file of files) since.set(file, performance.now());
    },
    sweep(age) {
      for (const [file, time] of since) {
        if (performance.now() - time < age) continue;
        since.delete(file);
        if (directory !== undefined) rmSync(join(directory, file), { force: true });
      }
    },
  };
}

/** Deletes what a killed Trawl left in the archive: files that are not in the books. */
export function removeOrphans(directory: string, known: ReadonlySet<string>): void {
  for (const file of filesIn(directory)) if (!known.has(file)) rmSync(join(directory, file), { force: true });
}

function filesIn(directory: string): string[] {
  const folder = join(directory, ARCHIVE_FOLDER);
  let entries: ReturnType<typeof readEntries>;
  try {
    entries = readEntries(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    );
}

const readEntries = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true });

/** Gives a finished file its name, so that it is there with all its bytes even after a power cut. */
export function putInPlace(temporary: string, file: string): void {
  sync(temporary);
  renameSync(temporary, file);
  sync(dirname(file));
  sync(dirname(dirname(file)));
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The folder of a table's files: letters, digits and few signs of its name in DuckDB, the others by their code. */
export const tableFolder = (physical: string): string =>
  `${ARCHIVE_FOLDER}/${physical.replace(/[^\w$-]/gu, (sign) => `%${sign.codePointAt(0)!.toString(16)}`)}`;
