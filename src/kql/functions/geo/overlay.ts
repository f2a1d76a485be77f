import { type Arrangement, arrange, MERGE, type OwnedEdge } from './arrangement.js';
import { contains } from './containment.js';
import type { Line, Parts } from './geojson.js';
import { polylinesOf } from './polylines.js';
import { edgesOf, type Ring } from './rings.js';
import { between, type Vec } from './vector.js';
import {
  type Outline,
  outlineOf,
  type Polygon,
  polygonsOf,
  ringsAround,
  type Windings,
  windingsOf,
} from './windings.js';

/** Points are taken for one at these distances in turn, until the pieces fit together. */
const MERGES = [MERGE, 1e-13, 1e-11];

/** The rings around what `keep` says of how often each outline covers a place. */
export function overlay(
  outlines: readonly Outline[],
  keep: (windings: readonly number[]) => boolean,
): [Ring[], Windings] {
  for (const merge of MERGES) {
    const windings = windingsOf(outlines, merge);
    const rings = ringsAround(windings, keep);
    if (rings) return [rings, windings];
  }
  throw new RangeError('the borders are too close to each other to be told apart');
}

/** What at least one of the polygons covers. */
export function union(polygons: readonly Polygon[]): Polygon[] {
  if (polygons.length < 2) return [...polygons];
  return polygonsOf(overlay([outlineOf(polygons)], ([covered]) => covered! > 0)[0]);
}

const kept = new WeakMap<readonly Polygon[], Polygon[]>();

/** The union of a geometry's own polygons; remembered, for it may be asked for each row. */
export function merged(polygons: readonly Polygon[]): readonly Polygon[] {
  if (polygons.length < 2) return polygons;
  const known = kept.get(polygons) ?? union(polygons);
  kept.set(polygons, known);
  return known;
}

/** What two polygons share: areas, borders that they touch along, and places that they touch in. */
export function intersection(a: readonly Polygon[], b: readonly Polygon[]): Parts {
  const outlines = [outlineOf(merged(a)), outlineOf(merged(b))];
  const both = (windings: readonly number[]): boolean => windings.every((of) => of > 0);
  const [rings, { arrangement, left }] = overlay(outlines, both);
  const { pieces, points } = arrangement;
  const taken = new Set<number>();
  const borders: (readonly [number, number])[] = [];
  for (const [i, { from, to, uses }] of pieces.entries()) {
    const sides = [left[2 * i]!, left[2 * i + 1]!];
    const isInside = sides.some(both);
    const isShared = uses.every((of) => of > 0);
    if (isShared && !isInside) borders.push([from, to]);
    if (isShared || isInside) for (const end of [from, to]) taken.add(end);
  }
  const owners = points.map(() => new Set<number>());
  for (const { from, to, uses } of pieces) {
    for (const [owner, count] of uses.entries()) if (count > 0) for (const end of [from, to]) owners[end]!.add(owner);
  }
  return {
    points: points.filter((_, i) => owners[i]!.size === 2 && !taken.has(i)),
    lines: polylinesOf(borders, points),
    polygons: polygonsOf(rings),
  };
}

const chainsOf = (lines: readonly Line[], owner: number): OwnedEdge[] =>
  lines.flatMap((line) => line.slice(1).map((to, i) => ({ edge: [line[i]!, to] as const, owner })));

const bordersOf = (polygons: readonly Polygon[], owner: number): OwnedEdge[] =>
  polygons.flat().flatMap((ring) => edgesOf(ring).map((edge) => ({ edge, owner })));

/** Lines without the edges that another has already, either way round. As in S2 they are not cut where they cross. */
export function lineUnion(lines: readonly Line[]): Line[] {
  const points: Vec[] = [];
  const numbers = new Map<string, number>();
  const number = (vertex: Vec): number => {
    const known = numbers.get(String(vertex)) ?? points.push(vertex) - 1;
    numbers.set(String(vertex), known);
    return known;
  };
  const edges = new Map<string, readonly [number, number]>();
  for (const { edge } of chainsOf(lines, 0)) {
    const [from, to] = edge.map(number) as [number, number];
    const key = from < to ? `${from},${to}` : `${to},${from}`;
    if (!edges.has(key)) edges.set(key, [from, to]);
  }
  return polylinesOf([...edges.values()], points);
}

/** A piece as the first line that runs it does. */
const directed = ({ from, to, edges }: Arrangement['pieces'][number]): readonly [number, number] =>
  edges[0]! >= 0 ? [from, to] : [to, from];

/** Stretches and places that lines of two geometries share. */
export function lineIntersection(a: readonly Line[], b: readonly Line[]): Parts {
  const arrangement = arrange([...chainsOf(a, 0), ...chainsOf(b, 1)], 2);
  return shared(arrangement, ({ uses }) => uses.every((of) => of > 0));
}

/** What of lines lies in polygons or on their borders. */
export function lineInPolygons(lines: readonly Line[], polygons: readonly Polygon[]): Parts {
  const area = merged(polygons);
  const arrangement = arrange([...chainsOf(lines, 0), ...bordersOf(area, 1)], 2);
  return shared(arrangement, ({ from, to, uses }) => {
    if (uses[0] === 0) return false;
    if (uses[1]! > 0) return true;
    return contains(area, between(arrangement.points[from]!, arrangement.points[to]!, 0.5));
  });
}

/** The pieces that pass as lines, and the points of both owners that none of these has. */
function shared({ points, pieces }: Arrangement, test: (piece: Arrangement['pieces'][number]) => boolean): Parts {
  const inside = pieces.filter(test);
  const taken = new Set(inside.flatMap(({ from, to }) => [from, to]));
  const of = (owner: number): Set<number> =>
    new Set(pieces.flatMap(({ from, to, uses }) => (uses[owner]! > 0 ? [from, to] : [])));
  const [first, second] = [of(0), of(1)];
  const isMet = (_: Vec, i: number): boolean => first.has(i) && second.has(i) && !taken.has(i);
  return { points: points.filter(isMet), lines: polylinesOf(inside.map(directed), points) };
}
