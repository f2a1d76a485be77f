import { type Position, positionOf, toRadians, vectorOf } from './earth.js';
import { all, type Cell, linesFrom, polygonsFrom, positionFrom } from './geojson.js';
import { isCounterclockwise } from './rings.js';
import { angleOfChord2, between, dot, negate, norm2, scale, sub, type Vec } from './vector.js';

/**
 * Where along an edge the straight line of the map and the geodesic are compared, and how much of the greatest distance
 * between them is found there: S2's figures (its cubic model of how they part).
 */
const PROBE = 0.3121569108224831;
const FOUND = 0.8382999256988851;
const [LEAST, MOST] = [0.1, 10_000];
const MOST_POINTS = 10_485_760;

const on = ([x1, y1]: Position, [x2, y2]: Position, fraction: number): Position => [
  x1 + (x2 - x1) * fraction,
  y1 + (y2 - y1) * fraction,
];

/** How far the straight line of the map is from the geodesic where they are compared, in radians. */
function strays(from: Position, to: Position): number {
  const [a, b] = [vectorOf(from), vectorOf(to)];
  if (dot(a, b) < -1e-14) return Number.POSITIVE_INFINITY;
  const apart = [PROBE, 1 - PROBE].map((at) => norm2(sub(between(a, b, at), vectorOf(on(from, to, at)))));
  return angleOfChord2(Math.max(...apart));
}

/** The map's straight line from one place to another as a chain of geodesics, without its first place. */
function chain(from: Position, to: Position, tolerance: number, found: Position[]): void {
  if (strays(from, to) <= tolerance * FOUND || found.length > MOST_POINTS) {
    found.push(to);
    return;
  }
  const middle = on(from, to, 0.5);
  chain(from, middle, tolerance, found);
  chain(middle, to, tolerance, found);
}

/** A chain densified; where asked, an edge goes the short way round even over the antimeridian. */
function densified(positions: readonly Position[], tolerance: number, shortWay: boolean): Position[] {
  const found = [positions[0]!];
  let last = positions[0]!;
  for (const [longitude, latitude] of positions.slice(1)) {
    const turns = shortWay ? Math.round((longitude - last[0]) / 360) : 0;
    const next: Position = [longitude - turns * 360, latitude];
    chain(last, next, tolerance, found);
    last = next;
  }
  return found;
}

/** Just short of the antimeridian: lines that pass it end here and go on behind it. */
const EDGE_OF_MAP = 179.999999999999;

/** Cuts a chain at the antimeridian. */
function cutAtAntimeridian(positions: readonly Position[]): Position[][] {
  const parts: Position[][] = [[positions[0]!]];
  for (const [i, to] of positions.slice(1).entries()) {
    const from = positions[i]!;
    if (Math.abs(to[0] - from[0]) > 180) {
      const side = from[0] < 0 ? -EDGE_OF_MAP : EDGE_OF_MAP;
      const latitude = crossing(vectorOf(from), vectorOf(to));
      parts.at(-1)!.push([side, latitude]);
      parts.push([[-side, latitude]]);
    }
    parts.at(-1)!.push(to);
  }
  return parts;
}

/** The latitude at which an edge passes the antimeridian. */
function crossing(a: Vec, b: Vec): number {
  const point = sub(scale(a, b[1]), scale(b, a[1]));
  return positionOf(point[0] > 0 ? negate(point) : point)[1];
}

/** The positions of a GeoJSON array, or null. */
const positionsFrom = (value: unknown): Position[] | null => (Array.isArray(value) ? all(value, positionFrom) : null);

const isTolerance = (tolerance: Cell): tolerance is number =>
  typeof tolerance === 'number' && tolerance >= LEAST && tolerance <= MOST;

/** The places of a chain as the sphere has them. */
const placed = (positions: readonly Position[]): Position[] => positions.map((at) => positionOf(vectorOf(at)));

interface Given {
  readonly type: string;
  readonly coordinates: unknown[];
}

export function lineDensify(line: Cell, tolerance: Cell, shortWay: Cell): Cell {
  if (!linesFrom(line) || !isTolerance(tolerance) || typeof shortWay !== 'boolean') return null;
  const { type, coordinates } = JSON.parse(String(line)) as Given;
  const chains = (type === 'LineString' ? [coordinates] : coordinates).flatMap((of) => {
    const whole = placed(densified(positionsFrom(of)!, toRadians(tolerance), shortWay));
    return shortWay ? [whole] : cutAtAntimeridian(whole);
  });
  return tooLong(chains)
    ? null
    : chains.length === 1
      ? JSON.stringify({ type: 'LineString', coordinates: chains[0] })
      : JSON.stringify({ type: 'MultiLineString', coordinates: chains });
}

const tooLong = (chains: readonly Position[][]): boolean =>
  chains.reduce((sum, of) => sum + of.length, 0) > MOST_POINTS;

export function polygonDensify(polygon: Cell, tolerance: Cell, shortWay: Cell): Cell {
  if (!polygonsFrom(polygon) || !isTolerance(tolerance) || typeof shortWay !== 'boolean') return null;
  const { type, coordinates } = JSON.parse(String(polygon)) as Given;
  const dense = (rings: unknown): Position[][] =>
    (rings as unknown[]).map((ring, i) =>
      wound(placed(densified(positionsFrom(ring)!, toRadians(tolerance), shortWay)), i > 0),
    );
  const parts = (type === 'Polygon' ? [coordinates] : coordinates).map(dense);
  if (tooLong(parts.flat())) return null;
  return JSON.stringify({ type, coordinates: type === 'Polygon' ? parts[0] : parts });
}

/** A ring that turns counterclockwise, or clockwise as a hole does. */
function wound(positions: Position[], isHole: boolean): Position[] {
  return isCounterclockwise(positions.slice(0, -1).map(vectorOf)) === isHole ? positions.toReversed() : positions;
}
