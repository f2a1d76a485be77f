import { s2Point } from './containment.js';
import { isPlace, type Position, positionOf, vectorOf } from './earth.js';
import { type Cell, pointAtJson, ringJson } from './geojson.js';
import { s2Library } from './libraries.js';
import type { Vec } from './vector.js';

/** The cell of a token, null when it is none. */
function cellFrom(token: Cell): bigint | null {
  if (typeof token !== 'string' || !/^[0-9a-f]{1,16}$/i.test(token)) return null;
  const { cellid } = s2Library();
  const id = cellid.fromToken(token.toLowerCase());
  return cellid.valid(id) ? id : null;
}

const FINEST = 30;

/** Whether a level of S2 cells is given. */
export const isLevel = (level: Cell): boolean =>
  level !== null && level !== undefined && Number(level) >= 0 && Number(level) <= FINEST;

export function pointToCell(longitude: Cell, latitude: Cell, level: Cell): Cell {
  if (!isPlace(longitude, latitude) || !isLevel(level)) return '';
  const { cellid } = s2Library();
  const leaf = cellid.fromPoint(s2Point(vectorOf([longitude, latitude] as unknown as Position)));
  return cellid.toToken(cellid.parent(leaf, Number(level)));
}

const vec = ({ x, y, z }: { readonly x: number; readonly y: number; readonly z: number }): Vec => [x, y, z];

export function cellCentre(token: Cell): Cell {
  const cell = cellFrom(token);
  return cell === null ? null : pointAtJson(positionOf(vec(s2Library().cellid.point(cell))));
}

/** The corners of a cell, counterclockwise. */
export function cornersOf(cell: bigint): Vec[] {
  const shape = s2Library().Cell.fromCellID(cell);
  return [0, 1, 2, 3].map((k) => vec(shape.vertex(k)));
}

export function cellPolygon(token: Cell): Cell {
  const cell = cellFrom(token);
  if (cell === null) return null;
  const corners = cornersOf(cell).map(positionOf);
  return ringJson([...corners, corners[0]!]);
}

export function cellNeighbors(token: Cell): Cell {
  const cell = cellFrom(token);
  if (cell === null) return null;
  const { cellid } = s2Library();
  const around = cellid.allNeighbors(cell, cellid.level(cell)).map(cellid.toToken);
  return JSON.stringify([...new Set(around)]);
}
