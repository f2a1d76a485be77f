import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TrawlError } from '../../util/errors.js';
import { expandPaths } from '../paths.js';
import type { FollowTarget } from './target.js';

/** A file that is there now. */
export interface SeenFile {
  readonly path: string;
  readonly target: FollowTarget;
  /** Whether the target is this file alone. */
  readonly named: boolean;
  /** Device and inode. */
  readonly key: string;
  readonly size: number;
  /** Unix ms. */
  readonly modified: number;
}

export interface Scan {
  /** By key: a file of several names is there once. */
  readonly files: ReadonlyMap<string, SeenFile>;
  /** Targets that can't be looked at, and why. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
}

/** Looks at what is followed. What doesn't exist may come later. @param except a folder whose files are left out */
export async function scanTargets(targets: readonly FollowTarget[], except: string | undefined): Promise<Scan> {
  const files = new Map<string, SeenFile>();
  const problems: { path: string; reason: string }[] = [];
  for (const target of targets) {
    let paths: string[] = [];
    try {
      paths = await expandPaths([target.path], except);
    } catch (error) {
      if (!(error instanceof TrawlError)) throw error;
      if (error.code !== 'path-not-found') problems.push({ path: target.path, reason: error.message });
    }
    for (const found of paths) {
      const path = resolve(found);
      const stats = await stat(path, { bigint: true }).catch(() => undefined);
      if (!stats?.isFile()) continue;
      const key = `${stats.dev}:${stats.ino}`;
      if (files.has(key)) continue;
      files.set(key, {
        path,
        target,
        named: path === target.path,
        key,
        size: Number(stats.size),
        modified: Number(stats.mtimeMs),
      });
    }
  }
  return { files, problems };
}
