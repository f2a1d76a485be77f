import type { Cell } from './geojson.js';

/** GeoJSON's name of each kind of well-known text, and how deep its coordinates are nested. */
const KINDS: Readonly<Record<string, readonly [type: string, depth: number]>> = {
  POINT: ['Point', 0],
  LINESTRING: ['LineString', 1],
  POLYGON: ['Polygon', 2],
  MULTIPOINT: ['MultiPoint', 1],
  MULTILINESTRING: ['MultiLineString', 2],
  MULTIPOLYGON: ['MultiPolygon', 3],
};
const COLLECTION = 'GEOMETRYCOLLECTION';

type Nested = number[] | Nested[];

/** A geometry given as well-known text, as GeoJSON; null when it is malformed, has more than two dimensions or is empty. */
export function wktToGeojson(text: Cell): Cell {
  const tokens = String(text ?? '').match(/[A-Za-z]+|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[(),]|\S/g) ?? [];
  let at = 0;
  const takes = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  };
  const listOf = <T>(item: () => T | null): T[] | null => {
    if (!takes('(')) return null;
    const items: T[] = [];
    do {
      const one = item();
      if (one === null) return null;
      items.push(one);
    } while (takes(','));
    return takes(')') ? items : null;
  };
  const position = (): number[] | null => {
    const [x, y] = [Number(tokens[at]), Number(tokens[at + 1])];
    at += 2;
    return Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null;
  };
  const enclosed = (): number[] | null => listOf(position)?.find((_, i, list) => i === 0 && list.length === 1) ?? null;
  const nested = (depth: number): Nested | null =>
    depth === 0 ? position() : (listOf((): Nested | null => nested(depth - 1)) as Nested | null);
  const geometry = (): object | null => {
    const name = tokens[at++]?.toUpperCase() ?? '';
    if (name === COLLECTION) {
      const geometries = listOf(geometry);
      return geometries && { type: 'GeometryCollection', geometries };
    }
    const kind = KINDS[name];
    if (!kind) return null;
    const [type, depth] = kind;
    const isEnclosed = depth === 0 || (type === 'MultiPoint' && tokens[at + 1] === '(');
    const coordinates = depth === 0 ? enclosed() : isEnclosed ? listOf(enclosed) : nested(depth);
    return coordinates && { type, coordinates };
  };
  const found = geometry();
  return found && at === tokens.length ? JSON.stringify(found) : null;
}
