import type { Separators } from './separators.js';

/** A stored column, or one of the hidden ones with the numbers of its addresses. */
export type Part = 'value' | 'ipv4' | 'ipv6';

/** A column of a segment: which one, and what rows read as that were joined before it came up (undefined: none were). */
export interface SegmentColumn {
  readonly name: string;
  readonly part: Part;
  /** Place of its cell in a row, from 0. */
  readonly at: number;
  readonly fallback?: string;
}

/** A column that is the same in all rows of a segment. */
export interface SegmentConstant {
  readonly name: string;
  readonly part: Part;
  readonly text: string;
}

/** Rows ready for one insert: each a text of cells; rows may lack cells at the end, and not every cell belongs to a column. */
export interface Segment {
  readonly separators: Separators;
  readonly rows: readonly string[];
  readonly columns: readonly SegmentColumn[];
  readonly constants: readonly SegmentConstant[];
}
