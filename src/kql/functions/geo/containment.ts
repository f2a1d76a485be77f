import type { s2 } from 's2js';
import { s2Library } from './libraries.js';
import type { Vec } from './vector.js';
import type { Polygon } from './windings.js';

const kept = new WeakMap<readonly Polygon[], s2.Polygon[]>();

/** S2's own form of polygons. */
export function s2Polygons(polygons: readonly Polygon[]): s2.Polygon[] {
  let known = kept.get(polygons);
  if (!known) {
    known = polygons.map(s2Polygon);
    kept.set(polygons, known);
  }
  return known;
}

export const s2Point = ([x, y, z]: Vec): s2.Point => new (s2Library().Point)(x, y, z);

function s2Polygon(polygon: Polygon): s2.Polygon {
  const { Loop, Polygon: S2Polygon } = s2Library();
  return new S2Polygon(polygon.map((ring, i) => new Loop((i === 0 ? ring : ring.toReversed()).map(s2Point))));
}

/** Whether one of the polygons contains the place; of polygons that share a border only one contains a place on it. */
export function contains(polygons: readonly Polygon[], place: Vec): boolean {
  const point = s2Point(place);
  return s2Polygons(polygons).some((polygon) => polygon.containsPoint(point));
}
