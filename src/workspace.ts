import { basename } from 'node:path';
import type { Config } from './config/config.js';
import { connectors } from './connectors/index.js';
import type { Engine } from './engine/engine.js';
import { type SavedFunction, savedFunctions } from './engine/functions/saved.js';
import { type MaintenanceOptions, type MaintenanceReport, maintain } from './engine/maintenance/maintain.js';
import type { RetentionPolicy } from './engine/maintenance/policy.js';
import { exportParquet } from './engine/parquet.js';
import { explainQuery, runQuery } from './engine/query.js';
import type { Explained, Exported, QueryEvent, QueryOptions, QueryResult, ResultShape } from './engine/query-types.js';
import { countRejected, listRejected, type RejectedRecord } from './engine/store/rejected.js';
import type { StoredTable } from './engine/store/types.js';
import { queryStream } from './engine/stream.js';
import type { Watchlist } from './engine/watchlists/types.js';
import { huntsAtHand } from './hunting/at-hand.js';
import type { Hunt } from './hunting/hunt.js';
import type { HuntLibrary } from './hunting/library.js';
import type { KnobInputs, Prepared } from './hunting/prepare.js';
import { type HuntOptions, type HuntResult, runHunt } from './hunting/run.js';
import { ingest } from './ingest/ingest.js';
import type { IngestOptions, IngestReport } from './ingest/report.js';
import { readWatchlistFile } from './ingest/watchlist-file.js';
import { type Feeds, openFeeds } from './intel/feeds/feeds.js';
import type { FeedReport, FeedStatus } from './intel/feeds/types.js';
import type { ColumnTypes } from './kql/types.js';

/** What a CSV file is to become. */
export interface WatchlistImport {
  readonly alias: string;
  /** The column that queries join on: its value is the item's `SearchKey`. The first unless given. */
  readonly searchKey?: string;
  /** The alias unless given. */
  readonly name?: string;
  readonly description?: string;
  /** Lines in front of the row that names the columns. */
  readonly skip?: number;
}

/** A workspace: tables, and what can be done with them. Close it when done. */
export interface Workspace {
  readonly path: string | undefined;
  createTable(name: string, columns: ColumnTypes, options?: { readonly ifExists?: 'error' | 'keep' }): Promise<void>;
  /** Reads files, folders, globs or `-` into the workspace; each file goes in once. */
  ingest(paths: string | readonly string[], options?: IngestOptions): Promise<IngestReport>;
  /** Compiles and runs a KQL query. Throws TrawlError with the place of the mistake. */
  query(kql: string, options?: QueryOptions): Promise<QueryResult>;
  /**
   * Compiles and runs a KQL query and gives its results as they come, a batch of rows at a time: `for await (const event of …)`.
   * The engine goes on only as far as batches are taken, so memory stays flat; leaving the loop cancels the query.
   * Rows are cut at `rowLimit` as in `query`. Throws TrawlError, also after some rows were given.
   */
  queryStream(kql: string, options?: QueryOptions): AsyncIterable<QueryEvent>;
  /**
   * Compiles and runs a KQL query and writes each result as a Parquet file, in flat memory: datetimes as timestamps (in
   * microseconds, nanoseconds where 100 ns count, text outside of their range), guids as UUID, dynamic as JSON, timespans and
   * decimals as text. `filesOf` says where, before anything has run. Throws TrawlError, `output-unwritable` among them.
   * Not there for a workspace that a server has open: it writes no files for others.
   */
  exportParquet?(
    kql: string,
    filesOf: (results: readonly ResultShape[]) => readonly string[],
    options?: QueryOptions,
  ): Promise<Exported>;
  /** The plan and SQL of a query, without running it. */
  explain(kql: string, options?: QueryOptions): Promise<Explained>;
  /**
   * Runs a hunt: a shipped one or one of the workspace's `hunts/`, by short name, GUID or number; or a `.yaml` or `.kql` file.
   * Knobs come from the hunt, then `trawl.yaml`, then `knobs`. Throws TrawlError `unknown-hunt`, `unknown-knob`, `bad-knob`.
   */
  hunt(id: string | Hunt, options?: HuntOptions & { readonly knobs?: KnobInputs }): Promise<HuntResult>;
  /** The hunts at hand, in the order of their numbers. */
  hunts(): HuntLibrary;
  /** A hunt's KQL with its knobs set, without running it. */
  prepareHunt(id: string | Hunt, knobs?: KnobInputs): Prepared;
  /** Runs a hunt as `prepareHunt` gave it; places in errors are those in its `kql`. */
  runHunt(hunt: Hunt, prepared: Prepared, options?: HuntOptions): Promise<HuntResult>;
  tables(): readonly StoredTable[];
  /** The functions saved in the workspace's `functions/`, each with its mistake if it has one, in the order of their files. */
  functions(): readonly SavedFunction[];
  /** The watchlists that `_GetWatchlist('alias')` reads, in the order of their aliases. */
  watchlists(): readonly Watchlist[];
  /**
   * Reads a CSV file into a watchlist, which replaces one of the same alias.
   * @throws TrawlError `watchlist-invalid`, `path-…`
   */
  importWatchlist(path: string, options: WatchlistImport): Promise<Watchlist>;
  /** @throws TrawlError `watchlist-unknown` */
  removeWatchlist(alias: string): Promise<Watchlist>;
  /** The feeds of indicators that the settings name, and how they stand. */
  feeds(): Promise<readonly FeedStatus[]>;
  /** Updates those named, or all: what fails is said in the reports. @throws TrawlError `feed-unknown` */
  updateFeeds(names?: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<readonly FeedReport[]>;
  /** Records that could not be parsed, in the order they were met (100 unless told), and how many there are in all. */
  rejected(options?: {
    readonly limit?: number;
    readonly file?: string;
  }): Promise<{ readonly records: readonly RejectedRecord[]; readonly total: number }>;
  /**
   * Deletes what is older than `trawl.yaml` keeps, moves older days to Parquet files, and frees the space. `policy` stands
   * in for what `trawl.yaml` says.
   */
  maintain(options?: MaintenanceOptions & { readonly policy?: RetentionPolicy }): Promise<MaintenanceReport>;
  close(): Promise<void>;
}

/** A workspace that this process has open. */
export type LocalWorkspace = Workspace & Required<Pick<Workspace, 'exportParquet'>>;

/**
 * The workspace that an engine's store is.
 * @param beside whether other work goes on in this process while files are read
 */
export function workspaceOf(
  engine: Engine,
  config: Config,
  beside = false,
  feeds: Feeds = openFeeds(engine.store, config),
): LocalWorkspace {
  const { store } = engine;
  const hunts = huntsAtHand(store.path, config);
  return {
    path: store.path,
    createTable: (name, columns, how) => store.createTable(name, columns, how),
    ingest: (paths, how) =>
      ingest(store, connectors, paths, { beside, ...how, settings: { ...config.connectorSettings, ...how?.settings } }),
    query: (kql, how) => runQuery(engine, kql, how),
    queryStream: (kql, how) => queryStream(engine, kql, how),
    exportParquet: (kql, filesOf, how) => exportParquet(engine, kql, filesOf, how),
    explain: (kql, how) => explainQuery(engine, kql, how),
    async hunt(id, { knobs, ...how } = {}) {
      const hunt = hunts.find(id);
      return runHunt(engine, hunt, hunts.prepare(hunt, knobs), how);
    },
    hunts: hunts.list,
    prepareHunt: hunts.prepare,
    runHunt: (hunt, prepared, how) => runHunt(engine, hunt, prepared, how),
    tables: () => store.tables(),
    functions: () => savedFunctions(engine),
    watchlists: () => engine.watchlists.list(),
    async importWatchlist(path, { alias, searchKey, name = alias, description = '', skip = 0 }) {
      const items = await readWatchlistFile(path, skip);
      const key = searchKey ?? items.columns[0] ?? '';
      return engine.watchlists.put({ alias, searchKey: key, name, description, source: basename(path) }, items);
    },
    removeWatchlist: (alias) => engine.watchlists.remove(alias),
    feeds: () => feeds.list(),
    updateFeeds: (names, how) => feeds.update(names, how?.signal),
    async rejected(how) {
      return { records: await listRejected(store, how), total: await countRejected(store) };
    },
    maintain: ({ policy = config.retention, ...how } = {}) => maintain(store, policy, how),
    close: () => store.close(),
  };
}
