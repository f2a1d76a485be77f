import { HOUR, SECOND } from './clock.js';
import type { Random } from './prng.js';

/** A log-normal size, cut at `most`. */
export const size = (random: Random, median: number, sigma: number, most: number): number =>
  Math.min(most, Math.round(random.logNormal(median, sigma)));

/** A duration in ms: log-normal around so many seconds, an hour at most. */
export const seconds = (random: Random, median: number): number => size(random, median * SECOND, 1.1, HOUR);
