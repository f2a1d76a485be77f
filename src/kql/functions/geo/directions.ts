import { angle, cross, dot, orthogonal, sub, type Vec } from './vector.js';

const TURN = 2 * Math.PI;

/** The directions, seen from a point, that lead close by all targets so far. */
export interface Directions {
  /** Leaves only those that pass within the radius of a target; false when there are none. */
  narrow(target: Vec, radius: number): boolean;
  /** Whether a point lies in one of them. */
  has(point: Vec): boolean;
}

export function directionsFrom(start: Vec): Directions {
  const east = orthogonal(start);
  const north = cross(start, east);
  const direction = (to: Vec): number => Math.atan2(dot(sub(to, start), north), dot(sub(to, start), east));
  let [low, width] = [0, TURN];
  return {
    narrow(target, radius) {
      const distance = angle(start, target);
      if (radius >= distance) return true;
      const half = Math.asin(Math.min(1, Math.sin(radius) / Math.sin(distance)));
      const begin = direction(target) - half;
      if (width >= TURN) {
        [low, width] = [begin, 2 * half];
        return true;
      }
      const shift = Math.atan2(Math.sin(begin - low), Math.cos(begin - low));
      const [from, to] = [Math.max(0, shift), Math.min(width, shift + 2 * half)];
      if (from > to) return false;
      [low, width] = [low + from, to - from];
      return true;
    },
    has: (point) => width >= TURN || (((direction(point) - low) % TURN) + TURN) % TURN <= width,
  };
}
