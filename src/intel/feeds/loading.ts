import type { FeedConfig } from '../../config/feeds.js';
import type { Intake } from './intake.js';
import type { Position } from './types.js';

/** What reading a feed needs. */
export interface Loading<K extends FeedConfig['kind'] = FeedConfig['kind']> {
  readonly feed: Extract<FeedConfig, { kind: K }>;
  /** Where the last update ended; `{}` for everything anew. */
  readonly position: Position;
  readonly intake: Intake;
  /** Objects of earlier updates, as JSON texts. */
  readonly objects: () => Promise<readonly string[]>;
  readonly signal: AbortSignal;
}

/** What was read. */
export interface Loaded {
  readonly position: Position;
  /** Nothing is new: what was taken in, if anything, doesn't count. */
  readonly unchanged?: boolean;
  /** What was taken in is all that the feed has. */
  readonly whole: boolean;
  /** MISP events taken in whole or gone: those named, or those that rows were taken in of. */
  readonly events?: readonly string[] | 'staged';
  /** Objects that later updates may need, as JSON texts by their ids. */
  readonly objects?: ReadonlyMap<string, string>;
}
