import { relative, resolve } from 'node:path';

/**
 * Where `externaldata` may read: what a query calls a file, or a folder (ending with `/`), and the local file or folder that
 * stands for it. Nothing is ever fetched.
 */
export type ExternalPlaces = Readonly<Record<string, string>>;

/** The local file for a place as a query writes it (what follows `;` is a token); undefined when it is not allowed. */
export function localFile(places: ExternalPlaces, place: string): string | undefined {
  const named = place.split(';')[0]!;
  const exact = places[named] ?? places[place];
  if (exact !== undefined) return resolve(exact);
  const bare = named.split('?')[0]!;
  const folder = Object.keys(places)
    .filter((of) => of.endsWith('/') && bare.startsWith(of))
    .sort((a, b) => b.length - a.length)[0];
  if (folder === undefined) return undefined;
  const root = resolve(places[folder]!);
  const file = resolve(root, decodeURIComponent(bare.slice(folder.length)));
  const inside = relative(root, file);
  return inside === '' || inside.startsWith('..') ? undefined : file;
}
