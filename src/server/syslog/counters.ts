/** What a listener has seen since the start. */
export interface ListenerCounters {
  connections: number;
  /** Connections turned away since there were too many. */
  refused: number;
  /** Connections that ended in an error: reset, garbage on the TLS port, no certificate. */
  failed: number;
  /** Octet counts that were wrong. */
  resynchronised: number;
  /** Messages of which only the beginning was taken. */
  cut: number;
}

export const noCounts = (): ListenerCounters => ({ connections: 0, refused: 0, failed: 0, resynchronised: 0, cut: 0 });

/** A place where messages come in. */
export interface Listener {
  /** `tcp://127.0.0.1:5514`, with the port that it really has. */
  readonly url: string;
  readonly counters: Readonly<ListenerCounters>;
  /** Connections open now. */
  readonly open: number;
  /** Takes no more, and gives on what has come in. */
  close(): Promise<void>;
}
