import type { Span } from '../../util/errors.js';

export type Severity = 'error' | 'warning' | 'information';

/** Something to say about a query: the official parser's findings (`KS###`) and ours. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: Span;
  /** The query rewritten so that Sentinel accepts it, where we know how. */
  readonly rewrite?: string;
}
