import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { TrawlError } from '../util/errors.js';

/** Standard input, as users write it. */
export const STANDARD_INPUT = '-';

/**
 * The files that paths, folders (with all below them), globs and `-` stand for, each once, sorted within a folder.
 * Files below `except` (the workspace itself) are left out.
 * @throws TrawlError `path-not-found` when a path doesn't exist or a glob matches nothing
 */
export async function expandPaths(paths: readonly string[], except?: string): Promise<string[]> {
  const files = new Set<string>();
  for (const path of paths) for (const file of await expand(path)) files.add(file);
  const inside = except === undefined ? undefined : resolve(except) + sep;
  return [...files].filter((file) => inside === undefined || !resolve(file).startsWith(inside));
}

async function expand(path: string): Promise<string[]> {
  if (path === STANDARD_INPUT) return [path];
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new TrawlError('path-unreadable', `Cannot read ${path}: ${error.message}.`);
  });
  if (found) return found.isDirectory() ? filesBelow(path, new Set()) : [path];
  if (isDynamicPattern(path)) {
    const matches = (await glob(path, { expandDirectories: false, followSymbolicLinks: false })).sort();
    if (matches.length > 0) return matches;
    throw new TrawlError('path-not-found', `No file matches ${path}.`);
  }
  throw new TrawlError('path-not-found', `There is no file or folder ${path}.`);
}

/** Regular files below a folder; links are followed, each folder is visited once. */
async function filesBelow(folder: string, visited: Set<string>): Promise<string[]> {
  const real = await realpath(folder);
  if (visited.has(real)) return [];
  visited.add(real);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new TrawlError('path-unreadable', `Cannot read ${folder}: ${error.message}.`);
  });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
    if (kind?.isDirectory()) files.push(...(await filesBelow(path, visited)));
    else if (kind?.isFile()) files.push(path);
  }
  return files;
}
