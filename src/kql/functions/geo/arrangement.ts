import { type Edge, eachNearPair } from './pairs.js';
import { crosses } from './rings.js';
import { chord2ToEdge, meet, norm2, sub, type Vec } from './vector.js';

/** Edges cut where they meet: pieces that share ends but nothing else. */
export interface Arrangement {
  readonly points: readonly Vec[];
  /** Each piece once, from its lower to its higher end. */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  readonly from: number;
  readonly to: number;
  /** For each owner: how many of its edges run from `from` to `to`, less those that run back. */
  readonly net: number[];
  /** For each owner: how many run either way. */
  readonly uses: number[];
  /** The edges that run this piece, by index; for those that run it backwards −1 − index. */
  readonly edges: number[];
}

export interface OwnedEdge {
  readonly edge: Edge;
  readonly owner: number;
}

/** Points nearer to each other than this (in radians: some 25 nanometres) are one. */
export const MERGE = 4e-15;

/** Cuts edges of `owners` owners where they cross, touch or overlap. */
export function arrange(owned: readonly OwnedEdge[], owners: number, merge = MERGE): Arrangement {
  const points = pointsWithin(merge);
  const edges = owned.map(({ edge }) => edge);
  const ends = edges.map(([a, b]) => [points.of(a), points.of(b)] as const);
  const cuts = new Map<number, Set<number>>();
  const cut = (edge: number, point: number): void => {
    if (point === ends[edge]![0] || point === ends[edge]![1]) return;
    const known = cuts.get(edge);
    if (known) known.add(point);
    else cuts.set(edge, new Set([point]));
  };
  const touches = (edge: number, other: number): boolean => {
    let any = false;
    for (const end of ends[other]!) {
      if (end === ends[edge]![0] || end === ends[edge]![1]) any = true;
      else if (chord2ToEdge(points.all[end]!, ...edges[edge]!) <= merge * merge) {
        any = true;
        cut(edge, end);
      }
    }
    return any;
  };
  eachNearPair(edges, (i, j) => {
    const touching = [touches(i, j), touches(j, i)].some(Boolean);
    if (touching || !crosses(...edges[i]!, ...edges[j]!)) return false;
    const point = points.of(meet(...edges[i]!, ...edges[j]!));
    cut(i, point);
    cut(j, point);
    return false;
  });
  return { points: points.all, pieces: piecesOf(owned, owners, ends, cuts, points.all) };
}

function piecesOf(
  owned: readonly OwnedEdge[],
  owners: number,
  ends: readonly (readonly [number, number])[],
  cuts: ReadonlyMap<number, ReadonlySet<number>>,
  points: readonly Vec[],
): Piece[] {
  const pieces = new Map<string, Piece>();
  for (const [i, { owner }] of owned.entries()) {
    const [first, last] = ends[i]!;
    const start = points[first]!;
    const between = [...(cuts.get(i) ?? [])].sort(
      (p, q) => norm2(sub(points[p]!, start)) - norm2(sub(points[q]!, start)),
    );
    let from = first;
    for (const to of [...between, last]) {
      if (from === to) continue;
      const forward = from < to;
      const [low, high] = forward ? [from, to] : [to, from];
      const key = `${low},${high}`;
      let piece = pieces.get(key);
      if (!piece) {
        piece = { from: low, to: high, net: Array(owners).fill(0), uses: Array(owners).fill(0), edges: [] };
        pieces.set(key, piece);
      }
      piece.net[owner]! += forward ? 1 : -1;
      piece.uses[owner]! += 1;
      piece.edges.push(forward ? i : -1 - i);
      from = to;
    }
  }
  return [...pieces.values()];
}

/** A number for a cell of the grid; two cells may have the same. */
const slot = (x: number, y: number, z: number): number =>
  ((x % 2_147_483_647) * 31 + (y % 2_147_483_647)) * 31 + (z % 2_147_483_647);

/** Numbers points from 0, near ones alike: they are looked up in a grid a few times as wide as what is near. */
function pointsWithin(merge: number): { readonly all: Vec[]; of(point: Vec): number } {
  const width = merge * 4;
  const all: Vec[] = [];
  const grid = new Map<number, number[]>();
  const lines = (value: number): number[] => {
    const [low, high] = [Math.floor((value - merge) / width), Math.floor((value + merge) / width)];
    return low === high ? [low] : [low, high];
  };
  return {
    all,
    of(point) {
      const [xs, ys, zs] = point.map(lines);
      const keys = xs!.flatMap((x) => ys!.flatMap((y) => zs!.map((z) => slot(x, y, z))));
      for (const key of keys) {
        const found = grid.get(key)?.find((id) => norm2(sub(all[id]!, point)) <= merge * merge);
        if (found !== undefined) return found;
      }
      const id = all.push(point) - 1;
      for (const key of keys) {
        const cell = grid.get(key);
        if (cell) cell.push(id);
        else grid.set(key, [id]);
      }
      return id;
    },
  };
}
