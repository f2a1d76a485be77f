import { trawlError } from './errors.js';

/**
 * A limit to work that never waits, like compiling: nothing else can stop it, so it looks at the clock itself. What runs is
 * one synchronous piece of work, so one limit at a time is enough; inside another it can only be earlier.
 */
let end = Number.POSITIVE_INFINITY;
let allowed = 0;
let calls = 0;

/** How many calls of `checkTime` go by until the clock is read again. */
const CALLS_PER_READING = 512;

/** What `work` gives. @throws `query-too-complex` from a `checkTime` in it when `ms` milliseconds have passed */
export function withinTime<T>(ms: number, work: () => T): T {
  const outer = { end, allowed };
  const mine = performance.now() + ms;
  if (mine < end) {
    end = mine;
    allowed = ms;
  }
  try {
    return work();
  } finally {
    end = outer.end;
    allowed = outer.allowed;
  }
}

/** To be called in every step of long work: throws once its time is over. */
export function checkTime(): void {
  calls += 1;
  if (calls % CALLS_PER_READING === 0 && performance.now() > end)
    throw trawlError('query-too-complex', { why: `it could not be compiled within ${Math.round(allowed)} ms` });
}
