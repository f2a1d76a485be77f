import { type ByteText, sameBytes } from '../../util/byte-text.js';
import { FIELDS } from './fields.js';
import type { Fields } from './split.js';

const COMMA = 44;
const QUOTE = 34;
const SPACE = 32;
const SLASH = 47;
const MINUS = 45;
const ONE = 49;
const TWO = 50;
const UPPER_T = 84;

/**
 * The offset where PAN-OS's message begins in a line, behind whatever syslog header: at the field before the first
 * comma that a date (`2025/03/28 `, `2025-03-28T`) follows. -1 when there is none.
 */
export function findMessage(bytes: Buffer, start: number, end: number): number {
  for (let comma = start; comma < end - 11; comma++) {
    if (bytes[comma] !== COMMA) continue;
    const date = bytes[comma + 1] === QUOTE ? comma + 2 : comma + 1;
    if (!isDate(bytes, date)) continue;
    let at = comma;
    while (at > start && (isDigit(bytes[at - 1]!) || bytes[at - 1] === QUOTE)) at--;
    return at;
  }
  return -1;
}

function isDate(bytes: Buffer, at: number): boolean {
  const first = bytes[at];
  if (first !== TWO && first !== ONE) return false;
  const separator = bytes[at + 4];
  if (separator !== SLASH && separator !== MINUS) return false;
  if (bytes[at + 7] !== separator || (bytes[at + 10] !== SPACE && bytes[at + 10] !== UPPER_T)) return false;
  for (const i of [1, 2, 3, 5, 6, 8, 9]) if (!isDigit(bytes[at + i]!)) return false;
  return true;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const TYPES = Object.keys(FIELDS).map((name) => ({ name, bytes: Buffer.from(name) }));

/** The log type that a field says; undefined when it says none. */
export function typeAt(bytes: Buffer, fields: Fields, index: number): string | undefined {
  if (index < 0 || index >= fields.count) return undefined;
  const from = fields.from[index]!;
  const length = fields.to[index]! - from;
  for (const { name, bytes: word } of TYPES) {
    if (word.length !== length) continue;
    let i = 0;
    while (i < length && (bytes[from + i]! & 0xdf) === word[i]) i++;
    if (i === length) return name;
  }
  return undefined;
}

/** Whether a word stands at an offset. */
export const standsAt = (source: ByteText, at: number, end: number, word: ByteText): boolean =>
  at + word.bytes.length <= end && sameBytes(source.view, at, word.view, 0, word.bytes.length);
