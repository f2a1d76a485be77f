import type { Diagnostic } from '../kql/parse/diagnostics.js';
import type { PlanResult, Visualization } from '../kql/plan/nodes.js';
import type { Column } from '../kql/types.js';
import type { ExternalPlaces } from './external/places.js';

export interface QueryOptions {
  /** The query clock: `now` (default), `latest` (the last event stored), or a datetime. */
  readonly asOf?: string;
  /** Values for `declare query_parameters`, by name. */
  readonly parameters?: Readonly<Record<string, string | number | bigint | boolean>>;
  /** Time from the start of the query until it is given up; of a stream, with what its reader takes. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Rows a result is cut at, with a warning; 500,000 unless given, `Infinity` for all. */
  readonly rowLimit?: number;
  /** Where `externaldata` may read: the local file or folder for what the query calls it. Nothing unless given; nothing is fetched. */
  readonly externalData?: ExternalPlaces;
  /** False leaves out the plan's optimization: same answers, slower. */
  readonly optimize?: boolean;
}

/** A result's name and columns. */
export interface ResultShape {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly visualization?: Visualization;
}

/**
 * Cells: bool; int and long number (long bigint beyond 2^53); real number; decimal text; string text (never null);
 * datetime `2017-05-02T10:00:00.0000000Z`; timespan `[-][d.]hh:mm:ss[.fffffff]`; guid text; dynamic parsed JSON; null.
 */
export interface QueryTable extends ResultShape {
  readonly rows: unknown[][];
}

/** Milliseconds, and rows of all results together. */
export interface Statistics {
  readonly compileMs: number;
  readonly executeMs: number;
  readonly rows: number;
}

export interface QueryResult {
  readonly tables: readonly QueryTable[];
  readonly diagnostics: readonly Diagnostic[];
  /** The clock that now() and ago() read, as a datetime text. */
  readonly asOf: string;
  readonly statistics: Statistics;
}

/**
 * What a streamed query gives, in this order: one `start`; for each result a `table` and its rows in batches (of 1 to some
 * thousand rows, cells as in `QueryTable`); one `end`.
 */
export type QueryEvent =
  | {
      readonly kind: 'start';
      /** The results there will be. */
      readonly results: readonly ResultShape[];
      /** What compiling the query had to say. */
      readonly diagnostics: readonly Diagnostic[];
      readonly asOf: string;
    }
  | ({ readonly kind: 'table' } & ResultShape)
  | { readonly kind: 'rows'; readonly rows: unknown[][] }
  | {
      readonly kind: 'end';
      /** What running it had to say, beyond what `start` said: that a result was cut. */
      readonly diagnostics: readonly Diagnostic[];
      readonly statistics: Statistics;
    };

/** Results written to files. */
export interface Exported {
  readonly files: readonly (ResultShape & { readonly file: string; readonly rows: number })[];
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: string;
  readonly statistics: Statistics;
}

export interface Explained {
  readonly text: string;
  readonly results: readonly (PlanResult & { readonly sql: string })[];
  readonly diagnostics: readonly Diagnostic[];
  readonly asOf: string;
}

export const DEFAULT_ROW_LIMIT = 500_000;
