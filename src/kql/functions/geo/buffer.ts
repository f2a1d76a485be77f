import { isPlace, type Position, toRadians, vectorOf } from './earth.js';
import { type Cell, geometryJson, linesFrom, polygonsFrom } from './geojson.js';
import { type Offset, offsetOfLine, offsetOfPoint, offsetOfRing, type Pen, penOf } from './offset.js';
import { merged, overlay } from './overlay.js';
import { turn, type Vec } from './vector.js';
import { covers, type Outline, type Polygon, polygonsOf } from './windings.js';

/** Farther than this (a little less than a quarter of the way around the Earth) buffers are refused. */
const FARTHEST = Math.PI / 2 - 1e-3;

/** How often the band between curves and what they were drawn from covers a place, back and forth. */
function sweptOver({ curve, source }: Offset, place: Vec): number {
  let count = 0;
  for (const [i, b] of curve.entries()) {
    const next = (i + 1) % curve.length;
    const [a, c, d] = [source[i]!, source[next]!, curve[next]!];
    count += triangleAround(place, a, b, c) + triangleAround(place, c, b, d);
  }
  return count;
}

/** 1 when the triangle turns counterclockwise around the place, −1 when clockwise, 0 when it is elsewhere. */
function triangleAround(place: Vec, a: Vec, b: Vec, c: Vec): number {
  const sides = [turn(a, b, place), turn(b, c, place), turn(c, a, place)];
  const turned = turn(a, b, c);
  if (turned > 0 && sides.every((of) => of > 0)) return 1;
  return turned < 0 && sides.every((of) => of < 0) ? -1 : 0;
}

/** The area within the curves, given what lay inside before they were drawn. */
function within(offsets: readonly Offset[], inside: (place: Vec) => number): Polygon[] {
  const outline: Outline = {
    rings: offsets.map(({ curve }) => curve),
    at: (place) => offsets.reduce((sum, of) => sum + sweptOver(of, place), inside(place)),
  };
  return polygonsOf(overlay([outline], ([covered]) => covered! > 0)[0]);
}

function pen(radius: Cell, tolerance: Cell): Pen | null {
  if (typeof radius !== 'number' || typeof tolerance !== 'number' || !(radius > 0) || !(tolerance > 0)) return null;
  const drawn = toRadians(radius);
  if (drawn > FARTHEST) throw new RangeError('buffers of 10,000 km or more are not supported yet');
  return penOf(drawn, toRadians(tolerance));
}

/** Polygons grown by a radius in metres. */
export function grown(polygons: readonly Polygon[], radius: number, tolerance: number): Polygon[] | null {
  const drawn = pen(radius, tolerance);
  if (!drawn) return null;
  const area = merged(polygons);
  const offsets = area.flat().map((ring) => offsetOfRing(ring, drawn));
  return within(offsets, (place) => area.filter((of) => covers(of, place)).length);
}

export function pointBuffer(longitude: Cell, latitude: Cell, radius: Cell, tolerance: Cell): Cell {
  const drawn = pen(radius, tolerance);
  if (!drawn || !isPlace(longitude, latitude)) return null;
  const { curve } = offsetOfPoint(vectorOf([longitude, latitude] as unknown as Position), drawn);
  return geometryJson({ polygons: [[curve]] });
}

export function lineBuffer(line: Cell, radius: Cell, tolerance: Cell): Cell {
  const [lines, drawn] = [linesFrom(line), pen(radius, tolerance)];
  if (!lines || !drawn) return null;
  const offsets = lines.map((of) => offsetOfLine(of, drawn));
  return geometryJson({ polygons: within(offsets, () => 0) });
}

export function polygonBuffer(polygon: Cell, radius: Cell, tolerance: Cell): Cell {
  const polygons = polygonsFrom(polygon);
  const buffered =
    polygons && typeof radius === 'number' && typeof tolerance === 'number' && grown(polygons, radius, tolerance);
  return buffered ? geometryJson({ polygons: buffered }) : null;
}
