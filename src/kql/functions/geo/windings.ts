import { type Arrangement, arrange, MERGE, type OwnedEdge, type Piece } from './arrangement.js';
import { crosses, edgesOf, isCounterclockwise, isLeftOf, LOOKOUTS, type Ring } from './rings.js';
import { between, cross, dot, normal, orthogonal, sub, turn, type Vec } from './vector.js';

/** Directed rings, and how often they wind around a place. */
export interface Outline {
  readonly rings: readonly Ring[];
  /** How many times over the rings cover a place. */
  at(place: Vec): number;
}

/** A shell and its holes. */
export type Polygon = readonly Ring[];

/** The outline of a polygon whose rings have their interior on the left. */
export const outlineOf = (polygons: readonly Polygon[]): Outline => ({
  rings: polygons.flat(),
  at: (place) => polygons.reduce((sum, polygon) => sum + (covers(polygon, place) ? 1 : 0), 0),
});

/** True when the place is on the left of all rings; on a border either way. */
export const covers = (polygon: Polygon, place: Vec): boolean => polygon.every((ring) => isLeftOf(place, ring));

/** The pieces of outlines with how often each outline covers what is on their left and on their right. */
export interface Windings {
  readonly arrangement: Arrangement;
  /** By twice the piece's number, plus 1 for the piece backwards: the windings on its left. */
  readonly left: readonly (readonly number[])[];
}

/** Any place that no border is likely to pass through or lie opposite to. */
const REFERENCE: Vec = [-0.009999466435025, 0.0025924542609, 0.99994664350225];

/** Cuts outlines and finds out what each of them covers on both sides of every piece. */
export function windingsOf(outlines: readonly Outline[], merge = MERGE): Windings {
  const owned: OwnedEdge[] = outlines.flatMap(({ rings }, owner) =>
    rings.flatMap((ring) => edgesOf(ring).map((edge) => ({ edge, owner }))),
  );
  const arrangement = arrange(owned, outlines.length, merge);
  const around = outgoing(arrangement);
  const left: number[][] = [];
  const outside = outlines.map((of) => of.at(REFERENCE));
  for (const start of arrangement.pieces.keys()) {
    if (left[2 * start]) continue;
    [left[2 * start], left[2 * start + 1]] = seed(arrangement, start, outside);
    spread(arrangement, around, 2 * start, left);
  }
  return { arrangement, left };
}

const piece = (arrangement: Arrangement, half: number): Piece => arrangement.pieces[half >> 1]!;
export const startOf = (arrangement: Arrangement, half: number): number =>
  half & 1 ? piece(arrangement, half).to : piece(arrangement, half).from;
export const endOf = (arrangement: Arrangement, half: number): number => startOf(arrangement, half ^ 1);

/** For each point the directed pieces that leave it, counterclockwise. */
export function outgoing(arrangement: Arrangement): readonly (readonly number[])[] {
  const { points, pieces } = arrangement;
  const around: { half: number; direction: number }[][] = points.map(() => []);
  const frames = points.map((point) => {
    const east = orthogonal(point);
    return [east, cross(point, east)] as const;
  });
  for (let half = 0; half < 2 * pieces.length; half++) {
    const from = startOf(arrangement, half);
    const towards = sub(points[endOf(arrangement, half)]!, points[from]!);
    const [east, north] = frames[from]!;
    around[from]!.push({ half, direction: Math.atan2(dot(towards, north), dot(towards, east)) });
  }
  return around.map((list) => list.sort((a, b) => a.direction - b.direction).map(({ half }) => half));
}

/** Looks from the reference place to the middle of a piece, counting what is crossed on the way. */
function seed(arrangement: Arrangement, start: number, outside: readonly number[]): [number[], number[]] {
  const { points, pieces } = arrangement;
  const { from, to, net } = pieces[start]!;
  const [a, b] = [points[from]!, points[to]!];
  for (const lookout of LOOKOUTS) {
    const middle = between(a, b, lookout);
    const found = [...outside];
    const clear = pieces.every((other, i) => {
      if (i === start) return true;
      const [c, d] = [points[other.from]!, points[other.to]!];
      const crossing = crosses(REFERENCE, middle, c, d);
      if (crossing) {
        const sign = turn(c, d, REFERENCE) < 0 ? 1 : -1;
        for (const [owner, count] of other.net.entries()) found[owner]! += sign * count;
      }
      return crossing !== undefined;
    });
    if (!clear && lookout !== LOOKOUTS.at(-1)) continue;
    return dot(normal(a, b), REFERENCE) > 0
      ? [found, found.map((count, owner) => count - net[owner]!)]
      : [found.map((count, owner) => count + net[owner]!), found];
  }
  throw new RangeError('a piece has no middle to look at');
}

/** From one piece to all that hang together with it: across a piece its net count, around a point nothing between neighbours. */
function spread(
  arrangement: Arrangement,
  around: readonly (readonly number[])[],
  start: number,
  left: number[][],
): void {
  const stack = [start, start ^ 1];
  const count = (half: number): number[] => piece(arrangement, half).net.map((of) => (half & 1 ? -of : of));
  const reach = (half: number, windings: () => number[]): void => {
    if (left[half]) return;
    left[half] = windings();
    stack.push(half);
  };
  while (stack.length > 0) {
    const half = stack.pop()!;
    const here = left[half]!;
    reach(half ^ 1, () => here.map((of, owner) => of - count(half)[owner]!));
    const list = around[startOf(arrangement, half)]!;
    const next = list[(list.indexOf(half) + 1) % list.length]!;
    reach(next, () => here.map((of, owner) => of + count(next)[owner]!));
  }
}

/** The rings around what `keep` says of the windings: interiors on the left, no ring through a point twice. */
export function ringsAround(
  { arrangement, left }: Windings,
  keep: (windings: readonly number[]) => boolean,
): Ring[] | null {
  const kept = left.map(keep);
  const around = outgoing(arrangement);
  const isBorder = (half: number): boolean => kept[half]! && !kept[half ^ 1]!;
  const used = new Set<number>();
  const rings: Ring[] = [];
  for (let start = 0; start < left.length; start++) {
    if (!isBorder(start) || used.has(start)) continue;
    let path: number[] = [];
    for (let half = start; !used.has(half); ) {
      used.add(half);
      path.push(half);
      const reached = endOf(arrangement, half);
      const back = path.findIndex((of) => startOf(arrangement, of) === reached);
      if (back >= 0) {
        rings.push(path.slice(back).map((of) => arrangement.points[startOf(arrangement, of)]!));
        path = path.slice(0, back);
        if (path.length === 0) break;
      }
      const next = turnClockwise(around[reached]!, half ^ 1, (of) => isBorder(of) && !used.has(of));
      if (next === undefined) return null;
      half = next;
    }
    if (path.length > 0) return null;
  }
  return rings.filter((ring) => ring.length > 2);
}

/** The first that passes the test, going clockwise from `from`. */
function turnClockwise(list: readonly number[], from: number, test: (half: number) => boolean): number | undefined {
  const at = list.indexOf(from);
  for (let i = 1; i <= list.length; i++) {
    const half = list[(at - i + list.length * 2) % list.length]!;
    if (test(half)) return half;
  }
  return undefined;
}

/**
 * Shells with the holes that lie in them. A ring whose left is the larger part of the sphere is a hole; without a shell
 * around it it bounds more than half of the sphere itself.
 */
export function polygonsOf(rings: readonly Ring[]): Polygon[] {
  const shells = rings.filter(isCounterclockwise);
  const holes = new Map<Ring | undefined, Ring[]>();
  for (const hole of rings.filter((ring) => !isCounterclockwise(ring))) {
    const around = shells.filter((shell) => isLeftOf(middleOf(hole), shell));
    const innermost = around.find((shell) => around.every((of) => of === shell || isLeftOf(middleOf(shell), of)));
    holes.set(innermost, [...(holes.get(innermost) ?? []), hole]);
  }
  const larger = holes.get(undefined);
  return [...shells.map((shell) => [shell, ...(holes.get(shell) ?? [])]), ...(larger ? [larger] : [])];
}

const middleOf = (ring: Ring): Vec => between(ring[0]!, ring[1]!, 0.4142);
