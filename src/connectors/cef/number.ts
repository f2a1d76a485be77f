/** The number that the digits between two offsets of a text say; -1 when there are others, or none. Past 2^53 it is not exact. */
export function digits(text: string, start: number, end: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** The integer that the decimal text between two offsets says; NaN for other texts. Past 2^53 it is not exact. */
export function wholeNumber(text: string, start: number, end: number): number {
  const negative = text.charCodeAt(start) === 45;
  const value = digits(text, negative ? start + 1 : start, end);
  if (value === -1) return Number.NaN;
  return negative ? -value : value;
}

/** The 64-bit integer that a text says: a number where that is exact, else a bigint; undefined for other texts. */
export function longNumber(text: string, start: number, end: number): number | bigint | undefined {
  const number = wholeNumber(text, start, end);
  if (Number.isSafeInteger(number)) return number;
  if (Number.isNaN(number) || end - start > 20) return undefined;
  const exact = BigInt(text.slice(start, end));
  return BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

/** True for numbers of an int column. */
export const isInt32 = (number: number): boolean => number >= -2147483648 && number <= 2147483647;
