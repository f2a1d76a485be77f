import type { TableBuffer } from '../engine/store/table-buffer.js';
import type { TableColumn } from '../engine/store/table-column.js';
import type { KqlType } from '../kql/types.js';
import type { ByteText } from '../util/byte-text.js';
import type { CellWriter, RowWriter } from './connector.js';

/** Writes rows cell by cell into a table's buffer. */
export const rowWriter = (buffer: TableBuffer): RowWriter => ({
  column(name, type) {
    const column = buffer.column(name, type);
    return column.type === type ? new PlainCells(buffer, column) : new ConvertedCells(buffer, column, type);
  },
  endRow: () => buffer.endRow(),
});

class PlainCells implements CellWriter {
  constructor(
    private readonly buffer: TableBuffer,
    private readonly column: TableColumn,
  ) {}

  put(source: ByteText, from: number, to: number): void {
    this.column.put(this.buffer.rows, source, from, to);
  }

  text(text: string): void {
    this.column.putText(this.buffer.rows, text);
  }
}

/** Cells of a column that has another type in the workspace than the connector's. */
class ConvertedCells implements CellWriter {
  constructor(
    private readonly buffer: TableBuffer,
    private readonly column: TableColumn,
    private readonly type: KqlType,
  ) {}

  put({ bytes }: ByteText, from: number, to: number): void {
    this.text(bytes.toString('utf8', from, to));
  }

  text(text: string): void {
    if (text !== '') this.buffer.putCell(this.column, this.type === 'datetime' ? BigInt(text) : text);
  }
}
