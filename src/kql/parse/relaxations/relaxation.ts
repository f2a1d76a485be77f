import type { Analysis } from '../analyze.js';

/** A change of the query's text: `text` in place of the characters from `start` on. */
export interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/**
 * Something Sentinel refuses that has one sensible meaning. Its portable rewrite *is* what runs,
 * so the warning can't say anything else than what was done.
 */
export interface Relaxation {
  readonly code: string;
  /** What Sentinel does not accept, and what is meant. */
  readonly message: string;
  /** The edits that make the query portable; none when it does not apply. */
  edits(analysis: Analysis): readonly Edit[];
}
