import { type ByteText, copyWords, SLACK, sameBytes } from '../../util/byte-text.js';
import { borrow, giveBack } from './buffer-pool.js';

/** Stands between the cells of a column. */
const SEPARATOR = 0x1f;
/** Stands before what takes the place of a separator, or of itself, inside a cell. */
const ESCAPE = 0x10;
const ESCAPED_SEPARATOR = 0x53;
const ESCAPED_ESCAPE = 0x44;
const SHORT = 512;
const SMALL = 256;

/** Cells of one column ready for an insert; whoever has them written gives the bytes back (`giveBack`). */
export interface ColumnCells {
  /** The cells' UTF-8 texts, joined by separators; the one text of all rows when `same`. */
  readonly bytes: Buffer;
  /** How many of the bytes are the cells'. */
  readonly length: number;
  readonly same: boolean;
  /** Whether some cell holds a separator or an escape, both written as two bytes: see `unescaped`. */
  readonly escaped: boolean;
}

/** SQL for the cells of a joined text, in a select from `separatorRow`. */
export const splitCells = (text: string): string => `string_split(${text}, separator)`;

/**
 * SQL for what `splitCells` needs. `random()` keeps DuckDB from splitting a parameter while it plans: a constant list would be
 * made value by value, which costs more than the whole insert.
 */
export const separatorRow = `(SELECT CASE WHEN random() >= 0 THEN chr(${SEPARATOR}) END AS separator)`;

/** SQL for a cell's text as it was, undoing the escapes. */
export const unescaped = (cell: string): string =>
  `replace(replace(${cell}, concat(chr(${ESCAPE}), chr(${ESCAPED_SEPARATOR})), chr(${SEPARATOR})), concat(chr(${ESCAPE}), chr(${ESCAPED_ESCAPE})), chr(${ESCAPE}))`;

/** The cells' texts as they were; the one text when all rows have the same. */
export function cellTexts({ bytes, length, same, escaped }: ColumnCells): string[] {
  const text = bytes.toString('utf8', 0, length);
  const cells = same ? [text] : text.split(String.fromCharCode(SEPARATOR));
  return escaped ? cells.map(withoutEscapes) : cells;
}

const ESCAPES = new RegExp(
  `${String.fromCharCode(ESCAPE)}([${String.fromCharCode(ESCAPED_SEPARATOR, ESCAPED_ESCAPE)}])`,
  'g',
);
const withoutEscapes = (cell: string): string =>
  cell.replace(ESCAPES, (_, escaped: string) =>
    String.fromCharCode(escaped.charCodeAt(0) === ESCAPED_SEPARATOR ? SEPARATOR : ESCAPE),
  );

/**
 * Collects the cells of one column as DuckDB takes them in fastest: one text that it splits itself. Rows are written in
 * rising order, each at most once; rows passed over are empty. While all rows have the same text it is kept once.
 */
export class ColumnBuffer {
  /** One more than the last row written. */
  rows = 0;
  private bytes: Buffer;
  private view: DataView;
  private length = 0;
  private capacity = SMALL;
  private same = true;
  private escaped = false;

  constructor() {
    this.bytes = borrow(SMALL);
    this.view = viewOf(this.bytes);
  }

  /** Bytes held. */
  get size(): number {
    return this.length;
  }

  /** Writes a row's cell: valid UTF-8 between two offsets. */
  put(row: number, source: ByteText, from: number, to: number): void {
    if (this.same) {
      if (row > 0 && row === this.rows && this.isSame(source, from, to)) {
        this.rows = row + 1;
        return;
      }
      if (row > 0) this.expand();
    }
    const gap = this.rows === 0 ? row : row - this.rows + 1;
    // an escape takes two bytes
    const most = this.length + gap + 2 * (to - from) + SLACK;
    if (most > this.bytes.length) this.grow(most);
    if (gap === 1) this.bytes[this.length++] = SEPARATOR;
    else if (gap > 1) {
      this.bytes.fill(SEPARATOR, this.length, this.length + gap);
      this.length += gap;
    }
    this.copy(source, from, to);
    this.rows = row + 1;
  }

  /** Forgets the rows from `rows` on. */
  truncate(rows: number): void {
    if (rows >= this.rows) return;
    if (rows === 0) this.reset();
    else if (!this.same) {
      for (let row = this.rows; row > rows; row--) this.length = this.bytes.lastIndexOf(SEPARATOR, this.length - 1);
    }
    this.rows = rows;
  }

  /** The cells of `rows` rows; the buffer is empty afterwards. Undefined when no row was written. */
  take(rows: number): ColumnCells | undefined {
    if (this.rows === 0) return undefined;
    if (this.rows < rows) {
      if (this.same) this.expand();
      const missing = rows - this.rows;
      if (this.length + missing > this.bytes.length) this.grow(this.length + missing);
      this.bytes.fill(SEPARATOR, this.length, this.length + missing);
      this.length += missing;
    }
    const { same, escaped } = this;
    const taken = { bytes: this.bytes, length: this.length, same, escaped };
    this.use(borrow(same ? SMALL : this.capacity));
    this.reset();
    return taken;
  }

  private reset(): void {
    this.rows = 0;
    this.length = 0;
    this.same = true;
    this.escaped = false;
  }

  private isSame(source: ByteText, from: number, to: number): boolean {
    return to - from === this.length && sameBytes(source.view, from, this.view, 0, this.length);
  }

  /** Writes the one text out for all rows that have it. */
  private expand(): void {
    this.same = false;
    const { rows, length } = this;
    if (rows < 2) return;
    const total = rows * (length + 1) - 1;
    if (total > this.bytes.length) this.grow(total);
    const { bytes } = this;
    bytes[length] = SEPARATOR;
    // each round doubles what is there
    for (let done = length + 1; done < total; done *= 2) bytes.copyWithin(done, 0, Math.min(done, total - done));
    this.length = total;
  }

  private copy({ bytes: source, view, reach }: ByteText, from: number, to: number): void {
    const { bytes } = this;
    let at = this.length;
    if (to - from <= SHORT) {
      if (to + SLACK <= reach && copyWords(view, from, to, this.view, at)) {
        this.length = at + to - from;
        return;
      }
    } else {
      const part = source.subarray(from, to);
      if (part.indexOf(SEPARATOR) < 0 && part.indexOf(ESCAPE) < 0) {
        bytes.set(part, at);
        this.length = at + part.length;
        return;
      }
    }
    for (let i = from; i < to; i++) {
      const byte = source[i]!;
      if (byte < 0x20 && (byte === SEPARATOR || byte === ESCAPE)) {
        bytes[at++] = ESCAPE;
        bytes[at++] = byte === ESCAPE ? ESCAPED_ESCAPE : ESCAPED_SEPARATOR;
        this.escaped = true;
      } else bytes[at++] = byte;
    }
    this.length = at;
  }

  private grow(size: number): void {
    this.capacity = Math.max(size, this.bytes.length * 2);
    const grown = borrow(this.capacity);
    this.bytes.copy(grown, 0, 0, this.length);
    giveBack(this.bytes);
    this.use(grown);
  }

  private use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
