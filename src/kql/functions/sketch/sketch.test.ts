import { describe, expect, it } from 'vitest';
import { xxhash64OfLong } from '../text/xxhash64.js';
import { countHll, hllJson, hllOf, mergeHlls, readHll } from './hll.js';
import { digestOf, mergeDigests, percentileOf, percentRankOf, rankOf } from './tdigest.js';
import { digestJson, readDigest } from './tdigest-json.js';

/** Hashes of whole numbers, as halves. */
const hashes = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => xxhash64OfLong(BigInt(from + i))).flatMap((hash) => [
    Number(hash >> 32n),
    Number(BigInt.asUintN(32, hash)),
  ]);

describe('hll', () => {
  // the published standard errors, in percent
  it.each([
    [0, 1.6],
    [1, 0.8],
    [2, 0.4],
    [3, 0.28],
    [4, 0.2],
  ])('accuracy %i keeps to its error', (accuracy, percent) => {
    for (const count of [10_000, 60_000, 200_000]) {
      const counted = countHll(hllOf(hashes(0, count), accuracy)!);
      expect(Math.abs(counted / count - 1)).toBeLessThan((3 * percent) / 100);
    }
  });
  it('is exact while the hashes are kept', () => {
    expect(countHll(hllOf(hashes(0, 1000), 1)!)).toBe(1000);
    expect(countHll(hllOf(hashes(0, 8000), 2)!)).toBe(8000);
  });
  it('merges small and large states to what all values together give', () => {
    const whole = hllOf(hashes(0, 30_000), 1)!;
    const parts = [hashes(0, 20_000), hashes(10_000, 30_000), hashes(5, 500)].map((of) => hllOf(of, 1)!);
    expect(countHll(mergeHlls(parts)!)).toBe(countHll(whole));
    expect(mergeHlls([parts[0]!, hllOf(hashes(0, 10), 2)!])).toBeNull();
  });
  it('comes back from its JSON', () => {
    for (const state of [hllOf(hashes(0, 10), 1)!, hllOf(hashes(0, 50_000), 4)!]) {
      expect(readHll(JSON.parse(hllJson(state)))).toEqual(state);
      expect(readHll(JSON.stringify(hllJson(state)))).toEqual(state);
    }
    for (const none of ['', '5', '[]', '[[1024,14],["x"],[]]', '[[1024,14],[],"AA"]'])
      expect(readHll(none)).toBeUndefined();
  });
});

describe('tdigest', () => {
  const ones = (values: readonly number[]) => values.map((mean) => ({ mean, weight: 1 }));
  const shuffled = Array.from({ length: 50_000 }, (_, i) => (i * 7919) % 50_000);

  it('answers within a percent of the rank, the ends exactly', () => {
    const digest = digestOf('real', ones(shuffled))!;
    expect(digest.centroids.length).toBeLessThan(700);
    for (const p of [1, 10, 50, 90, 99]) {
      expect(Math.abs(Number(percentileOf(digest, p)) - p * 500)).toBeLessThan(250);
      expect(Math.abs(percentRankOf(digest, p * 500) - p)).toBeLessThan(0.2);
    }
    expect([percentileOf(digest, 0), percentileOf(digest, 100)]).toEqual([0, 49_999]);
  });
  it('keeps the error when digests are merged', () => {
    const parts = Array.from(
      { length: 20 },
      (_, i) => digestOf('real', ones(shuffled.slice(i * 2500, i * 2500 + 2500)))!,
    );
    const digest = mergeDigests(parts)!;
    for (const p of [10, 50, 90]) expect(Math.abs(Number(percentileOf(digest, p)) - p * 500)).toBeLessThan(500);
    expect(mergeDigests([parts[0]!, digestOf('long', [{ mean: 1n, weight: 1 }])!])).toBeNull();
  });
  it('ranks values that were never put in', () => {
    const digest = digestOf(
      'long',
      [1n, 5n, 9n].map((mean) => ({ mean, weight: 2 })),
    )!;
    expect([0n, 1n, 6n, 100n].map((value) => rankOf(digest, value))).toEqual([0, 2, 4, 6]);
  });
  it('comes back from its JSON, to the last tick', () => {
    const ticks = [633_979_008_000_000_001n, 633_979_008_000_000_002n].map((mean) => ({ mean, weight: 3 }));
    for (const type of ['datetime', 'timespan', 'long'] as const) {
      const digest = digestOf(type, ticks)!;
      expect(readDigest(digestJson(digest))).toEqual(digest);
    }
    const real = digestOf('real', ones([1.5, -2, 1e300]))!;
    expect(readDigest(digestJson(real))).toEqual(real);
    expect(readDigest('[[7],[1,2],[1]]')).toBeUndefined();
  });
});
