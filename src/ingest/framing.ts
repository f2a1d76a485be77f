import type { SourceRecord } from './connector.js';

/** Takes records as they are cut. `line` is where the record starts, from 1 (0 where there are no lines). */
export interface RecordSink {
  record(record: SourceRecord, line: number, envelope?: Readonly<Record<string, unknown>>): void;
  /** A piece of the source that is no record; it counts as one, and is kept with the reason. */
  reject(text: string, line: number, reason: string): void;
}

/**
 * Cuts bytes (UTF-8) into records. What the records are must not depend on where the chunks end: a later run
 * counts on finding the same ones.
 */
export interface Framer {
  push(chunk: Buffer): void;
  end(): void;
}

/** Characters kept of what was rejected for its size. */
export const KEPT_TEXT = 65_536;
