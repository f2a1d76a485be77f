import type { ColumnCells } from './column-buffer.js';

/** A stored column, or one of the hidden ones with the numbers of its addresses. */
export type Part = 'value' | 'ipv4' | 'ipv6';

/** The cells of one column of a batch. */
export interface FilledColumn {
  readonly name: string;
  readonly part: Part;
  readonly cells: ColumnCells;
}
