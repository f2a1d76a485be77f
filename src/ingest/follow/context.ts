import type { FileEntry } from '../../engine/store/files.js';
import type { FollowedFile } from '../../engine/store/followed.js';
import type { WritableStore } from '../../engine/store/open.js';
import type { Batcher } from '../batcher.js';
import type { Connector } from '../connector.js';
import type { LiveWriter } from '../live/live-writer.js';
import type { Senders } from '../live/sender.js';

/** What all followed files share. */
export interface FollowContext {
  readonly store: WritableStore;
  readonly writer: LiveWriter;
  readonly batcher: Batcher;
  readonly connectors: readonly Connector[];
  readonly senders: Senders;
  /** Files the workspace knows, by id, and which of them is which on disk; grow along. */
  readonly entries: Map<number, FileEntry>;
  readonly followed: Map<string, FollowedFile>;
  /** Whether reading should end soon. */
  readonly stopping: () => boolean;
}
