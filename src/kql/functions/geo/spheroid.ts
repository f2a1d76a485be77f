import { type Position, positionOf } from './earth.js';
import type { Line } from './geojson.js';
import { ellipsoid } from './libraries.js';

interface Leg {
  readonly metres: number;
  at(metres: number): Position;
}

/** The geodesic of the ellipsoid between two places. */
function leg(from: Position, to: Position): Leg {
  const line = ellipsoid().InverseLine(from[1], from[0], to[1], to[0]);
  return {
    metres: line.s13,
    at: (metres) => {
      const place = line.Position(metres);
      return [place.lon2!, place.lat2!];
    },
  };
}

const metresBetween = (a: Position, b: Position): number => ellipsoid().Inverse(a[1], a[0], b[1], b[0]).s12!;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** How far along a leg it comes closest to a place: the distance has one lowest point, so it is narrowed down to a micrometre. */
function closest(of: Leg, place: Position): { readonly along: number; readonly metres: number } {
  let [low, high] = [0, of.metres];
  const distance = (along: number): number => metresBetween(of.at(along), place);
  while (high - low > 1e-6) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (distance(left) < distance(right)) high = right;
    else low = left;
  }
  const ends = [0, of.metres, (low + high) / 2].map((along) => ({ along, metres: distance(along) }));
  return ends.reduce((best, next) => (next.metres < best.metres ? next : best));
}

/** Where along a line, as a fraction of its length on the WGS-84 ellipsoid, it comes closest to a place. */
export function locateOnEllipsoid(line: Line, place: Position): number {
  const positions = line.map(positionOf);
  const legs = positions.slice(1).map((to, i) => leg(positions[i]!, to));
  let [before, nearest, found] = [0, Number.POSITIVE_INFINITY, 0];
  for (const of of legs) {
    const { along, metres } = closest(of, place);
    if (metres < nearest) [nearest, found] = [metres, before + along];
    before += of.metres;
  }
  return found / before;
}
