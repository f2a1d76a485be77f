import { type ByteText, byteText, findByte, sameBytes } from '../../util/byte-text.js';
import { trimEnd } from '../cef/bytes.js';

/** A field's name as it was met, so that what it leads to is found once and not in every line. */
export interface Key<T> {
  readonly text: ByteText;
  readonly value: T;
  /** The name that last followed this one: a guess that saves the search in the next line. */
  next: Key<T> | null;
}

/** Finds the key of the name between two offsets. */
export type FindKey<T> = (bytes: Buffer, from: number, to: number) => Key<T>;

/** Takes the pairs of a line as they are met. The value stands between the offsets; `escaped` when a `\"` is in it. */
export interface PairSink<T> {
  pair(key: Key<T>, from: number, to: number, escaped: boolean): void;
}

const SPACE = 32;
const TAB = 9;
const COMMA = 44;
const EQUALS = 61;
const QUOTE = 34;
const BACKSLASH = 92;

/** 1 for what a name is made of. */
const NAME = new Uint8Array(256);
for (const c of '0123456789.-_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') NAME[c.charCodeAt(0)] = 1;

/** A finder of keys that makes each once. `make` says what a name leads to. */
export function keyFinder<T>(make: (name: string) => T): FindKey<T> {
  const met = new Map<string, Key<T>>();
  return (bytes, from, to) => {
    const name = bytes.toString('latin1', from, to);
    let key = met.get(name);
    if (key === undefined) {
      key = { text: byteText(Buffer.from(name)), value: make(name), next: null };
      if (met.size < 10_000) met.set(name, key);
    }
    return key;
  };
}

/** Names that a log begins with: what stands before the first of them is a syslog header. */
const FIRST = new Set(
  `date time eventtime itime timestamp tz timezone logver idseq id devname devid device_id logid log_id vd type subtype
  loguid epid euid dsteuid dstepid logflag logtime sfsid`.split(/\s+/),
);

/** Where the pairs begin in a line; -1 when none of the names that a Fortinet log begins with is in it. */
export function findPairs(bytes: Buffer, start: number, end: number): number {
  for (
    let equals = bytes.indexOf(EQUALS, start);
    equals !== -1 && equals < end;
    equals = bytes.indexOf(EQUALS, equals + 1)
  ) {
    let from = equals;
    while (from > start && NAME[bytes[from - 1]!] === 1) from--;
    if (from === equals || !FIRST.has(bytes.toString('latin1', from, equals))) continue;
    return from > start && bytes[from - 1] === QUOTE ? from - 1 : from;
  }
  return -1;
}

/** The equals sign of a name that begins at `at`; -1 when no name with an equals sign stands there. */
function equalsAfter(bytes: Buffer, at: number, end: number): number {
  let i = at;
  while (i < end && NAME[bytes[i]!] === 1) i++;
  return i > at && i < end && bytes[i] === EQUALS ? i : -1;
}

const isSeparator = (code: number | undefined): boolean => code === SPACE || code === COMMA || code === TAB;

function skipSeparators(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && isSeparator(bytes[at])) at++;
  return at;
}

/**
 * Reads `name=value name="a value"` pairs, separated by spaces or commas. A quote ends a value when a separator and the
 * next name follow, or the line's end; other quotes, and those after a backslash, belong to the value. A value without
 * quotes runs to the separator before the next name.
 */
export function readPairs<T>(
  source: ByteText,
  from: number,
  lineEnd: number,
  find: FindKey<T>,
  sink: PairSink<T>,
): void {
  const { bytes, view } = source;
  const end = trimEnd(bytes, from, lineEnd);
  let last: Key<T> | null = null;
  let at = skipSeparators(bytes, from, end);
  let equals = equalsAfter(bytes, at, end);
  while (at < end) {
    if (equals === -1) {
      // text that belongs to no name
      while (at < end && !isSeparator(bytes[at])) at++;
      at = skipSeparators(bytes, at, end);
      equals = equalsAfter(bytes, at, end);
      continue;
    }
    const key: Key<T> = isGuess(source, last, at, equals) ? last!.next! : find(bytes, at, equals);
    if (last) last.next = key;
    last = key;
    const quoted = bytes[equals + 1] === QUOTE;
    const start = quoted ? equals + 2 : equals + 1;
    let escaped = false;
    let to = start;
    /** Where the value ends if no quote does it properly. */
    let fallback = -1;
    for (; ; to++) {
      if (quoted) to = findByte(view, QUOTE, to, end);
      else while (to < end && !isSeparator(bytes[to])) to++;
      if (to >= end) break;
      const behind = quoted ? to + 1 : to;
      const isHidden = quoted && bytes[to - 1] === BACKSLASH && isEscaped(bytes, to, start);
      if (isHidden) escaped = true;
      if (behind < end && !isSeparator(bytes[behind])) continue;
      at = skipSeparators(bytes, behind, end);
      equals = equalsOf(source, key.next, at, end);
      if (at < end && equals === -1) continue;
      if (!isHidden) break;
      if (fallback === -1) fallback = to;
    }
    if (to >= end) {
      // cut off, or the last quote stands after a backslash that is the value's own
      to = fallback === -1 ? end : fallback;
      at = skipSeparators(bytes, Math.min(end, to + 1), end);
      equals = equalsAfter(bytes, at, end);
    }
    sink.pair(key, Math.min(start, end), Math.max(Math.min(start, end), to), escaped);
  }
}

/** The equals sign of the name at an offset, found by the guessed name where that stands there. */
function equalsOf<T>(source: ByteText, guess: Key<T> | null, at: number, end: number): number {
  if (guess !== null) {
    const { length } = guess.text.bytes;
    const equals = at + length;
    if (equals < end && source.bytes[equals] === EQUALS && sameBytes(source.view, at, guess.text.view, 0, length))
      return equals;
  }
  return equalsAfter(source.bytes, at, end);
}

/** Whether the name between two offsets is the one that followed the last name before. */
function isGuess<T>({ view }: ByteText, last: Key<T> | null, from: number, to: number): boolean {
  const text = last?.next?.text;
  return text?.bytes.length === to - from && sameBytes(view, from, text.view, 0, to - from);
}

/** True when an odd number of backslashes stands before `at`. */
function isEscaped(bytes: Buffer, at: number, from: number): boolean {
  let i = at;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return (at - i) % 2 === 1;
}

/** The text of a value with its quotes' escapes undone. Other backslashes stand for themselves: paths have them. */
export const valueText = (bytes: Buffer, from: number, to: number): string =>
  bytes.toString('utf8', from, to).replaceAll('\\"', '"');

const QUOTED_CELL = /"((?:[^"]|"")*)"(?:,|$)|([^,]*)(?:,|$)/g;

/** A line whose pairs are the quoted cells of a CSV file (`"date=2024-06-14","msg=""a, b"""`), as pairs without those. */
export function unquoteCells(text: string): string {
  const cells = [...text.trimEnd().matchAll(QUOTED_CELL)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
  return cells
    .filter((cell) => cell.includes('='))
    .map(quoteValue)
    .join(' ');
}

function quoteValue(cell: string): string {
  const equals = cell.indexOf('=');
  const value = cell.slice(equals + 1);
  const bare = value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return `${cell.slice(0, equals)}="${bare.replace(/(?<!\\)"/g, '\\"')}"`;
}
