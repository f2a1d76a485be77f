import { existsSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { trawlError } from '../util/errors.js';
import type { Hunt } from './hunt.js';
import { HUNT_FILES, loadHunt, QUERY_FILES } from './load.js';

/** The shipped hunts' folder. */
const CONTENT = fileURLToPath(new URL('../../content/hunts/', import.meta.url));

/** The order of the shipped hunts, which gives them their numbers; any other follows by name. */
const ORDER: readonly string[] = [
  'denied-outbound-to-threat-intel',
  'uncommon-external-ports',
  'large-outbound-transfers',
  'dns-queries-for-bad-domains',
  'newly-observed-external-addresses',
];

/** The hunts at hand: the shipped ones in their order, then those of a workspace. The number of a hunt is its place from 1. */
export type HuntLibrary = readonly Hunt[];

/**
 * Loads the shipped hunts and those in the workspace's `hunts/` folder; one of the same id takes the shipped one's place.
 * @throws TrawlError `yaml-invalid`
 */
export function loadLibrary(workspace?: string): HuntLibrary {
  const own = workspace === undefined ? [] : loadFolder(join(workspace, 'hunts'));
  const shipped = loadFolder(CONTENT).sort((a, b) => rank(a) - rank(b));
  return [
    ...shipped.map((hunt) => own.find(({ id }) => id === hunt.id) ?? hunt),
    ...own.filter(({ id }) => !shipped.some((hunt) => hunt.id === id)),
  ];
}

function rank({ id }: Hunt): number {
  const at = ORDER.indexOf(id);
  return at < 0 ? ORDER.length : at;
}

function loadFolder(folder: string): Hunt[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => [...HUNT_FILES, ...QUERY_FILES].includes(extname(name).toLowerCase()))
    .sort()
    .map((name) => loadHunt(join(folder, name)));
}

/** A hunt by its short id, GUID or number, in this order; undefined when there is none. */
export function lookUpHunt(library: HuntLibrary, name: string): Hunt | undefined {
  const wanted = name.trim().toLowerCase();
  return (
    library.find(({ id }) => id.toLowerCase() === wanted) ??
    library.find(({ guid }) => guid !== '' && guid === wanted) ??
    (/^[1-9]\d*$/.test(wanted) ? library[Number(wanted) - 1] : undefined)
  );
}

/**
 * A hunt by its short id, GUID or number, or the hunt or query file at that path.
 * @throws TrawlError `unknown-hunt` with the list of hunts
 */
export function findHunt(library: HuntLibrary, name: string): Hunt {
  const found = lookUpHunt(library, name);
  if (found) return found;
  if (isHuntFile(name)) return loadHunt(name);
  throw trawlError('unknown-hunt', { name, hunts: library.map(({ id }, at) => `${at + 1} ${id}`) });
}

/** True when there is a file or folder of that path. */
export const exists = (path: string): boolean => existsSync(path);

/** True when the text is the path of a file that can hold a hunt or a query. */
export const isHuntFile = (path: string): boolean =>
  [...HUNT_FILES, ...QUERY_FILES].includes(extname(path).toLowerCase()) && existsSync(path) && statSync(path).isFile();
