import { type ByteText, byteText, sameBytes } from '../../util/byte-text.js';

const LONGEST = 256;

/** A function of a text, for texts that often are the same as the one before. */
export function rememberingLast<T>(read: (text: string) => T): (source: ByteText, from: number, to: number) => T {
  const last = byteText(Buffer.alloc(LONGEST));
  let length = -1;
  let value: T;
  return (source, from, to) => {
    if (to - from === length && sameBytes(source.view, from, last.view, 0, length)) return value;
    value = read(source.bytes.toString('utf8', from, to));
    length = to - from > LONGEST ? -1 : to - from;
    for (let i = 0; i < length; i++) last.bytes[i] = source.bytes[from + i]!;
    return value;
  };
}
