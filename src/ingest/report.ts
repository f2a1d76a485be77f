import type { KqlType } from '../kql/types.js';

/**
 * What became of a file:
 *  - `ingested`: read from start to end
 *  - `resumed`: the rest of one that an earlier ingest was interrupted in
 *  - `extended`: what was added since it was recorded
 *  - `recorded`: nothing to do, all of it is in the workspace already (the counts are those of then)
 *  - `unrecognized`: no connector claims it, or none of its tables fits; kept among the rejected as a whole
 *  - `unreadable`: the system wouldn't let us read it
 *  - `empty`: it holds nothing
 */
export type FileOutcome = 'ingested' | 'resumed' | 'extended' | 'recorded' | 'unrecognized' | 'unreadable' | 'empty';

export interface FileReport {
  readonly path: string;
  /** Name of the connector, or '' when none took it. */
  readonly connector: string;
  /** Events added by this run; those of then when `status` is `recorded`. */
  readonly events: number;
  /** Records rejected by this run; those of then when `status` is `recorded`. A file rejected as a whole counts as one. */
  readonly rejected: number;
  readonly status: FileOutcome;
  /** Rows by table. */
  readonly byTable: Readonly<Record<string, number>>;
  /** Words for the user: cut off, too long lines, why no connector took it, … */
  readonly note?: string;
}

export interface IngestReport {
  /** Events added by this run: files already recorded don't count. */
  readonly events: number;
  readonly rejected: number;
  /** Rows added by table. */
  readonly byTable: Readonly<Record<string, number>>;
  readonly files: readonly FileReport[];
  /** Columns that no schema knew, met in the data, by table. */
  readonly newColumns?: Readonly<Record<string, Readonly<Record<string, KqlType>>>>;
  /** Values that their column could not hold, by table and column: they are in the string column `<column>_s`. */
  readonly misfits?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface IngestProgress {
  readonly path: string;
  /** Bytes read of the file as it is on disk. */
  readonly bytesRead: number;
  /** 0 when unknown (standard input). */
  readonly bytesTotal: number;
  /** Events of this file so far. */
  readonly events: number;
}

export interface IngestOptions {
  /** Name of the connector to use, whatever the content looks like. */
  readonly connector?: string;
  /** Table for data already in a table's shape; means the connector `table` unless another is named. */
  readonly table?: string;
  /** Settings of connectors by `connector.setting`. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Rows that a transaction holds at most (default 500,000; it ends after 3 s in any case): what a kill may cost. */
  readonly rowsACommit?: number;
  /** Whether other work goes on in this process meanwhile: DuckDB is then not set for reading files alone. */
  readonly beside?: boolean;
  /** What `-` reads, in place of this process's standard input. */
  readonly input?: AsyncIterable<Buffer>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: IngestProgress) => void;
}
