import type { Random } from './prng.js';

/** The stretch of time whose addresses count as known when the last day is hunted for new ones. */
export interface Baseline {
  readonly from: number;
  readonly to: number;
}

/**
 * Outside parties drawn by popularity. Once the baseline is over only those met in it are drawn again, so that the
 * addresses that are new on the last day are exactly the ones planted there.
 */
export interface Population {
  /** The index of a party for a connection that begins at `time`. */
  draw(random: Random, time: number): number;
}

/** `sample` draws an index below `size`. */
export function createPopulation(size: number, sample: (random: Random) => number, baseline: Baseline): Population {
  const met = new Uint8Array(size);
  const list: number[] = [];
  return {
    draw(random, time) {
      const index = sample(random);
      if (time < baseline.to) {
        if (time >= baseline.from && met[index] === 0) {
          met[index] = 1;
          list.push(index);
        }
        return index;
      }
      return met[index] === 1 || list.length === 0 ? index : random.pick(list);
    },
  };
}
