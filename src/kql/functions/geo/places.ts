import { contains } from './containment.js';
import { isPlace, type Position, toMetres, toRadians, vectorOf } from './earth.js';
import { type Cell, linesFrom, pointJson, polygonsFrom } from './geojson.js';
import { ellipsoid } from './libraries.js';
import { nearest, nearestOnBorder } from './nearest.js';
import { angle, angleOfChord2, norm2, same, sub, type Vec } from './vector.js';

/** The vector of a longitude and a latitude, null when they are none. */
export const placeFrom = (longitude: Cell, latitude: Cell): Vec | null =>
  isPlace(longitude, latitude) ? vectorOf([longitude, latitude] as Position) : null;

/** Metres between two places, on the sphere or on the WGS-84 ellipsoid. */
export function distance(lng1: Cell, lat1: Cell, lng2: Cell, lat2: Cell, onEllipsoid: Cell): Cell {
  const [a, b] = [placeFrom(lng1, lat1), placeFrom(lng2, lat2)];
  if (!a || !b || typeof onEllipsoid !== 'boolean') return null;
  if (!onEllipsoid) {
    const radians = haversine([lng1, lat1], [lng2, lat2]);
    // near the opposite side of the Earth the formula loses digits
    return toMetres(radians < 3 ? radians : angle(a, b));
  }
  return ellipsoid().Inverse(Number(lat1), Number(lng1), Number(lat2), Number(lng2)).s12 ?? null;
}

function haversine(from: readonly [Cell, Cell], to: readonly [Cell, Cell]): number {
  const [[lng1, lat1], [lng2, lat2]] = [from, to].map((at) => at.map((of) => (Number(of) * Math.PI) / 180)) as [
    [number, number],
    [number, number],
  ];
  const [dLat, dLng] = [Math.sin((lat2 - lat1) / 2), Math.sin((lng2 - lng1) / 2)];
  const square = dLat * dLat + dLng * dLng * Math.cos(lat1) * Math.cos(lat2);
  return 2 * Math.asin(Math.sqrt(Math.min(1, square)));
}

const isNextTo = (a: Vec, b: Vec): boolean => same(a, b) || angle(a, b) > Math.PI - 1e-15;

/** The direction from one place to another in radians clockwise from north, [0, 2π). */
function bearing(lng1: number, lat1: number, lng2: number, lat2: number): number {
  const [phi1, phi2, lambda] = [lat1, lat2, lng2 - lng1].map((of) => (of * Math.PI) / 180) as [number, number, number];
  const east = Math.sin(lambda) * Math.cos(phi2);
  const north = Math.cos(phi1) * Math.sin(phi2) - Math.sin(phi1) * Math.cos(phi2) * Math.cos(lambda);
  return wholeTurn(Math.atan2(east, north));
}

const wholeTurn = (radians: number): number => {
  const turned = radians < 0 ? radians + 2 * Math.PI : radians;
  return turned >= 2 * Math.PI ? 0 : turned;
};

export function azimuth(lng1: Cell, lat1: Cell, lng2: Cell, lat2: Cell): Cell {
  const [a, b] = [placeFrom(lng1, lat1), placeFrom(lng2, lat2)];
  return !a || !b || isNextTo(a, b) ? null : bearing(Number(lng1), Number(lat1), Number(lng2), Number(lat2));
}

/** The angle at the second of three places, clockwise from the first to the third, [0, 2π). */
export function angleBetween(...args: readonly Cell[]): Cell {
  const [lng1, lat1, lng2, lat2, lng3, lat3] = args;
  const [to1, to3] = [azimuth(lng2, lat2, lng1, lat1), azimuth(lng2, lat2, lng3, lat3)];
  return to1 === null || to3 === null ? null : wholeTurn(Number(to3) - Number(to1));
}

export function isInCircle(lng: Cell, lat: Cell, centreLng: Cell, centreLat: Cell, radius: Cell): Cell {
  const [place, centre] = [placeFrom(lng, lat), placeFrom(centreLng, centreLat)];
  if (!place || !centre || typeof radius !== 'number' || !(radius > 0)) return null;
  return angleOfChord2(norm2(sub(place, centre))) <= toRadians(radius);
}

export function isInPolygon(lng: Cell, lat: Cell, polygon: Cell): Cell {
  const [place, polygons] = [placeFrom(lng, lat), polygonsFrom(polygon)];
  return place && polygons ? contains(polygons, place) : null;
}

export function distanceToLine(lng: Cell, lat: Cell, line: Cell): Cell {
  const [place, lines] = [placeFrom(lng, lat), linesFrom(line)];
  return place && lines ? toMetres(angleOfChord2(nearest(place, lines).chord2)) : null;
}

export function distanceToPolygon(lng: Cell, lat: Cell, polygon: Cell): Cell {
  const [place, polygons] = [placeFrom(lng, lat), polygonsFrom(polygon)];
  if (!place || !polygons) return null;
  return contains(polygons, place) ? 0 : toMetres(angleOfChord2(nearestOnBorder(place, polygons).chord2));
}

export function closestOnLine(lng: Cell, lat: Cell, line: Cell): Cell {
  const [place, lines] = [placeFrom(lng, lat), linesFrom(line)];
  return place && lines ? pointJson(nearest(place, lines).point()) : null;
}

export function closestOnPolygon(lng: Cell, lat: Cell, polygon: Cell): Cell {
  const [place, polygons] = [placeFrom(lng, lat), polygonsFrom(polygon)];
  if (!place || !polygons) return null;
  return pointJson(contains(polygons, place) ? place : nearestOnBorder(place, polygons).point());
}
