import type { CellWriter, RowWriter } from '../ingest/connector.js';
import { knownSchema } from '../tables/known.js';
import { type ByteText, byteText, copyWords, SLACK } from '../util/byte-text.js';
import { isInt32, isInt64 } from './cef/bytes.js';

const COLON = 58;
const DOT = 46;
const PERCENT = 37;
const SEMICOLON = 59;

/** Columns whose values, when they are no addresses, are host names and belong elsewhere. */
const HOST_COLUMNS: Readonly<Record<string, string>> = {
  SourceIP: 'SourceHostName',
  DestinationIP: 'DestinationHostName',
};
/** The wide columns beside the 32-bit ones that Microsoft is retiring. */
const WIDE_COLUMNS: Readonly<Record<string, string>> = {
  ExternalID: 'ExtID',
  DeviceCustomNumber1: 'FieldDeviceCustomNumber1',
  DeviceCustomNumber2: 'FieldDeviceCustomNumber2',
  DeviceCustomNumber3: 'FieldDeviceCustomNumber3',
};

/** A key of AdditionalExtensions, made ready for being written often. */
export interface ExtensionKey {
  /** `name=`, and `SLACK` bytes behind it. */
  readonly view: DataView;
  readonly length: number;
}

/** The key of a name. */
export function extensionKey(name: string): ExtensionKey {
  const bytes = Buffer.concat([Buffer.from(`${name}=`), Buffer.alloc(SLACK)]);
  return { view: byteText(bytes).view, length: bytes.length - SLACK };
}

interface Column {
  readonly cell: CellWriter;
  readonly type: 'string' | 'int' | 'long' | 'real' | 'datetime';
  readonly wide: number;
  readonly host: number;
}

/**
 * Writes rows of CommonSecurityLog for firewalls' own formats: cells by column, and the `key=value;key=value` of
 * AdditionalExtensions. Of several values for a column in a row the first stands. A class, so that all files' lines
 * run through the same compiled code.
 */
export class SecurityLog {
  private readonly columns: Column[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly filledBy = new Uint32Array(256);
  private readonly extensions: CellWriter;
  private extension = byteText(Buffer.allocUnsafeSlow(4096));
  private length = 0;
  private row = 1;

  constructor(private readonly rows: RowWriter) {
    this.extensions = rows.column('AdditionalExtensions', 'string');
  }

  /** The number by which the other methods know a column. Throws for a column that CommonSecurityLog hasn't. */
  column(name: string): number {
    let number = this.numbers.get(name);
    if (number === undefined) {
      const type = knownSchema('CommonSecurityLog')?.[name];
      if (type === undefined) throw new Error(`CommonSecurityLog has no column ${name}`);
      const wide = WIDE_COLUMNS[name];
      const host = HOST_COLUMNS[name];
      const column = {
        cell: this.rows.column(name, type),
        type: type as Column['type'],
        wide: wide === undefined ? -1 : this.column(wide),
        host: host === undefined ? -1 : this.column(host),
      };
      number = this.columns.push(column) - 1;
      this.numbers.set(name, number);
    }
    return number;
  }

  /** Whether the row has a value in a column. */
  has(column: number): boolean {
    return this.filledBy[column] === this.row;
  }

  /** Writes the UTF-8 text between two offsets. False when the column is filled already, or of another type. */
  put(column: number, source: ByteText, from: number, to: number): boolean {
    if (from >= to) return true;
    if (this.filledBy[column] === this.row) return false;
    const { bytes } = source;
    const { cell, type, wide, host } = this.columns[column]!;
    switch (type) {
      case 'string':
        if (host !== -1 && !isAddress(bytes, from, to)) return this.put(host, source, from, to);
        break;
      case 'int':
        if (!isInt32(bytes, from, to)) return wide !== -1 && this.put(wide, source, from, to);
        if (wide !== -1) this.put(wide, source, from, to);
        break;
      case 'long':
        if (!isInt64(bytes, from, to)) return false;
        break;
      case 'real':
        if (!Number.isFinite(Number(bytes.toString('latin1', from, to)))) return false;
        break;
      case 'datetime':
        break;
    }
    this.filledBy[column] = this.row;
    cell.put(source, from, to);
    return true;
  }

  /** Writes a text, as `put` does. Datetimes are ticks. */
  text(column: number, text: string): boolean {
    if (text === '') return true;
    if (this.filledBy[column] === this.row) return false;
    const { cell, type, host } = this.columns[column]!;
    if (host !== -1 || (type !== 'string' && type !== 'datetime')) {
      const source = byteText(Buffer.from(text));
      return this.put(column, source, 0, source.bytes.length);
    }
    this.filledBy[column] = this.row;
    cell.text(text);
    return true;
  }

  /** Adds a pair to AdditionalExtensions. */
  pair(key: ExtensionKey, { bytes, view, reach }: ByteText, from: number, to: number): void {
    const most = this.length + key.length + to - from + 1 + SLACK;
    if (most > this.extension.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(most * 2);
      this.extension.bytes.copy(grown, 0, 0, this.length);
      this.extension = byteText(grown);
    }
    const { extension } = this;
    if (this.length > 0) extension.bytes[this.length++] = SEMICOLON;
    copyWords(key.view, 0, key.length, extension.view, this.length);
    const at = this.length + key.length;
    if (to + SLACK <= reach) copyWords(view, from, to, extension.view, at);
    else bytes.copy(extension.bytes, at, from, to);
    this.length = at + to - from;
  }

  /** Ends the row. */
  end(): void {
    if (this.length > 0) this.extensions.put(this.extension, 0, this.length);
    this.length = 0;
    this.row++;
    this.rows.endRow();
  }

  /** Forgets what AdditionalExtensions holds, before a row of which nothing has been written to a column. */
  clear(): void {
    this.length = 0;
  }
}

/** Whether a text looks like an IPv4 or IPv6 address and not like a host name: digits and dots, or hexadecimal with colons. */
export function isAddress(bytes: Buffer, from: number, to: number): boolean {
  let colons = 0;
  let letters = 0;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (c === COLON) colons++;
    else if (c === PERCENT) return colons > 0;
    else if ((c | 32) >= 97 && (c | 32) <= 102) letters++;
    else if (c !== DOT && !(c >= 48 && c <= 57)) return false;
  }
  return colons > 1 || letters === 0;
}
