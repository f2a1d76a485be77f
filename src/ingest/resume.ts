import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from '../engine/store/files.js';
import { beginsWith, type Identity, isOfEnds } from './fingerprint.js';

/** What the workspace already has of a file. */
export type Before =
  | { readonly kind: 'nothing' }
  /** The same content: all of it, a part, or refused. */
  | { readonly kind: 'same'; readonly entry: FileEntry }
  /** The file began with what is recorded and has more now. */
  | { readonly kind: 'grown'; readonly entry: FileEntry }
  /** Unpacked, the file begins with what is recorded. */
  | { readonly kind: 'unpacked'; readonly entry: FileEntry; readonly cutShort: boolean };

/** Looks a file up by content among those recorded. Entries for another connector or table than asked for don't count. */
export async function findBefore(
  entries: Iterable<FileEntry>,
  file: FileHandle,
  identity: Identity,
  path: string,
  wanted: { readonly connector?: string; readonly target: string },
): Promise<Before> {
  const candidates = [...entries].filter(
    ({ fingerprint, connector, target, status }) =>
      fingerprint !== '' &&
      (status === 'unrecognized' ||
        (target === wanted.target && (wanted.connector === undefined || connector === wanted.connector))),
  );
  for (const entry of candidates) {
    if (entry.size !== identity.size) continue;
    const same = isOfEnds(entry) ? await beginsWith(file, entry) : entry.fingerprint === identity.fingerprint;
    if (same) return { kind: 'same', entry };
  }
  const shorter = candidates
    .filter(({ size, status }) => size < identity.size && status !== 'unrecognized')
    .filter((entry) => (entry.size >= 1024 ? entry.head === identity.head : entry.path === path))
    .sort((a, b) => b.size - a.size);
  for (const entry of shorter) if (await beginsWith(file, entry)) return { kind: 'grown', entry };
  return { kind: 'nothing' };
}
