import type { StoredFunction } from '../kql/lower/context.js';
import { type FunctionFile, functionsOf } from './functions/folder.js';
import { openSessions, type Sessions } from './session.js';
import { openStore, type WritableStore } from './store/open.js';
import type { StoreOptions } from './store/types.js';
import { openWatchlists, type Watchlists } from './watchlists/watchlists.js';

/** A store with what it takes to run queries on it. */
export interface Engine {
  readonly store: WritableStore;
  readonly sessions: Sessions;
  /** Functions saved in the workspace. */
  functions(): readonly StoredFunction[];
  /** The files of the workspace's `functions/`. */
  functionFiles(): readonly FunctionFile[];
  readonly watchlists: Watchlists;
}

/** Opens a workspace's store for queries. Close the store when done. */
export async function openEngine(options: StoreOptions = {}): Promise<Engine> {
  const store = await openStore(options);
  const functionFiles = functionsOf(store.path);
  return {
    store,
    sessions: openSessions(store),
    functionFiles,
    functions: () => functionFiles().flatMap(({ saved }) => saved ?? []),
    watchlists: await openWatchlists(store),
  };
}
