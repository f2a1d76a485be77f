import type { Vec } from './vector.js';

/** The radius in metres of the sphere that Kusto measures on (S2's). */
export const RADIUS = 6_371_010;

const RADIANS = Math.PI / 180;
const DEGREES = 180 / Math.PI;

/** A place as GeoJSON has it: degrees east, then degrees north. */
export type Position = readonly [longitude: number, latitude: number];

/** Whether a longitude in [-180, 180] and a latitude in [-90, 90] are given. */
export const isPlace = (longitude: unknown, latitude: unknown): boolean =>
  typeof longitude === 'number' &&
  typeof latitude === 'number' &&
  Math.abs(longitude) <= 180 &&
  Math.abs(latitude) <= 90;

/** The unit vector of a place. */
export function vectorOf([longitude, latitude]: Position): Vec {
  const [phi, theta] = [latitude * RADIANS, longitude * RADIANS];
  const ring = Math.cos(phi);
  return [Math.cos(theta) * ring, Math.sin(theta) * ring, Math.sin(phi)];
}

/** The place of a vector, in degrees. */
export const positionOf = ([x, y, z]: Vec): Position => [
  Math.atan2(y, x) * DEGREES,
  Math.atan2(z, Math.sqrt(x * x + y * y)) * DEGREES,
];

export const toRadians = (metres: number): number => metres / RADIUS;
export const toMetres = (radians: number): number => radians * RADIUS;
