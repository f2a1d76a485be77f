import fc from 'fast-check';
import { expect, it } from 'vitest';
import { knobsOf, withKnobs } from '../../src/hunting/knobs.js';
import { prepare } from '../../src/hunting/prepare.js';
import { kqlLiteral } from '../../src/kql/literal-text.js';
import { literal } from '../../src/kql/plan/build.js';
import type { Literal } from '../../src/kql/plan/nodes.js';
import { TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_SECOND } from '../../src/util/ticks.js';

it.each([
  [7n * TICKS_PER_DAY, '7d'],
  [36n * TICKS_PER_HOUR, '36h'],
  [26n * TICKS_PER_HOUR + 184n * TICKS_PER_SECOND, 'timespan(1.02:03:04)'],
  [-TICKS_PER_DAY, 'timespan(-1.00:00:00)'],
])('a timespan of %s ticks is written as %s', (ticks, text) => {
  expect(kqlLiteral(literal('timespan', ticks))).toBe(text);
});

/** Any JSON value. */
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;
const ticks = fc.bigInt({ min: 0n, max: 3_155_378_975_999_999_999n });
const anyLiteral: fc.Arbitrary<Literal> = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => literal('string', value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => literal('long', value)),
  fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n - 1n }).map((value) => literal('int', value)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((value) => !Object.is(value, -0))
    .map((value) => literal('real', value)),
  ticks.map((value) => literal('datetime', value)),
  ticks.map((value) => literal('timespan', value)),
  ticks.map((value) => literal('timespan', -value)),
  fc.boolean().map((value) => literal('bool', value)),
  anyJson.map((value) => literal('dynamic', value as Literal['value'])),
);

it('whatever a value is, the query reads it back and holds nothing else', () => {
  const query = 'let k = 1; // help\nprint k';
  const knobs = knobsOf(query);
  fc.assert(
    fc.property(anyLiteral, (value) => {
      const changed = withKnobs(query, knobs, new Map([['k', value]]));
      expect(changed.endsWith('; // help\nprint k')).toBe(true);
      const [read, ...more] = knobsOf(changed);
      expect(more).toEqual([]);
      expect(comparable(read!.default)).toEqual(comparable(value));
    }),
    { numRuns: 200 },
  );
});

/** Whole numbers within dynamic values are read as bigints. */
const comparable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, of: unknown) => {
      if (typeof of !== 'bigint') return of;
      return Number.isSafeInteger(Number(of)) ? Number(of) : String(of);
    }),
  );

it('a knob that is made of another follows it', () => {
  const { knobs } = prepare('the query', 'let a = 100 * 1024;\nlet b = a / 2;\nlet c = 0.5;\nprint a, b, c', { a: 10 });
  expect(knobs.map(({ name, value, changed }) => [name, value, changed])).toEqual([
    ['a', '10', true],
    ['b', '5', true],
    ['c', 'real(0.5)', false],
  ]);
});
