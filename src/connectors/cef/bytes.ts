/** Small questions about the bytes of a line. Offsets are into the buffer; `to` and `end` are exclusive. */

const SPACE = 32;
const MINUS = 45;

/** `end` without the spaces and control characters before it. */
export function trimEnd(bytes: Buffer, from: number, end: number): number {
  let i = end;
  while (i > from && bytes[i - 1]! <= SPACE) i--;
  return i;
}

/** The integer that the decimal text between two offsets says; NaN for other texts. Past 2^53 it is not exact. */
export function wholeNumber(bytes: Buffer, from: number, to: number): number {
  const negative = bytes[from] === MINUS;
  const start = negative ? from + 1 : from;
  if (start >= to) return Number.NaN;
  let value = 0;
  for (let i = start; i < to; i++) {
    const digit = bytes[i]! - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

/** Whether the text between two offsets is the decimal text of a 32-bit integer. */
export function isInt32(bytes: Buffer, from: number, to: number): boolean {
  const number = wholeNumber(bytes, from, to);
  return number >= -2147483648 && number <= 2147483647;
}

/** Whether the text between two offsets is the decimal text of a 64-bit integer. */
export function isInt64(bytes: Buffer, from: number, to: number): boolean {
  const number = wholeNumber(bytes, from, to);
  if (Number.isSafeInteger(number)) return true;
  if (Number.isNaN(number) || to - from > 20) return false;
  const exact = BigInt(bytes.toString('latin1', from, to));
  return BigInt.asIntN(64, exact) === exact;
}
