import { trimEnd } from '../cef/bytes.js';

const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const MOST = 512;

/** Where the fields of a line stand: offsets into its bytes, without quotes and spaces around them. */
export interface Fields {
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 for fields in which a quote is written twice. */
  readonly doubled: Uint8Array;
}

/** An empty `Fields`, to be filled by `splitFields` line after line. */
export const makeFields = (): Fields => ({
  count: 0,
  from: new Int32Array(MOST),
  to: new Int32Array(MOST),
  doubled: new Uint8Array(MOST),
});

/**
 * Cuts comma-separated fields. A quoted field ends at a quote before a comma or the line's end; quotes elsewhere that
 * nobody doubled belong to the text (Strata Logging Service writes such), and a line that was cut off inside one ends it.
 */
export function splitFields(bytes: Buffer, start: number, lineEnd: number, fields: Fields): void {
  const end = trimEnd(bytes, start, lineEnd);
  let count = 0;
  for (let at = start; at <= end && count < MOST; at++, count++) {
    let from = at;
    while (from < end && bytes[from] === SPACE) from++;
    let to: number;
    let doubled = 0;
    if (bytes[from] === QUOTE && from < end) {
      to = ++from;
      for (; to < end; to++) {
        if (bytes[to] !== QUOTE) continue;
        if (to + 1 === end || bytes[to + 1] === COMMA) break;
        if (bytes[to + 1] !== QUOTE) continue;
        doubled = 1;
        to++;
      }
      if (to > end) to = end;
      at = to === end ? end : to + 1;
    } else {
      to = from;
      while (to < end && bytes[to] !== COMMA) to++;
      at = to;
    }
    while (to > from && bytes[to - 1] === SPACE) to--;
    fields.from[count] = from;
    fields.to[count] = to;
    fields.doubled[count] = doubled;
  }
  fields.count = count;
}

/** The text of a field. */
export function fieldText(bytes: Buffer, fields: Fields, index: number): string {
  if (index < 0 || index >= fields.count) return '';
  const text = bytes.toString('utf8', fields.from[index]!, fields.to[index]!);
  return fields.doubled[index] === 1 ? text.replaceAll('""', '"') : text;
}
