import { type Position, positionOf } from './earth.js';
import { add, angle, between, cross, dot, normal, scale, stableCross, turn, type Vec } from './vector.js';

/** A closed chain of vertices, the first not repeated; what it bounds is on its left. */
export type Ring = readonly Vec[];

export const edgesOf = (ring: Ring): [Vec, Vec][] => ring.map((from, i) => [from, ring[(i + 1) % ring.length]!]);

/** The area of a triangle of the unit sphere, below 0 when it turns clockwise. */
const triangle = (a: Vec, b: Vec, c: Vec): number =>
  2 * Math.atan2(turn(a, b, c), 1 + dot(a, b) + dot(b, c) + dot(c, a));

/** Half of what lies on the left of a ring and right of it, as the ring turns: above 0 when the left is the smaller part. */
function curvature(ring: Ring): number {
  let sum = 0;
  for (const [i, b] of ring.entries()) {
    const [a, c] = [ring[(i + ring.length - 1) % ring.length]!, ring[(i + 1) % ring.length]!];
    const turned = angle(stableCross(a, b), stableCross(b, c));
    sum += turn(a, b, c) >= 0 ? turned : -turned;
  }
  return sum;
}

/** True when the part on the left of the ring is the smaller one. */
export const isCounterclockwise = (ring: Ring): boolean => curvature(ring) >= 0;

/** The area in square radians of the smaller part that a ring bounds. */
export function areaOf(ring: Ring): number {
  const [origin, ...rest] = ring;
  let sum = 0;
  for (let i = 1; i < rest.length; i++) sum += triangle(origin!, rest[i - 1]!, rest[i]!);
  const area = Math.abs(sum);
  return area > 2 * Math.PI ? 4 * Math.PI - area : area;
}

/** The length of a ring in radians. */
export const lengthOf = (ring: Ring): number => edgesOf(ring).reduce((sum, [a, b]) => sum + angle(a, b), 0);

/** Places in the middle of an edge to look from; a second is tried when the sight from the first passes through a vertex. */
export const LOOKOUTS = [0.4142, 0.5772, 0.3181, 0.6927, 0.2719];
const DOUBTFUL = 1e-16;

/** True when the point lies on the left of the ring. Points on the ring itself go either way. */
export function isLeftOf(point: Vec, ring: Ring): boolean {
  const edges = edgesOf(ring);
  for (const [i, [a, b]] of edges.entries()) {
    for (const lookout of LOOKOUTS) {
      const from = between(a, b, lookout);
      const crossings = countCrossings(from, point, edges, i);
      if (crossings !== undefined) return dot(normal(a, b), point) > 0 === (crossings % 2 === 0);
    }
  }
  return false;
}

function countCrossings(
  from: Vec,
  to: Vec,
  edges: readonly (readonly [Vec, Vec])[],
  except: number,
): number | undefined {
  let count = 0;
  for (const [i, edge] of edges.entries()) {
    if (i === except) continue;
    const crossing = crosses(from, to, ...edge);
    if (crossing === undefined) return undefined;
    if (crossing) count++;
  }
  return count;
}

/** Whether the edges AB and CD cross in the middle of both; undefined when it is too close to tell. */
export function crosses(a: Vec, b: Vec, c: Vec, d: Vec): boolean | undefined {
  const [abc, abd] = [turn(a, b, c), turn(a, b, d)];
  if ((abc > DOUBTFUL && abd > DOUBTFUL) || (abc < -DOUBTFUL && abd < -DOUBTFUL)) return false;
  const [cda, cdb] = [turn(c, d, a), turn(c, d, b)];
  if ((cda > DOUBTFUL && cdb > DOUBTFUL) || (cda < -DOUBTFUL && cdb < -DOUBTFUL)) return false;
  if ([abc, abd, cda, cdb].some((of) => Math.abs(of) <= DOUBTFUL)) {
    // two great circles meet in two antipodal places: far from each other's edge nothing is in doubt
    return dot(add(a, b), add(c, d)) < 0 ? false : undefined;
  }
  // on opposite sides of each other, and on the same half of the sphere
  return abc > 0 === cdb > 0 && abc > 0 !== abd > 0;
}

/**
 * The area of a triangle times the place that it balances at (which lies inside the sphere). Of small triangles the last
 * digits depend on how this is reckoned: S2's way.
 */
function triangleMoment(a: Vec, b: Vec, c: Vec): Vec {
  const [ra, rb, rc] = [stretch(b, c), stretch(c, a), stretch(a, b)];
  const ratios: Vec = [ra, rb - ra, rc - ra];
  const [x, y, z] = [0, 1, 2].map((i): Vec => [a[i]!, b[i]! - a[i]!, c[i]! - a[i]!]) as [Vec, Vec, Vec];
  return scale([dot(cross(y, z), ratios), dot(cross(z, x), ratios), dot(cross(x, y), ratios)], 0.5);
}

/** How much longer an edge is than the sine of it. */
function stretch(a: Vec, b: Vec): number {
  const theta = angle(a, b);
  return theta === 0 ? 1 : theta / Math.sin(theta);
}

/** The area of the smaller part that a ring bounds times the place it balances at. */
export function momentOf(ring: Ring): Vec {
  const [origin, ...rest] = ring;
  let sum: Vec = [0, 0, 0];
  for (let i = 1; i < rest.length; i++) sum = add(sum, triangleMoment(origin!, rest[i - 1]!, rest[i]!));
  return sum;
}

export const positionsOf = (ring: Ring): Position[] => [...ring, ring[0]!].map(positionOf);
