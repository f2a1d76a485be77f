import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from '../../engine/store/files.js';
import { beginsWith, HEAD, headOf, TAIL } from '../fingerprint.js';
import type { FollowContext } from './context.js';
import { readAt } from './read-at.js';
import type { SeenFile } from './scan.js';
import type { Tail } from './tail.js';

/**
 * What the workspace has of a file that begins to be followed:
 *  - `own`: an entry to go on with
 *  - `copy`: the file begins with what is recorded of one that is followed under its own entry
 *  - `copying`: it is, so far, the beginning of such a file
 */
export type Match =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'own'; readonly entry: FileEntry; readonly lines: number }
  | { readonly kind: 'copy'; readonly entry: FileEntry; readonly lines: number }
  | { readonly kind: 'copying' };

/** Finds the entry of a file: that of the same file on disk, else one of the same content. */
export async function findEntry(
  { entries, followed }: FollowContext,
  tails: ReadonlyMap<string, Tail>,
  file: FileHandle,
  { key, path, size, target }: SeenFile,
): Promise<Match> {
  const live = new Map([...tails.values()].map((tail) => [tail.id, tail]));
  const linesOf = new Map([...followed.values()].map((of) => [of.fileId, of]));
  const found = (kind: 'own' | 'copy', entry: FileEntry): Match => {
    const known = linesOf.get(entry.id);
    return { kind, entry, lines: known?.position === entry.size ? known.lines : entry.records };
  };
  const wanted = (entry: FileEntry): boolean =>
    entry.fingerprint !== '' &&
    entry.size <= size &&
    entry.target === (target.table ?? '') &&
    (target.connector === undefined || entry.status === 'unrecognized' || entry.connector === target.connector);
  const own = entries.get(followed.get(key)?.fileId ?? 0);
  if (own && !live.has(own.id) && wanted(own) && (await beginsWith(file, own))) return found('own', own);
  const head = headOf(await readAt(file, 0, Math.min(HEAD, size)));
  const candidates = [...entries.values()]
    .filter((entry) => entry.status !== 'unrecognized' && wanted(entry))
    .filter((entry) => (entry.size >= HEAD ? entry.head === head : entry.path === path && !linesOf.has(entry.id)))
    .sort((a, b) => b.size - a.size);
  for (const entry of candidates)
    if (await beginsWith(file, entry)) return found(live.has(entry.id) ? 'copy' : 'own', entry);
  for (const tail of live.values())
    if (entries.get(tail.id)?.head === head)
      if (tail.noted.position > size && (await isBeginningOf(file, size, tail))) return { kind: 'copying' };
  return { kind: 'nothing' };
}

/** Whether all of a file is what another one begins with, by its first and last bytes. */
async function isBeginningOf(file: FileHandle, size: number, tail: Tail): Promise<boolean> {
  const other = size >= HEAD ? await tail.handle() : undefined;
  if (!other) return false;
  for (const [from, length] of [
    [0, HEAD],
    [Math.max(0, size - TAIL), Math.min(TAIL, size)],
  ] as const) {
    const [mine, its] = await Promise.all([readAt(file, from, length), readAt(other, from, length)]);
    if (!mine.equals(its)) return false;
  }
  return true;
}
