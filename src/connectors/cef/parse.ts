import { Reject } from '../../ingest/connector.js';
import { type ByteText, findByte, sameBytes } from '../../util/byte-text.js';
import { trimEnd } from './bytes.js';
import { findKey, type Key } from './columns.js';

/** Where a CEF event stands in its line: the header's fields and where the extension begins. */
export interface CefHeader {
  /** The six fields after the version, unescaped: vendor, product, version, class id, name, severity. */
  readonly fields: readonly string[];
  /** Offset of the extension in the line (the line's end when there is none). */
  readonly extension: number;
}

/** Takes the extension's pairs as they are met: offsets into the line, so that nothing is cut out that isn't wanted. */
export interface PairSink {
  /** The pair `key=value`; the value is the text between the offsets, still escaped when `escaped` (see `readValue`). */
  pair(source: ByteText, key: Key, from: number, to: number, escaped: boolean): void;
  /** Text that belongs to no key. */
  loose(source: ByteText, from: number, to: number): void;
}

const PIPE = 124;
const BACKSLASH = 92;
const SPACE = 32;
const TAB = 9;
const SEMICOLON = 59;
const EQUALS = 61;
const COLON = 58;
/** `CEF:` as the four bytes are read at once. */
const CEF = Buffer.from('CEF:').readInt32LE(0);

/** Offset of `CEF:<version>|` in a line; -1 when the line has none. */
export function findCef({ bytes, view }: ByteText, start: number, end: number): number {
  for (let colon = findByte(view, COLON, start + 3, end); colon < end; colon = findByte(view, COLON, colon + 1, end)) {
    if (view.getInt32(colon - 3, true) !== CEF) continue;
    let i = colon + 1;
    while (bytes[i] === SPACE) i++;
    const digits = i;
    while (isDigit(bytes[i]!)) i++;
    if (i > digits && i < end && bytes[i] === PIPE) return colon - 3;
  }
  return -1;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Reads the header that begins at `at`. Throws `Reject` when fields are missing. */
export function readHeader({ bytes, view }: ByteText, at: number, end: number): CefHeader {
  const fields: string[] = [];
  let start = findByte(view, PIPE, at, end) + 1;
  let i = start;
  while (fields.length < 6) {
    const pipe = findByte(view, PIPE, i, end);
    if (pipe === end) {
      // The last field may end the line: an event without extension.
      if (fields.length < 5) throw new Reject(`the CEF header has ${fields.length + 1} of its 6 fields`);
      fields.push(unescapeHeader(bytes.toString('utf8', start, end)));
      return { fields, extension: end };
    }
    i = pipe + 1;
    if (isEscaped(bytes, pipe, start)) continue;
    fields.push(unescapeHeader(bytes.toString('utf8', start, pipe)));
    start = i;
  }
  return { fields, extension: start };
}

/** True when an odd number of backslashes stands before `at`. */
function isEscaped(bytes: Buffer, at: number, from: number): boolean {
  let i = at;
  while (i > from && bytes[i - 1] === BACKSLASH) i--;
  return (at - i) % 2 === 1;
}

const unescapeHeader = (text: string): string => (text.includes('\\') ? text.replace(/\\([\\|])/g, '$1') : text).trim();

/** 1 for what a key may be made of, 2 for what it may begin with. */
const KEY = new Uint8Array(256);
for (const c of '0123456789.-[]') KEY[c.charCodeAt(0)] = 1;
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_') KEY[c.charCodeAt(0)] = 2;

/**
 * Reads extensions. A key is a word directly before an unescaped `=`, with a space before it; so `=` in URLs needs
 * no escape. A value runs to the space before the next key: spaces at its end are cut, those at its beginning are its own.
 * Cisco's eStreamer separates pairs by `;` in place of spaces: taken so when the second pair shows it.
 */
export class ExtensionReader {
  private source: ByteText | undefined;
  /** Where the last extension began. */
  private begun = 0;
  /** The first backslash from there on in the source: looked for in all of it, since most logs have few or none. */
  private backslash = -1;

  read(source: ByteText, from: number, lineEnd: number, sink: PairSink): void {
    const { bytes, view } = source;
    if (source !== this.source || from < this.begun) this.backslash = -1;
    this.source = source;
    this.begun = from;
    const end = trimEnd(bytes, from, lineEnd);
    const first = skipSpaces(bytes, from, end);
    let separator = SPACE;
    let count = 0;
    let key: Key | null = null;
    let valueStart = first;
    for (let at = findByte(view, EQUALS, first, end); at < end; at = findByte(view, EQUALS, at + 1, end)) {
      const guess: Key | null = key === null ? null : key.next;
      let next: Key;
      let start: number;
      if (guess !== null && separator === SPACE && isGuess(source, guess, at, valueStart)) {
        next = guess;
        start = at - guess.bytes.length;
      } else {
        start = keyStart(bytes, at, valueStart);
        if (start === -1) continue;
        if (start > first) {
          if (start === valueStart) continue;
          const before = bytes[start - 1];
          if (before === SEMICOLON && count === 1 && findKey(bytes, start, at).target !== null) separator = SEMICOLON;
          if (separator === SEMICOLON ? before !== SEMICOLON : before !== SPACE && before !== TAB) continue;
        }
        next = findKey(bytes, start, at);
        if (next.target === null && separator === SPACE && isCookie(bytes, start, valueStart)) continue;
      }
      if (key !== null) {
        const to = trimEnd(bytes, valueStart, start - 1);
        sink.pair(source, key, valueStart, to, this.hasBackslash(source, valueStart, to));
        key.next = next;
      } else if (start > first) sink.loose(source, first, start - 1);
      key = next;
      valueStart = at + 1;
      count++;
    }
    if (key !== null) {
      const to = separator === SEMICOLON ? trimSemicolon(bytes, valueStart, end) : end;
      sink.pair(source, key, valueStart, to, this.hasBackslash(source, valueStart, to));
    } else if (first < end) sink.loose(source, first, end);
  }

  private hasBackslash({ bytes }: ByteText, from: number, to: number): boolean {
    if (this.backslash < from) {
      const found = bytes.indexOf(BACKSLASH, from);
      this.backslash = found === -1 ? bytes.length : found;
    }
    return this.backslash < to;
  }
}

/** True when the key before `equals` is the guessed one. */
function isGuess({ bytes, view }: ByteText, guess: Key, equals: number, low: number): boolean {
  const { length } = guess.behindPair.bytes;
  const start = equals + 1 - length;
  if (start < low || !sameBytes(view, start, guess.behindPair.view, 0, length)) return false;
  return guess.target !== null || bytes[start - 1] !== SEMICOLON;
}

/** The offset where the word before `equals` begins, -1 when it is no key. */
function keyStart(bytes: Buffer, equals: number, low: number): number {
  let start = equals;
  let kind = 0;
  for (; start > low; start--) {
    const k = KEY[bytes[start - 1]!]!;
    if (k === 0) break;
    kind = k;
  }
  return kind === 2 ? start : -1;
}

/** `a=b; c=d` inside a value (cookies are written so): `c` is no key unless it is one of CEF's own. */
function isCookie(bytes: Buffer, start: number, low: number): boolean {
  let i = start - 1;
  while (i > low && bytes[i - 1] === SPACE) i--;
  return i > low && bytes[i - 1] === SEMICOLON;
}

/** A Windows path whose backslashes the product forgot to escape: `C:\new\log.txt`. */
const BARE_PATH = /(?:^|[\s"'])[A-Za-z]:\\(?!\\)/;

/** The value between two offsets. */
export const readValue = (bytes: Buffer, from: number, to: number): string =>
  unescapeValue(bytes.toString('utf8', from, to));

/** A value with its escapes undone. Other backslashes stand for themselves, since many products don't escape theirs. */
export function unescapeValue(value: string): string {
  if (!value.includes('\\')) return value;
  const bare = BARE_PATH.test(value);
  let text = '';
  let done = 0;
  for (let at = value.indexOf('\\'); at !== -1; at = value.indexOf('\\', at)) {
    const c = value.charAt(at + 1);
    const plain = c === '=' || c === '|' ? c : bare ? '' : c === '\\' ? c : c === 'n' ? '\n' : c === 'r' ? '\r' : '';
    if (plain === '') at++;
    else {
      text += value.slice(done, at) + plain;
      done = at += 2;
    }
  }
  return text + value.slice(done);
}

function skipSpaces(bytes: Buffer, from: number, end: number): number {
  let i = from;
  while (i < end && (bytes[i] === SPACE || bytes[i] === TAB)) i++;
  return i;
}

function trimSemicolon(bytes: Buffer, from: number, end: number): number {
  return end > from && bytes[end - 1] === SEMICOLON ? trimEnd(bytes, from, end - 1) : end;
}
