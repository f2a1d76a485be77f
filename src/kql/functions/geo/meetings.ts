import { MERGE } from './arrangement.js';
import { contains } from './containment.js';
import { type Cell, type Line, linesFrom, polygonsFrom } from './geojson.js';
import { bordersOf } from './nearest.js';
import { type Edge, eachNearPair } from './pairs.js';
import { crosses } from './rings.js';
import { chord2ToEdge } from './vector.js';

const edgesOf = (lines: readonly Line[]): Edge[] =>
  lines.flatMap((line) => line.slice(1).map((to, i) => [line[i]!, to] as const));

/** Whether lines cross or touch. */
function meet(a: readonly Line[], b: readonly Line[]): boolean {
  const [first, second] = [edgesOf(a), edgesOf(b)];
  let found = false;
  eachNearPair([...first, ...second], (i, j) => {
    if (i < first.length !== j >= first.length) return false;
    const [one, other] = [first[i]!, second[j - first.length]!];
    found =
      crosses(...one, ...other) === true ||
      one.some((end) => chord2ToEdge(end, ...other) <= MERGE * MERGE) ||
      other.some((end) => chord2ToEdge(end, ...one) <= MERGE * MERGE);
    return found;
  });
  return found;
}

export function linesMeet(a: Cell, b: Cell): Cell {
  const [first, second] = [linesFrom(a), linesFrom(b)];
  return first && second ? meet(first, second) : null;
}

export function lineMeetsPolygon(line: Cell, polygon: Cell): Cell {
  const [lines, polygons] = [linesFrom(line), polygonsFrom(polygon)];
  if (!lines || !polygons) return null;
  return lines.some(([start]) => contains(polygons, start!)) || meet(lines, bordersOf(polygons));
}

export function polygonsMeet(a: Cell, b: Cell): Cell {
  const [first, second] = [polygonsFrom(a), polygonsFrom(b)];
  if (!first || !second) return null;
  return (
    first.some(([shell]) => contains(second, shell![0]!)) ||
    second.some(([shell]) => contains(first, shell![0]!)) ||
    meet(bordersOf(first), bordersOf(second))
  );
}
