import type { ReadTime } from '../log-time.js';
import { hostReader } from '../syslog-prefix.js';
import { findZone } from '../zone.js';

const GREATER = 62;
const COLON = 58;
const SPACE = 32;
const STAR = 42;
const TAB = 9;

const TIMES =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?: ?(?:Z|[+-]\d\d:?\d\d))?|(?:\b\d{4} )?[A-Z][a-z]{2} +\d{1,2},? (?:\d{4} )?\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?: \d{4}\b)?(?: [A-Z]{3,5}(?=[ :]|$))?|(?:^|[ >])\d{10}(?:\.\d+)?(?= |$)/g;
const YEAR_FIRST = /^(\d{4}) ([A-Z][a-z]{2} +\d{1,2}) /;
const DATED = /\d{4}/;

/**
 * The time in what stands before a message, in ticks: the last one written there, which is the device's own when a relay has
 * put its header before it, unless an earlier one says its year and the last doesn't. Null when there is none.
 */
export function readPrefixTime(prefix: string, readTime: ReadTime): bigint | null {
  let found: bigint | null = null;
  let dated = false;
  for (const [text] of prefix.matchAll(TIMES)) {
    const time = text.trim().replace(/^>/, '').replace(YEAR_FIRST, '$2 $1 ');
    if (dated && !DATED.test(time)) continue;
    const ticks = readTime(time);
    if (ticks === null) continue;
    found = ticks;
    dated = DATED.test(time);
  }
  return found;
}

/**
 * The host that a line names as its sender, '' when none: of `Jan 31 2020 17:24:03 fw : `, `2018-06-27T12:17:46Z fw : `,
 * `fw : `, and of EMBLEM's `<166>:Jan 31 17:24:03 UTC: ` none.
 */
export function senderReader(): (bytes: Buffer, start: number, end: number) => string {
  const read = hostReader();
  return (bytes, start, end) => {
    let to = end;
    while (to > start && bytes[to - 1]! <= SPACE) to--;
    const tab = findBack(bytes, TAB, start, to);
    // a syslog server's own file: its time, priority and the sender between tabs
    if (tab !== -1) return bytes.toString('utf8', tab + 1, to);
    const from = afterMark(bytes, start, to);
    if (to > from && bytes[to - 1] === COLON && !isZone(bytes, from, to - 1)) {
      to--;
      while (to > from && bytes[to - 1]! <= SPACE) to--;
    }
    return to > from ? read(bytes, from, to) : '';
  };
}

/** EMBLEM writes a colon, Cisco's routers a star, between the priority and the time. */
function afterMark(bytes: Buffer, start: number, end: number): number {
  let first = start;
  while (first < end && bytes[first] !== GREATER) first++;
  first = first === end ? start : first + 1;
  let at = first;
  while (at < end && (bytes[at] === COLON || bytes[at] === SPACE || bytes[at] === STAR)) at++;
  return at > first && bytes[at - 1] !== SPACE ? at : start;
}

/** Whether the word that ends at an offset is a time zone's and not a host's. */
function isZone(bytes: Buffer, from: number, end: number): boolean {
  const last = bytes[end - 1];
  if (last === undefined || last < 65 || last > 90) return false;
  const space = findBack(bytes, SPACE, from, end);
  return findZone(bytes.toString('latin1', space === -1 ? from : space + 1, end)) !== null;
}

/** The last offset of a byte between two others; -1 when there is none. (`Buffer.lastIndexOf` knows no lower bound.) */
function findBack(bytes: Buffer, byte: number, from: number, end: number): number {
  for (let at = end - 1; at >= from; at--) if (bytes[at] === byte) return at;
  return -1;
}
