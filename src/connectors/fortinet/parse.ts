import { trimEnd } from '../cef/bytes.js';

/** A field's name as it was met, so that what it leads to is found once and not in every line. */
export interface Key<T> {
  readonly bytes: Buffer;
  readonly value: T;
  /** The name that last followed this one: a guess that saves the search in the next line. */
  next: Key<T> | null;
}

/** Finds the key of the name between two offsets. */
export type FindKey<T> = (bytes: Buffer, from: number, to: number) => Key<T>;

/** Takes the pairs of a line as they are met. The value stands between the offsets; `escaped` when a `\"` is in it. */
export interface PairSink<T> {
  pair(bytes: Buffer, key: Key<T>, from: number, to: number, escaped: boolean): void;
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
      key = { bytes: Buffer.from(name), value: make(name), next: null };
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
export function readPairs<T>(bytes: Buffer, from: number, lineEnd: number, find: FindKey<T>, sink: PairSink<T>): void {
  const end = trimEnd(bytes, from, lineEnd);
  let at = skipSeparators(bytes, from, end);
  let equals = equalsAfter(bytes, at, end);
  let last: Key<T> | null = null;
  while (at < end) {
    if (equals === -1) {
      // text that belongs to no name
      while (at < end && !isSeparator(bytes[at])) at++;
      at = skipSeparators(bytes, at, end);
      equals = equalsAfter(bytes, at, end);
      continue;
    }
    const key: Key<T> = keyAt(bytes, at, equals, find, last);
    last = key;
    const quoted = bytes[equals + 1] === QUOTE;
    const start = quoted ? equals + 2 : equals + 1;
    let escaped = false;
    let to = start;
    let next = end;
    let nextEquals = -1;
    /** Where the value ends if no quote does it properly. */
    let fallback = -1;
    for (; ; to++) {
      if (quoted) {
        while (to < end && bytes[to] !== QUOTE) to++;
        if (to >= end) break;
        const after = to + 1;
        if (after < end && !isSeparator(bytes[after])) {
          if (isEscaped(bytes, to, start)) escaped = true;
          continue;
        }
        next = skipSeparators(bytes, after, end);
        nextEquals = equalsAfter(bytes, next, end);
        const closes = next >= end || nextEquals !== -1;
        if (isEscaped(bytes, to, start)) {
          escaped = true;
          if (closes && fallback === -1) fallback = to;
          continue;
        }
        if (closes) break;
      } else {
        while (to < end && !isSeparator(bytes[to])) to++;
        if (to >= end) break;
        next = skipSeparators(bytes, to, end);
        nextEquals = equalsAfter(bytes, next, end);
        if (next >= end || nextEquals !== -1) break;
      }
    }
    if (quoted && to >= end) {
      // cut off, or its last quote stands after a backslash that is the value's own
      to = fallback === -1 ? end : fallback;
      next = skipSeparators(bytes, to + 1, end);
      nextEquals = equalsAfter(bytes, next, end);
    }
    if (to > end) to = end;
    sink.pair(bytes, key, start, Math.max(start, to), escaped);
    at = Math.max(next, to);
    equals = nextEquals;
    next = end;
    nextEquals = -1;
  }
}

function keyAt<T>(bytes: Buffer, from: number, to: number, find: FindKey<T>, last: Key<T> | null): Key<T> {
  const guess = last?.next;
  if (guess && guess.bytes.length === to - from) {
    let i = 0;
    while (from + i < to && bytes[from + i] === guess.bytes[i]) i++;
    if (from + i === to) return guess;
  }
  const key = find(bytes, from, to);
  if (last) last.next = key;
  return key;
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
