import type { FileEntry } from '../engine/store/files.js';
import type { Store } from '../engine/store/types.js';

const last = new WeakMap<Store, number>();

/** A number for a file that neither the entries nor any other reading of this store has. */
export function nextFileId(store: Store, entries: ReadonlyMap<number, FileEntry>): number {
  let id = last.get(store) ?? 0;
  for (const known of entries.keys()) if (known > id) id = known;
  last.set(store, id + 1);
  return id + 1;
}
