import type { Row } from '../engine/store/row.js';
import type { ColumnTypes, KqlType } from '../kql/types.js';
import type { ByteText } from '../util/byte-text.js';

export type { Cell, Row } from '../engine/store/row.js';

/**
 * How a source is cut into records.
 *  - `lines`: one record a line; blank lines are skipped, and never counted.
 *  - `raw-lines`: as `lines`, but a record is a `RawLine`: for formats of which millions of lines a minute come in.
 *  - `json`: the whole source is JSON: one document, an array (also as the single array property of an envelope,
 *    such as `records` or `events`), concatenated documents or NDJSON; one record a top-level value or array element.
 *    The envelope's properties other than the array are not lost: they reach the parser in `Origin.envelope`.
 *  - `xml-events`: one record an `<Event …>…</Event>` element, as text: exports of Windows event logs. A single message of a stream
 *    comes whole, with what stands around the element.
 *  - `csv`: RFC 4180 rows; a record is an array of cells, the first row is a record as any other.
 *  - `parquet`: a record is a row as an object; times are ISO texts, integers beyond 2^53 bigints.
 */
export type Framing = 'lines' | 'raw-lines' | 'json' | 'xml-events' | 'csv' | 'parquet';

/**
 * What a connector is: one folder under `src/connectors/`, holding
 *
 *   manifest.ts       the `Connector` value: names, framing, settings, detection
 *   parse.ts          text to the format's own fields
 *   map.ts            the format's fields to table columns
 *   samples/NAME.log  a sample of our own writing, and NAME.expected.json: what it must give
 *   connector.test.ts the samples through the connector, plus the format's quirks
 *
 * and one row in `src/connectors/index.ts`. A connector knows nothing of files, compression, DuckDB or threads:
 * it is given records and gives rows.
 */
export interface Connector {
  /** The word users type: `cef`, `windows-dns`. */
  readonly name: string;
  /** What the format is called by its vendor, for help texts. */
  readonly title: string;
  /** The tables this connector writes, for help texts and `trawl tables`. */
  readonly tables: readonly string[];
  /** The ways of cutting a source into records that the connector takes. */
  readonly framing: Framing | readonly Framing[];
  /** Settings a user may give (`--connector-setting cef.x=…`, `trawl.yaml`), with their default and one line of help. */
  readonly settings?: Readonly<Record<string, ConnectorSetting>>;
  /**
   * Columns of tables that `tables/` does not know (the documented `*_CL` ones), by table.
   * Columns met beyond those are kept as well, with the type of their first value, and reported.
   */
  readonly schemas?: Readonly<Record<string, Readonly<Record<string, KqlType>>>>;
  /** How sure the connector is that the sample is its format: 0 (no) to 1 (certain). Looks at content, not names. */
  detect(sample: Sample): number;
  /**
   * A parser for one source. May keep state between records (a header, a year, a zone).
   * Throws `Reject` when the source as a whole can't be taken (no table fits its columns).
   */
  open(context: ParseContext): Parser;
}

export interface ConnectorSetting {
  readonly default: string | number | boolean;
  readonly help: string;
}

/** The beginning of a source, decompressed, for detection. */
export interface Sample {
  /** Up to 64 KiB of text, cut at the last line break when there is more. */
  readonly text: string;
  /** The non-blank lines of `text`. */
  readonly lines: readonly string[];
  /** The first JSON values of the source (array elements when it is an array or an envelope), or rows of a Parquet file; empty if neither. */
  readonly json: readonly unknown[];
  /** The source's base name: only to tell apart what the content leaves open. Missing in tests of a parser alone. */
  readonly fileName?: string;
}

export interface ParseContext {
  /** Which framing was used, when the connector takes several. */
  readonly framing: Framing;
  /** The source's base name (`conn.log`), for formats that say what they are only there. Never its folder. */
  readonly fileName: string;
  /**
   * When the source was last written, Unix ms: the year of times without a year. On a stream it is now, each time it is
   * read: also the time of a message that says none.
   */
  readonly modified: number;
  /** The connector's settings with the defaults filled in. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** The beginning of the source. Given by ingest; missing only in tests of a parser alone. */
  readonly sample?: Sample;
  /** The types of the source's columns, when it says them itself (Parquet). */
  readonly sourceColumns?: ColumnTypes;
  /** The columns that a table has in the workspace, or by the schemas that come with Trawl; undefined when neither knows it. */
  readonly schema?: (table: string) => ColumnTypes | undefined;
  /** Writes rows of a table cell by cell, in place of `emit`. */
  readonly rows: (table: string) => RowWriter;
  /** Says the types of columns that only the source itself knows (a Parquet file's), before rows with them are emitted. */
  readonly declare?: (table: string, columns: ColumnTypes) => void;
}

/** Takes one row for a table. Rows of one record go in together or not at all. */
export type Emit = (table: string, row: Row) => void;

/** Writes rows of one table cell by cell: what a `Row` says, without making one. Rows of one record go in together or not at all. */
export interface RowWriter {
  /** The writer of a column's cells, to be kept; `type` is the type of its texts. */
  column(name: string, type: KqlType): CellWriter;
  /** Ends the row that cells were written into. */
  endRow(): void;
}

/**
 * Writes one cell of the current row; a row's cell is written at most once. Texts are as DuckDB casts them to the column's
 * type: decimal digits for int and long, ticks for datetime. An empty text is no value.
 */
export interface CellWriter {
  /** The UTF-8 text between two offsets. */
  put(source: ByteText, from: number, to: number): void;
  text(text: string): void;
}

/** A line as UTF-8 between two offsets, without its line break. Good until the next one; other bytes are another source. */
export interface RawLine {
  readonly source: ByteText;
  readonly start: number;
  readonly end: number;
}

/** A record: a line of text, a `RawLine`, a JSON value, or the cells of a CSV row. */
export type SourceRecord = string | unknown | readonly string[];

export interface Parser {
  /** True when the rows of a record are given only with the next record that is an 'event', or at the end. */
  readonly holdsBack?: boolean;
  /**
   * Emits the rows of one record: one event gives one or more rows, a header or comment none.
   * Throws `Reject` when the record isn't in the format: it is then kept, counted and shown with the reason.
   * @returns 'event' when the record was an event, 'skip' when it was a comment, a header or other furniture
   */
  parse(record: SourceRecord, emit: Emit, origin: Origin): 'event' | 'skip';
  /**
   * Called after the last record, for what was still being put together. Returns the events emitted (default 0).
   * More records follow only when a file has grown since: then start afresh, keeping the header.
   */
  end?(emit: Emit): number;
}

export interface Origin {
  /** Line of the record's start in the source, from 1 (0 where a framing has no lines). */
  readonly line: number;
  /** For framing `json`: the document around the array that the record stands in, without that array. */
  readonly envelope?: Readonly<Record<string, unknown>>;
}

/** Why a record could not be parsed: words for the user, no stack trace. */
export class Reject extends Error {
  override readonly name = 'Reject';
}
