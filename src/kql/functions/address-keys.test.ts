import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Keys, keyTest, type Range } from '../optimize/key-ranges.js';
import { column } from '../plan/build.js';
import { printExpr } from '../sql/duckdb/expr.js';

const KEYS: Keys = { ipv4: column({ name: 'v4', type: 'long' }), ipv6: column({ name: 'v6', type: 'long' }) };

/** Ends that meet, touch, overlap and lie at the edges. */
const ranges = (last: bigint): fc.Arbitrary<Range[]> => {
  const end = fc.oneof(fc.constantFrom(0n, 1n, 2n, 9n, 10n, last - 1n, last), fc.bigInt({ min: 0n, max: last }));
  const range = fc.tuple(end, end).map(([a, b]): Range => (a < b ? [a, b] : [b, a]));
  return fc.array(range, { maxLength: 7 });
};
const LAST4 = 2n ** 32n - 1n;
const LAST6 = 2n ** 128n - 1n;

it('tests of numbers agree with the ranges they are made of, null where there is no address', async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  await fc.assert(
    fc.asyncProperty(ranges(LAST4), ranges(LAST6), async (ipv4, ipv6) => {
      const around = (bounds: readonly Range[], last: bigint): bigint[] =>
        [0n, last, ...bounds.flat().flatMap((bound) => [bound - 1n, bound, bound + 1n])].filter(
          (of) => of >= 0n && of <= last,
        );
      const sql = printExpr(keyTest(KEYS, { ipv4, ipv6 }), {
        column: (name) => name,
        subquery: () => ({ sql: '', columns: [] }),
      });
      const cells = [
        ...around(ipv4, LAST4).map((of) => ({ of, row: `('${of}', NULL)`, ranges: ipv4 })),
        ...around(ipv6, LAST6).map((of) => ({ of, row: `(NULL, '${of}')`, ranges: ipv6 })),
        { of: undefined, row: '(NULL, NULL)', ranges: [] },
      ];
      const rows = cells.map(({ row }, i) => row.replace('(', `(${i}, `)).join(', ');
      const result = await connection.runAndReadAll(
        `SELECT ${sql} FROM (SELECT i, v4::UINTEGER AS v4, v6::UHUGEINT AS v6 FROM (VALUES ${rows}) AS t(i, v4, v6)) ORDER BY i`,
      );
      const expected = cells.map(({ of, ranges: own }) =>
        of === undefined ? null : own.some(([first, last]) => of >= first && of <= last),
      );
      expect(result.getRows().map(([cell]) => cell)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
  connection.closeSync();
});
