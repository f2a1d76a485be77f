import { type ByteText, byteText } from '../../util/byte-text.js';

let bytes = Buffer.allocUnsafeSlow(65_536);
let text = byteText(bytes);
const SHORT = 64;

/** Where texts are made into bytes before they are copied on. Good until the next text. */
export const scratch = (): ByteText => text;

/** Writes a text into `scratch` as UTF-8, lone surrogates as U+FFFD. Returns its bytes. */
export function encodeText(from: string): number {
  const { length } = from;
  if (length * 3 > bytes.length) {
    bytes = Buffer.allocUnsafeSlow(length * 3);
    text = byteText(bytes);
  }
  if (length > SHORT) return bytes.write(from);
  for (let i = 0; i < length; i++) {
    const code = from.charCodeAt(i);
    if (code > 0x7f) return bytes.write(from);
    bytes[i] = code;
  }
  return length;
}

/** Writes a whole number of 0 or more, below 2^53, into `scratch` as decimal digits. Returns how many. */
export function encodeInteger(value: number): number {
  let rest = value;
  let digits = 1;
  for (let power = 10; power <= value; power *= 10) digits++;
  for (let at = digits - 1; at >= 0; at--) {
    const next = Math.floor(rest / 10);
    bytes[at] = 48 + rest - next * 10;
    rest = next;
  }
  return digits;
}
