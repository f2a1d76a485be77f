import { existsSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ColumnTypes } from '../../kql/types.js';
import { TrawlError } from '../../util/errors.js';
import { makeQueue, type Queue } from '../../util/queue.js';
import { adoptArchive } from './archive/adopt.js';
import { type RetiredFiles, retiredFiles } from './archive/archive-folder.js';
import { prepareBookkeeping } from './bookkeeping.js';
import { addTable, type Catalogue, loadCatalogue } from './catalogue.js';
import { limitMemory } from './ingest-settings.js';
import { snapshot } from './stored-table.js';
import type { Store, StoredTable, StoreOptions } from './types.js';

/** A workspace's database, in its directory. */
export const DATABASE_FILE = 'workspace.duckdb';

/** What the writer needs beside the public store. */
export interface WritableStore extends Store {
  /** Runs `work` when no other writer is at work, with the writing connection and the catalogue it may change. */
  exclusive<T>(work: (connection: DuckDBConnection, catalogue: Catalogue) => Promise<T>): Promise<T>;
  /** Runs `work` when no other reading of files is at work: what one of them records the next has to know. */
  readonly reading: Queue;
  /** Archive files that are to be deleted when nobody reads them any more. */
  readonly retired: RetiredFiles;
  /** Runs `work` when no other maintenance is at work. */
  readonly maintaining: Queue;
  /** Shows the catalogue as it is now to readers: to be called after each commit. */
  publish(): void;
  /** Takes the catalogue back to what is committed: to be called after a rollback. */
  reload(): Promise<void>;
}

/** Workspaces open in this process: a DuckDB file must not be opened twice, and its lock does not hold within a process. */
const openHere = new Set<string>();

/**
 * Opens a workspace's database, making it when missing.
 * @throws TrawlError `workspace-locked`, `workspace-newer`, `workspace-corrupt`, `workspace-missing`, `workspace-not-a-directory`, `workspace-unwritable`
 */
export async function openStore(options: StoreOptions = {}): Promise<WritableStore> {
  const directory = options.path === undefined ? undefined : prepareDirectory(options.path, options.readOnly === true);
  const file = directory === undefined ? ':memory:' : join(directory, DATABASE_FILE);
  if (directory !== undefined && openHere.has(directory)) throw locked(directory, 'this process');
  if (options.readOnly && !existsSync(file))
    throw new TrawlError('workspace-missing', `There is no workspace in ${directory ?? 'memory'} to read.`);
  const instance = await DuckDBInstance.create(file, settings(options, directory)).catch((error: Error) => {
    throw openingError(error, directory ?? 'memory');
  });
  try {
    const store = await makeStore(instance, directory, options.readOnly === true);
    if (directory !== undefined) openHere.add(directory);
    return store;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function prepareDirectory(path: string, readOnly: boolean): string {
  const directory = resolve(path);
  if (existsSync(directory)) {
    if (!statSync(directory).isDirectory())
      throw new TrawlError('workspace-not-a-directory', `A workspace is a directory, and ${directory} is a file.`);
  } else if (readOnly) throw new TrawlError('workspace-missing', `There is no workspace in ${directory} to read.`);
  else {
    try {
      mkdirSync(directory, { recursive: true });
    } catch (error) {
      throw new TrawlError(
        'workspace-unwritable',
        `Cannot make the workspace ${directory}: ${(error as Error).message}.`,
      );
    }
  }
  return realpathSync(directory);
}

function settings(options: StoreOptions, directory: string | undefined): Record<string, string> {
  return {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // commits of an ingest go straight to row groups, so the log stays small: checkpoint seldom
    checkpoint_threshold: '256MB',
    // compressions that older versions can't read: smaller, and a third less work at each commit
    storage_compatibility_version: 'latest',
    ...(directory === undefined ? {} : { temp_directory: join(directory, 'tmp') }),
    ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
  };
}

const locked = (directory: string, by: string): TrawlError =>
  new TrawlError('workspace-locked', `The workspace ${directory} is in use by ${by}. Close it there and try again.`);

function openingError(error: Error, directory: string): Error {
  const { message } = error;
  if (/conflicting lock|could not set lock|being used by another process/i.test(message)) {
    const pid = /\(PID (\d+)\)/.exec(message)?.[1];
    return locked(directory, pid === undefined ? 'another process' : `another process (pid ${pid})`);
  }
  if (/newer version of DuckDB|written with a newer|storage version|version number/i.test(message))
    return new TrawlError(
      'workspace-newer',
      `The workspace ${directory} was written by a newer Trawl. Update Trawl to open it.`,
    );
  if (/not a valid DuckDB|corrupt|checksum|deserializ|serializ|WAL file/i.test(message))
    return new TrawlError(
      'workspace-corrupt',
      `The database of the workspace ${directory} is damaged: ${firstLine(message)}`,
    );
  if (/permission denied|read-only file system|cannot open file|no space/i.test(message))
    return new TrawlError('workspace-unwritable', `Cannot open the workspace ${directory}: ${firstLine(message)}`);
  if (/failed to set config/i.test(message))
    return new TrawlError(
      'workspace-setting',
      `The memory limit or the number of threads is not one that DuckDB takes.`,
    );
  return error;
}

const firstLine = (message: string): string => message.split('\n', 1)[0]!;

async function makeStore(
  instance: DuckDBInstance,
  directory: string | undefined,
  readOnly: boolean,
): Promise<WritableStore> {
  const connections = new Set<DuckDBConnection>();
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    connections.add(connection);
    return connection;
  };
  const writing = await connect();
  const reading = await connect();
  await prepareBookkeeping(writing, readOnly);
  if (directory !== undefined && !readOnly) await adoptArchive(writing, directory);
  let catalogue = await loadCatalogue(writing, directory);
  let tables: ReadonlyMap<string, StoredTable> = snapshot(catalogue, reading);
  const turns = makeQueue();
  const readings = makeQueue();
  const maintaining = makeQueue();
  const retired = retiredFiles(directory);
  let closed = false;

  const store: WritableStore = {
    path: directory,
    readOnly,
    connect,
    tables: () => [...tables.values()],
    table: (name) => tables.get(name),
    publish() {
      tables = snapshot(catalogue, reading);
    },
    async reload() {
      catalogue = await loadCatalogue(writing, directory);
      store.publish();
    },
    exclusive(work) {
      if (readOnly) throw new TrawlError('workspace-read-only', 'The workspace was opened for reading only.');
      return turns(() => work(writing, catalogue));
    },
    reading: readings,
    maintaining,
    retired,
    async createTable(name: string, columns: ColumnTypes, { ifExists = 'error' } = {}) {
      if (name === '' || Object.keys(columns).length === 0)
        throw new TrawlError('table-without-columns', 'A table needs a name and at least one column.');
      await store.exclusive(async (connection, state) => {
        if (state.has(name)) {
          if (ifExists === 'keep') return;
          throw new TrawlError('table-exists', `The workspace already has a table ${name}.`);
        }
        await inTransaction(connection, store, () => addTable(connection, state, name, columns));
      });
    },
    async close() {
      if (closed) return;
      closed = true;
      await maintaining.idle();
      await turns.idle();
      // closing writes out what is left, and would take what memory there is
      if (directory !== undefined && !readOnly) await limitMemory(writing).catch(() => {});
      for (const connection of connections) connection.closeSync();
      instance.closeSync();
      retired.sweep(0);
      if (directory !== undefined) openHere.delete(directory);
    },
  };
  return store;
}

/** Runs `work` in a transaction; on failure nothing of it stays, neither in the database nor in the catalogue. */
export async function inTransaction(
  connection: DuckDBConnection,
  store: WritableStore,
  work: () => Promise<unknown>,
): Promise<void> {
  await connection.run('BEGIN');
  try {
    await work();
    await connection.run('COMMIT');
    store.publish();
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {});
    await store.reload();
    throw error;
  }
}
