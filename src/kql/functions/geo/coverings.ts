import { grown } from './buffer.js';
import { contains, s2Point } from './containment.js';
import { RADIUS, toRadians } from './earth.js';
import { type Cell, linesFrom, polygonsFrom } from './geojson.js';
import { h3Library, s2Library } from './libraries.js';
import { bordersOf } from './nearest.js';
import { DEFAULT_TOLERANCE } from './offset.js';
import { merged } from './overlay.js';
import type { Edge } from './pairs.js';
import { areaOf, crosses, lengthOf, positionsOf } from './rings.js';
import { cornersOf, isLevel } from './s2-cells.js';
import { chord2ToEdge, type Vec } from './vector.js';
import type { Polygon } from './windings.js';

const MOST_S2_CELLS = 65_536;
const MOST_H3_CELLS = 61_680;
/** What counts as touching (in radians). */
const TOUCH = 2e-15;

/** The largest cell of level 0 (in square radians) and its longest diagonal; those of each further level are a quarter and half of it. */
const [LARGEST, LONGEST] = [2.635799256963161, 2.438654594434021];

/** True when there are too many cells of a level for certain, whatever their place. */
const isBeyond = (area: number, length: number, level: number): boolean =>
  area / (LARGEST / 4 ** level) > MOST_S2_CELLS || length / (LONGEST / 2 ** level) > MOST_S2_CELLS;

/** All cells of a level that come within a radius of edges or lie in polygons, in order; null when there are too many. */
function covering(edges: readonly Edge[], polygons: readonly Polygon[], level: number, radius: number): string | null {
  const { cellid } = s2Library();
  const found: bigint[] = [];
  const reach = (2 * Math.sin(radius / 2) + TOUCH) ** 2;
  const visit = (cell: bigint, near: readonly Edge[]): boolean => {
    const corners = cornersOf(cell);
    const close = near.filter((edge) => comesNear(edge, cell, corners, reach));
    if (close.length === 0) return contains(polygons, corners[0]!) ? addDescendants(cell) : true;
    if (cellid.level(cell) === level) return found.push(cell) <= MOST_S2_CELLS;
    return cellid.children(cell).every((child) => visit(child, close));
  };
  const addDescendants = (cell: bigint): boolean => {
    if (found.length + 4 ** (level - cellid.level(cell)) > MOST_S2_CELLS) return false;
    const end = cellid.childEndAtLevel(cell, level);
    for (let id = cellid.childBeginAtLevel(cell, level); id !== end; id = cellid.next(id)) found.push(id);
    return true;
  };
  const isComplete = [0, 1, 2, 3, 4, 5].every((face) => visit(cellid.fromFace(face), edges));
  return isComplete ? JSON.stringify(found.map(cellid.toToken)) : null;
}

/** Whether an edge enters a cell or comes as near to it as the square of a chord says. */
function comesNear(edge: Edge, cell: bigint, corners: readonly Vec[], reach: number): boolean {
  const sides = corners.map((from, i) => [from, corners[(i + 1) % 4]!] as const);
  if (sides.some((side) => crosses(...edge, ...side))) return true;
  const within = (x: Vec, [a, b]: Edge): boolean => chord2ToEdge(x, a, b) <= reach;
  if (sides.some((side) => within(edge[0], side) || within(edge[1], side))) return true;
  if (corners.some((corner) => within(corner, edge))) return true;
  return s2Library().Cell.fromCellID(cell).containsPoint(s2Point(edge[0]));
}

const isRadius = (radius: Cell): radius is number => typeof radius === 'number' && radius >= 0 && radius < RADIUS;

const edgesOf = (lines: readonly (readonly Vec[])[]): Edge[] =>
  lines.flatMap((line) => line.slice(1).map((to, i) => [line[i]!, to] as const));

export function polygonToS2Cells(polygon: Cell, level: Cell, radius: Cell): Cell {
  const polygons = polygonsFrom(polygon);
  if (!polygons || !isLevel(level) || !isRadius(radius)) return null;
  const [shell] = polygons[0]!;
  if (polygons.length === 1 && polygons[0]!.length === 1 && isBeyond(areaOf(shell!), lengthOf(shell!), Number(level)))
    return null;
  return covering(edgesOf(bordersOf(polygons)), polygons, Number(level), toRadians(radius));
}

export function lineToS2Cells(line: Cell, level: Cell, radius: Cell): Cell {
  const lines = linesFrom(line);
  if (!lines || !isLevel(level) || !isRadius(radius)) return null;
  return covering(edgesOf(lines), [], Number(level), toRadians(radius));
}

export function polygonToH3Cells(polygon: Cell, resolution: Cell, radius: Cell): Cell {
  const given = polygonsFrom(polygon);
  const level = Number(resolution ?? -1);
  if (!given || !(level >= 0 && level <= 15) || !isRadius(radius)) return null;
  const polygons = radius > 0 ? grown(given, radius, DEFAULT_TOLERANCE) : given;
  return polygons && h3Cells(polygons, level);
}

function h3Cells(polygons: readonly Polygon[], level: number): string | null {
  const { getHexagonAreaAvg, polygonToCells, UNITS } = h3Library();
  const area = merged(polygons).reduce((sum, [shell]) => sum + areaOf(shell!), 0) * RADIUS * RADIUS;
  // cells differ in size: no cells are listed of what is out of the question anyway
  if (area / getHexagonAreaAvg(level, UNITS.m2) > MOST_H3_CELLS * 4) return null;
  const cells = new Set(
    polygons.flatMap((of) =>
      polygonToCells(
        of.map(positionsOf).map((ring) => ring.map(([x, y]) => [x, y])),
        level,
        true,
      ),
    ),
  );
  return cells.size > MOST_H3_CELLS ? null : JSON.stringify([...cells]);
}
