import type { Framing } from '../connector.js';

const NEWLINE = 10;
const QUOTE = 34;

/** How many of the bytes are whole records, their line breaks included; 0 when none is whole. */
export function wholeRecords(bytes: Buffer, framing: Framing): number {
  const last = bytes.lastIndexOf(NEWLINE) + 1;
  if (framing !== 'csv' || bytes.indexOf(QUOTE) < 0) return last;
  // a line break between quotes ends no row
  let boundary = 0;
  let isOpen = false;
  let from = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
    for (let at = bytes.indexOf(QUOTE, from); at >= 0 && at < end; at = bytes.indexOf(QUOTE, at + 1)) isOpen = !isOpen;
    from = end + 1;
    if (!isOpen) boundary = from;
  }
  return boundary;
}

export function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}
