import { type Position, positionOf, vectorOf } from './earth.js';
import { type Edge, eachNearPair } from './pairs.js';
import { crosses, edgesOf, isCounterclockwise, isLeftOf, positionsOf, type Ring } from './rings.js';
import { dot, same, type Vec } from './vector.js';
import type { Polygon } from './windings.js';

/** A chain of two vertices or more. */
export type Line = readonly Vec[];

/** A value as DuckDB hands it to a function of ours. */
export type Cell = string | bigint | number | boolean | null | undefined;

/** The lines of a LineString or MultiLineString given as JSON; null when it is none or invalid. */
export const linesFrom = remembered((geometry): Line[] | null => {
  const parts =
    geometry.type === 'LineString'
      ? [geometry.coordinates]
      : geometry.type === 'MultiLineString'
        ? geometry.coordinates
        : null;
  return Array.isArray(parts) && parts.length > 0 ? all(parts, lineFrom) : null;
});

/** The polygons of a Polygon or MultiPolygon given as JSON, interiors on the left; null when it is none or invalid. */
export const polygonsFrom = remembered((geometry): Polygon[] | null => {
  const parts =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : null;
  return Array.isArray(parts) && parts.length > 0 ? all(parts, polygonFrom) : null;
});

/** Degrees as they are written: longitudes beyond ±180 go on around the Earth. */
export function positionFrom(value: unknown): Position | null {
  if (!Array.isArray(value) || value.length < 2) return null;
  const [longitude, latitude] = value as unknown[];
  if (typeof longitude !== 'number' || typeof latitude !== 'number' || Math.abs(latitude) > 90) return null;
  return Number.isFinite(longitude) ? [longitude, latitude] : null;
}

/** `read` of each, or null when it is null for one. */
export function all<T>(values: readonly unknown[], read: (value: unknown) => T | null): T[] | null {
  const found: T[] = [];
  for (const value of values) {
    const one = read(value);
    if (one === null) return null;
    found.push(one);
  }
  return found;
}

const isAntipodal = ([a, b]: Edge): boolean => dot(a, b) < -1 + 1e-15;

function lineFrom(value: unknown): Line | null {
  const positions = Array.isArray(value) ? all(value, positionFrom) : null;
  const vertices = positions?.map(vectorOf).filter((at, i, list) => i === 0 || !same(at, list[i - 1]!));
  if (!vertices || vertices.length < 2) return null;
  return vertices.some((at, i) => i > 0 && isAntipodal([vertices[i - 1]!, at])) ? null : vertices;
}

function polygonFrom(value: unknown): Polygon | null {
  const rings = Array.isArray(value) && value.length > 0 ? all(value, ringFrom) : null;
  if (!rings || haveCrossings(rings)) return null;
  const [shell, ...holes] = rings;
  if (!holes.every((hole) => hole.some((vertex) => isLeftOf(vertex, shell!)))) return null;
  return [shell!, ...holes.map((hole) => hole.toReversed())];
}

function ringFrom(value: unknown): Ring | null {
  const positions = Array.isArray(value) && value.length > 3 ? all(value, positionFrom) : null;
  const vertices = positions?.map(vectorOf);
  if (!vertices || !same(vertices[0]!, vertices.at(-1)!)) return null;
  const ring = vertices.slice(0, -1);
  if (new Set(ring.map(String)).size < ring.length || edgesOf(ring).some(isAntipodal)) return null;
  return isCounterclockwise(ring) ? ring : ring.toReversed();
}

/** True when edges cross, or are there twice. */
function haveCrossings(rings: readonly Ring[]): boolean {
  const edges = rings.flatMap(edgesOf);
  let found = false;
  eachNearPair(edges, (i, j) => {
    const [[a, b], [c, d]] = [edges[i]!, edges[j]!];
    const shared = [a, b].filter((end) => same(end, c) || same(end, d)).length;
    found = shared === 2 || (shared === 0 && crosses(a, b, c, d) === true);
    return found;
  });
  return found;
}

type Geometry = Readonly<Record<string, unknown>>;

/** How many geometries are kept: a constant is parsed once, not for each row. */
const KEPT = 500;

/** A reader of JSON that keeps what it read last. */
function remembered<T>(read: (geometry: Geometry) => T | null): (json: Cell) => T | null {
  const kept = new Map<string, T | null>();
  return (json) => {
    if (typeof json !== 'string') return null;
    const known = kept.get(json);
    if (known !== undefined) return known;
    const value: unknown = JSON.parse(json);
    const found = typeof value === 'object' && value !== null ? read(value as Geometry) : null;
    if (kept.size >= KEPT) kept.clear();
    kept.set(json, found);
    return found;
  };
}

const written = (type: string, coordinates: unknown): string => JSON.stringify({ type, coordinates });

export const pointJson = (point: Vec): string => written('Point', positionOf(point));
export const pointAtJson = (position: Position): string => written('Point', position);
export const ringJson = (positions: readonly Position[]): string => written('Polygon', [positions]);

/** A geometry's parts, as few and as simple as they can be said; nothing is an empty collection. */
export interface Parts {
  readonly points?: readonly Vec[];
  readonly lines?: readonly Line[];
  readonly polygons?: readonly Polygon[];
}

export function geometryJson({ points = [], lines = [], polygons = [] }: Parts): string {
  const found = [
    ...simplest('Point', points.map(positionOf)),
    ...simplest(
      'LineString',
      lines.map((line) => line.map(positionOf)),
    ),
    ...simplest(
      'Polygon',
      polygons.map((polygon) => polygon.map(positionsOf)),
    ),
  ];
  return found.length === 1 ? found[0]! : `{"type":"GeometryCollection","geometries":[${found.join(',')}]}`;
}

const simplest = (type: string, parts: readonly unknown[]): string[] =>
  parts.length === 0 ? [] : [parts.length === 1 ? written(type, parts[0]) : written(`Multi${type}`, parts)];
