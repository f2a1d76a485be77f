/** Why an update of a feed failed: words for the user, without secrets. */
export class FeedFailure extends Error {
  override readonly name = 'FeedFailure';
  /** @param retryAfter ms that the server asks to be left alone for */
  constructor(
    message: string,
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

/** Where an update goes on from the one before: each kind of feed has its own words here, all of them JSON. */
export interface Position {
  /** What the server said of a list, to ask whether it changed; of a file, its size and time. */
  readonly etag?: string;
  readonly lastModified?: string;
  /** TAXII: the date of the last object added, by collection. */
  readonly addedAfter?: Readonly<Record<string, string>>;
  /** MISP: Unix seconds of the server's clock. */
  readonly since?: number;
  /** A MISP feed's events and their timestamps. */
  readonly events?: Readonly<Record<string, string>>;
}

/** What an update did, in indicators; `active` are those that hunts use now. */
export interface FeedCounts {
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly active: number;
}

/** What the workspace remembers of a feed. Times are Unix ms, 0 for never. */
export interface FeedState {
  /** Of its settings: with others, everything is read anew. */
  readonly fingerprint: string;
  readonly attempted: number;
  readonly succeeded: number;
  /** When indicators last came or went. */
  readonly changed: number;
  readonly failingSince: number;
  /** Failures since the last success. */
  readonly failures: number;
  readonly problem: string;
  readonly position: Position;
  /** Of the last update that read anything. */
  readonly counts: FeedCounts;
}

/** A feed of the settings and how it stands. */
export interface FeedStatus extends Omit<FeedState, 'fingerprint' | 'position'> {
  readonly name: string;
  readonly kind: string;
  /** Its address without what may hold a key, or its path. */
  readonly source: string;
  /** ms between two updates. */
  readonly every: number;
  readonly updating: boolean;
  /** When it is updated next, as far as a server plans to. */
  readonly next?: number;
}

/** What became of one update. */
export interface FeedReport {
  readonly name: string;
  readonly outcome: 'updated' | 'unchanged' | 'failed';
  readonly counts: FeedCounts;
  readonly problem?: string;
  /** ms that the server asks to be left alone for. */
  readonly retryAfter?: number;
}
