import { join } from 'node:path';
import { CONFIG_FILE, type Config, NO_CONFIG, readConfig } from './config/config.js';
import { openEngine } from './engine/engine.js';
import type { StoreOptions } from './engine/store/types.js';
import { type LocalWorkspace, workspaceOf } from './workspace.js';

export type { Config } from './config/config.js';
export type { SavedFunction } from './engine/functions/saved.js';
export type { DayOfTable, MaintenanceOptions, MaintenanceReport } from './engine/maintenance/maintain.js';
export type { RetentionPolicy } from './engine/maintenance/policy.js';
export type {
  Explained,
  Exported,
  QueryEvent,
  QueryOptions,
  QueryResult,
  QueryTable,
  ResultShape,
} from './engine/query-types.js';
export type { RejectedRecord } from './engine/store/rejected.js';
export type { StoredTable } from './engine/store/types.js';
export type { Watchlist } from './engine/watchlists/types.js';
export type { Entity } from './hunting/entities.js';
export type { EntityMapping, Hunt, HuntInfo } from './hunting/hunt.js';
export type { KnobInputs, KnobSetting, Prepared } from './hunting/prepare.js';
export type { Finding, HuntOptions, HuntResult } from './hunting/run.js';
export type { FileReport, IngestOptions, IngestProgress, IngestReport } from './ingest/report.js';
export type { FeedCounts, FeedReport, FeedStatus } from './intel/feeds/types.js';
export type { Diagnostic } from './kql/parse/diagnostics.js';
export type { Column, ColumnTypes, KqlType } from './kql/types.js';
export { TrawlError } from './util/errors.js';
export type { LocalWorkspace, WatchlistImport, Workspace } from './workspace.js';

/** How to open a workspace. */
export interface WorkspaceOptions extends StoreOptions {
  /** The settings file; `trawl.yaml` in the workspace's directory unless given. */
  readonly config?: string;
}

/**
 * Opens a workspace directory (made when missing), or one in memory without `path`.
 * @throws TrawlError `workspace-…`, `yaml-invalid`
 */
export async function openWorkspace({
  config: configFile,
  ...options
}: WorkspaceOptions = {}): Promise<LocalWorkspace> {
  const config = configOf(configFile, options.path);
  return workspaceOf(await openEngine(options), config);
}

function configOf(file: string | undefined, path: string | undefined): Config {
  if (file !== undefined) return readConfig(file);
  return path === undefined ? NO_CONFIG : readConfig(join(path, CONFIG_FILE));
}
