import type { KqlType } from '../../kql/types.js';
import type { ByteText } from '../../util/byte-text.js';
import { parseIpv4At } from '../../util/ip.js';
import { isAddressColumn } from './address-columns.js';
import { ENCODERS, type Encode } from './cells.js';
import { ColumnBuffer } from './column-buffer.js';
import { ipv6Text } from './ipv6-texts.js';
import type { Cell } from './row.js';
import type { FilledColumn } from './segment.js';
import { encodeInteger, encodeText, scratch } from './utf8-scratch.js';

/** One column of a table's rows on their way to an insert, with the keys of its addresses. */
export class TableColumn {
  /** Whether a text came up that has no key though it may be an address. */
  inexact = false;
  readonly encode: Encode;
  private readonly value = new ColumnBuffer();
  private readonly isAddress: boolean;
  private ipv4: ColumnBuffer | undefined;
  private ipv6: ColumnBuffer | undefined;

  /** @param leftOut the text that is not stored, because rows without a value read as it */
  constructor(
    readonly name: string,
    readonly type: KqlType,
    private readonly leftOut: string | undefined,
  ) {
    this.encode = ENCODERS[type];
    this.isAddress = type === 'string' && isAddressColumn(name);
  }

  /** Bytes held. */
  get size(): number {
    return this.value.size;
  }

  /** Whether the row has its cell. */
  has(row: number): boolean {
    return this.value.rows > row;
  }

  /** Writes a row's cell: UTF-8 between two offsets, a text that DuckDB's cast to the column's type takes. */
  put(row: number, source: ByteText, from: number, to: number): void {
    const { bytes } = source;
    if (from === to || (this.leftOut !== undefined && bytes.toString('utf8', from, to) === this.leftOut)) return;
    this.value.put(row, source, from, to);
    if (!this.isAddress) return;
    const address = parseIpv4At(bytes, from, to);
    if (address >= 0) this.putIpv4(row, address);
    else this.putIpv6(row, bytes.toString('utf8', from, to));
  }

  /** `put` of a text. */
  putText(row: number, text: string): void {
    const length = encodeText(text);
    this.put(row, scratch(), 0, length);
  }

  /** Writes a row's cell, converted to the column's type. False when that can't be done without loss: nothing is written then. */
  putCell(row: number, cell: Exclude<Cell, null | undefined>): boolean {
    const text = this.encode(cell);
    if (text === null) return false;
    this.putText(row, text);
    return true;
  }

  truncate(rows: number): void {
    this.value.truncate(rows);
    this.ipv4?.truncate(rows);
    this.ipv6?.truncate(rows);
  }

  /** What the column holds for `rows` rows; it is empty afterwards. */
  take(rows: number): FilledColumn[] {
    const { name } = this;
    return (['value', 'ipv4', 'ipv6'] as const).flatMap((part) => {
      const cells = this[part]?.take(rows);
      return cells ? [{ name, part, cells }] : [];
    });
  }

  private putIpv6(row: number, text: string): void {
    const { key, exact } = ipv6Text(text);
    if (!exact) this.inexact = true;
    if (key === '') return;
    this.ipv6 ??= new ColumnBuffer();
    const length = encodeText(key);
    this.ipv6.put(row, scratch(), 0, length);
  }

  private putIpv4(row: number, address: number): void {
    this.ipv4 ??= new ColumnBuffer();
    const length = encodeInteger(address);
    this.ipv4.put(row, scratch(), 0, length);
  }
}
