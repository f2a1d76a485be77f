import type { Line } from './geojson.js';
import { chord2ToEdge, closestOnEdge, type Vec } from './vector.js';
import type { Polygon } from './windings.js';

export interface Nearest {
  /** The square of the chord to it. */
  readonly chord2: number;
  /** Which line, and which of its edges. */
  readonly line: number;
  readonly edge: number;
  point(): Vec;
}

/** The place on lines that is nearest to a place. */
export function nearest(place: Vec, lines: readonly Line[]): Nearest {
  let [chord2, line, edge] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const [l, vertices] of lines.entries()) {
    for (let e = 0; e + 1 < vertices.length; e++) {
      const found = chord2ToEdge(place, vertices[e]!, vertices[e + 1]!);
      if (found < chord2) [chord2, line, edge] = [found, l, e];
    }
  }
  return { chord2, line, edge, point: () => closestOnEdge(place, lines[line]![edge]!, lines[line]![edge + 1]!) };
}

/** The place on the borders of polygons that is nearest to a place. */
export const nearestOnBorder = (place: Vec, polygons: readonly Polygon[]): Nearest =>
  nearest(place, bordersOf(polygons));

const kept = new WeakMap<readonly Polygon[], Line[]>();

/** The rings of polygons as lines that end where they begin. */
export function bordersOf(polygons: readonly Polygon[]): Line[] {
  const known = kept.get(polygons) ?? polygons.flat().map((ring) => [...ring, ring[0]!]);
  kept.set(polygons, known);
  return known;
}
