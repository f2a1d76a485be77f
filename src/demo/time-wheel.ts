import { MINUTE } from './clock.js';

interface Entry<T> {
  readonly time: number;
  readonly order: number;
  readonly item: T;
}

/** Holds items until their minute has come and hands them out in time order: items of one time in the order they came. */
export interface TimeWheel<T> {
  add(time: number, item: T): void;
  /** Removes and returns the items of the minute that `time` is in. */
  take(time: number): T[];
}

/** An empty wheel. */
export function createTimeWheel<T>(): TimeWheel<T> {
  const minutes = new Map<number, Entry<T>[]>();
  let order = 0;
  return {
    add(time, item) {
      const minute = Math.floor(time / MINUTE);
      const entries = minutes.get(minute);
      if (entries) entries.push({ time, order: order++, item });
      else minutes.set(minute, [{ time, order: order++, item }]);
    },
    take(time) {
      const minute = Math.floor(time / MINUTE);
      const entries = minutes.get(minute);
      if (!entries) return [];
      minutes.delete(minute);
      entries.sort((a, b) => a.time - b.time || a.order - b.order);
      return entries.map((entry) => entry.item);
    },
  };
}
