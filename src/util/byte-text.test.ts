import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byteText, copyWords, findByte, SLACK, sameBytes } from './byte-text.js';

const bytes = fc.uint8Array({ maxLength: 40 });

test('a byte is found where Buffer finds it', () => {
  fc.assert(
    fc.property(bytes, fc.nat(255), fc.nat(20), (array, byte, from) => {
      const text = Buffer.from(array);
      if (from > text.length) return;
      const found = text.indexOf(byte, from);
      expect(findByte(byteText(text).view, byte, from, text.length)).toBe(found < 0 ? text.length : found);
    }),
  );
});

test('the same bytes are the same, one that differs is seen', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (array, place, shift) => {
      const one = byteText(Buffer.from(array));
      const other = byteText(Buffer.concat([Buffer.alloc(shift), one.bytes]));
      expect(sameBytes(one.view, 0, other.view, shift, array.length)).toBe(true);
      if (array.length === 0) return;
      other.bytes[shift + (place % array.length)]! ^= 1;
      expect(sameBytes(one.view, 0, other.view, shift, array.length)).toBe(false);
    }),
  );
});

test('words are copied with what control characters are among them', () => {
  fc.assert(
    fc.property(bytes, fc.nat(9), fc.nat(9), (array, from, at) => {
      const source = byteText(Buffer.concat([Buffer.alloc(from), array, Buffer.alloc(SLACK)]));
      const target = Buffer.alloc(at + array.length + SLACK);
      const clean = copyWords(source.view, from, from + array.length, byteText(target).view, at);
      expect([...target.subarray(at, at + array.length)]).toEqual([...array]);
      expect(clean).toBe(array.every((byte) => byte >= 0x20));
    }),
  );
});
