import type { FileEntry } from '../engine/store/files.js';
import type { Store } from '../engine/store/types.js';
import type { Batcher } from './batcher.js';
import type { Connector } from './connector.js';
import type { IngestOptions } from './report.js';

/** What all files of one ingest share. */
export interface IngestContext {
  readonly store: Store;
  readonly connectors: readonly Connector[];
  readonly batcher: Batcher;
  /** Files the workspace knows, by id; grows along. */
  readonly entries: Map<number, FileEntry>;
  readonly options: IngestOptions;
}
