import { all, type Cell, geometryJson, linesFrom, type Parts, polygonsFrom } from './geojson.js';
import { intersection, lineInPolygons, lineIntersection, lineUnion, union } from './overlay.js';

/** The geometries of an array, flattened; null when one is invalid or there is none. */
function allOf<T>(array: Cell, read: (json: Cell) => readonly T[] | null): T[] | null {
  const geometries: unknown = typeof array === 'string' ? JSON.parse(array) : null;
  if (!Array.isArray(geometries) || geometries.length === 0) return null;
  return all(geometries, (of) => read(JSON.stringify(of)))?.flat() ?? null;
}

export function polygonsUnion(array: Cell): Cell {
  const polygons = allOf(array, polygonsFrom);
  return polygons && geometryJson({ polygons: union(polygons) });
}

export function linesUnion(array: Cell): Cell {
  const lines = allOf(array, linesFrom);
  return lines && geometryJson({ lines: lineUnion(lines) });
}

/** A function of two geometries that gives what they share. */
const sharing =
  <A, B>(readA: (json: Cell) => A | null, readB: (json: Cell) => B | null, share: (a: A, b: B) => Parts) =>
  (a: Cell, b: Cell): Cell => {
    const [first, second] = [readA(a), readB(b)];
    return first && second ? geometryJson(share(first, second)) : null;
  };

export const polygonsIntersection = sharing(polygonsFrom, polygonsFrom, intersection);
export const linesIntersection = sharing(linesFrom, linesFrom, lineIntersection);
export const lineWithPolygon = sharing(linesFrom, polygonsFrom, lineInPolygons);
