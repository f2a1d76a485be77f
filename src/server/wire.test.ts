import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromWire, toWire } from './wire.js';

test('what is sent is what arrives', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.constantFrom('\0', '\0n1', '\0\0s'),
      fc.double(),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
    ),
  })).any;
  fc.assert(
    fc.property(value, (sent) => {
      expect(fromWire(toWire(sent))).toEqual(sent);
    }),
    { numRuns: 300 },
  );
});
