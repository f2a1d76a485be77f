import { isPlace, type Position, RADIUS, toMetres, vectorOf } from './earth.js';
import { type Cell, type Line, linesFrom, pointJson, polygonsFrom } from './geojson.js';
import { nearest } from './nearest.js';
import { lineUnion, merged } from './overlay.js';
import { areaOf, isCounterclockwise, lengthOf, momentOf } from './rings.js';
import { locateOnEllipsoid } from './spheroid.js';
import { add, angle, between, norm2, scale, sub, unit, type Vec } from './vector.js';
import type { Polygon } from './windings.js';

/** The length of a line in radians. */
const length = (line: Line): number => line.slice(1).reduce((sum, to, i) => sum + angle(line[i]!, to), 0);

/** Lines of a geometry, what they share counted once. */
const once = (lines: readonly Line[]): readonly Line[] => (lines.length > 1 ? lineUnion(lines) : lines);

export function lineLength(line: Cell): Cell {
  const lines = linesFrom(line);
  return lines ? toMetres(once(lines).reduce((sum, of) => sum + length(of), 0)) : null;
}

/** An edge's length times the place it balances at. */
function edgeMoment(a: Vec, b: Vec): Vec {
  const [chord, sum] = [sub(a, b), add(a, b)];
  return scale(sum, Math.sqrt(norm2(chord) / norm2(sum)));
}

export function lineCentroid(line: Cell): Cell {
  const lines = linesFrom(line);
  if (!lines) return null;
  let sum: Vec = [0, 0, 0];
  for (const of of once(lines)) for (const [i, to] of of.slice(1).entries()) sum = add(sum, edgeMoment(of[i]!, to));
  return pointJson(unit(sum));
}

/** The area of a polygon in square radians; it may be more than half of the sphere. */
function areaOfPolygon([shell, ...holes]: Polygon): number {
  const whole = isCounterclockwise(shell!) ? areaOf(shell!) : 4 * Math.PI - areaOf(shell!);
  return holes.reduce((rest, hole) => rest - areaOf(hole), whole);
}

export function polygonArea(polygon: Cell): Cell {
  const polygons = polygonsFrom(polygon);
  return polygons && merged(polygons).reduce((sum, of) => sum + areaOfPolygon(of), 0) * RADIUS * RADIUS;
}

export function polygonPerimeter(polygon: Cell): Cell {
  const polygons = polygonsFrom(polygon);
  return polygons
    ? toMetres(
        merged(polygons)
          .flat()
          .reduce((sum, ring) => sum + lengthOf(ring), 0),
      )
    : null;
}

export function polygonCentroid(polygon: Cell): Cell {
  const polygons = polygonsFrom(polygon);
  return polygons ? pointJson(unit(merged(polygons).flat().map(momentOf).reduce(add, [0, 0, 0]))) : null;
}

/** The only line of a LineString. */
function single(line: Cell): Line | null {
  const lines = linesFrom(line);
  return lines?.length === 1 ? lines[0]! : null;
}

export function lineInterpolate(line: Cell, fraction: Cell): Cell {
  const vertices = single(line);
  if (!vertices || typeof fraction !== 'number' || !(fraction >= 0 && fraction <= 1)) return null;
  let rest = length(vertices) * fraction;
  for (const [i, to] of vertices.slice(1).entries()) {
    const edge = angle(vertices[i]!, to);
    if (rest < edge) return pointJson(between(vertices[i]!, to, rest / edge));
    rest -= edge;
  }
  return pointJson(vertices.at(-1)!);
}

export function lineLocate(line: Cell, longitude: Cell, latitude: Cell, onEllipsoid: Cell): Cell {
  const vertices = single(line);
  if (!vertices || !isPlace(longitude, latitude) || typeof onEllipsoid !== 'boolean') return null;
  const place = [longitude, latitude] as unknown as Position;
  if (onEllipsoid) return locateOnEllipsoid(vertices, place);
  const found = nearest(vectorOf(place), [vertices]);
  const before = length(vertices.slice(0, found.edge + 1));
  return Math.min(1, (before + angle(vertices[found.edge]!, found.point())) / length(vertices));
}
