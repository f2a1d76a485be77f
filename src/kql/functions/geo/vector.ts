/** Vectors in space; points on Earth are unit vectors, edges between them geodesics of the sphere. */
export type Vec = readonly [x: number, y: number, z: number];

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const sub = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec, k: number): Vec => [a[0] * k, a[1] * k, a[2] * k];
export const negate = (a: Vec): Vec => [-a[0], -a[1], -a[2]];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const norm2 = (a: Vec): number => dot(a, a);
export const cross = (a: Vec, b: Vec): Vec => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const same = (a: Vec, b: Vec): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2];

export function unit(a: Vec): Vec {
  const length = Math.sqrt(norm2(a));
  return length === 0 ? a : scale(a, 1 / length);
}

/** A vector along `a × b` that stays exact for points close to each other: (b + a) × (b − a) is twice it. */
export const stableCross = (a: Vec, b: Vec): Vec => cross(add(b, a), sub(b, a));

/** The unit normal of the edge AB: it points to the edge's left. */
export function normal(a: Vec, b: Vec): Vec {
  const crossed = stableCross(a, b);
  return norm2(crossed) > 0 ? unit(crossed) : orthogonal(a);
}

/** A unit vector at right angles to `a`: the one that S2 takes, on which the corners of buffers depend. */
export function orthogonal(a: Vec): Vec {
  const size = a.map(Math.abs);
  const largest = size[0]! > size[1]! ? (size[0]! > size[2]! ? 0 : 2) : size[1]! > size[2]! ? 1 : 2;
  const helper: [number, number, number] = [0.012, 0.0053, 0.00457];
  helper[(largest + 2) % 3] = 1;
  return unit(cross(a, helper));
}

/** The angle between two vectors in radians. */
export function angle(a: Vec, b: Vec): number {
  return Math.atan2(Math.sqrt(norm2(cross(a, b))), dot(a, b));
}

/** The determinant of A, B, C: above 0 when they turn counterclockwise, below 0 when clockwise, about 0 on one great circle. */
export const turn = (a: Vec, b: Vec, c: Vec): number => dot(a, cross(sub(b, a), sub(c, a)));

/** The point at distance `radians` from `a` in the direction of `dir`, which is at right angles to it. */
export const along = (a: Vec, dir: Vec, radians: number): Vec =>
  unit(add(scale(a, Math.cos(radians)), scale(dir, Math.sin(radians))));

/** The point at the fraction of the edge AB. */
export function between(a: Vec, b: Vec, fraction: number): Vec {
  if (fraction === 0) return a;
  if (fraction === 1) return b;
  return along(a, unit(cross(stableCross(a, b), a)), fraction * angle(a, b));
}

/** The point where two great circles meet, the one nearer to their edges. */
export function meet(a: Vec, b: Vec, c: Vec, d: Vec): Vec {
  const point = unit(cross(normal(a, b), normal(c, d)));
  return dot(point, add(add(a, b), add(c, d))) < 0 ? negate(point) : point;
}

/** The point of the edge AB that is closest to `x`. */
export function closestOnEdge(x: Vec, a: Vec, b: Vec): Vec {
  if (same(x, a) || same(x, b)) return x;
  const n = normal(a, b);
  const foot = unit(sub(x, scale(n, dot(x, n))));
  if (dot(foot, cross(n, a)) > 0 && dot(foot, cross(b, n)) > 0) return foot;
  return norm2(sub(x, a)) <= norm2(sub(x, b)) ? a : b;
}

/** The square of the chord between `x` and the edge AB. */
export function chord2ToEdge(x: Vec, a: Vec, b: Vec): number {
  const [toA, toB] = [norm2(sub(x, a)), norm2(sub(x, b))];
  const ends = Math.min(toA, toB);
  if (Math.max(toA, toB) >= ends + norm2(sub(a, b))) return ends;
  const c = stableCross(a, b);
  const c2 = norm2(c);
  const cx = cross(c, x);
  if (dot(sub(a, x), cx) >= 0 || dot(sub(b, x), cx) <= 0) return ends;
  const rest = 1 - Math.sqrt(norm2(cx) / c2);
  return Math.min(ends, dot(x, c) ** 2 / c2 + rest * rest);
}

/** The angle in radians whose chord has the square given. */
export const angleOfChord2 = (chord2: number): number => 2 * Math.asin(Math.min(1, 0.5 * Math.sqrt(chord2)));
