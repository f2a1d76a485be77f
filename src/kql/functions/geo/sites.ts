import { s2Point } from './containment.js';
import { s2Library } from './libraries.js';
import type { Edge } from './pairs.js';
import { angle, chord2ToEdge, cross, dot, negate, norm2, normal, sub, unit, type Vec } from './vector.js';

/** Vertices that stand for all the others: none within the tolerance of another. */
export interface Sites {
  readonly all: readonly Vec[];
  /** The number of the site nearest to a vertex. */
  nearest(vertex: Vec): number;
  /** The numbers of the sites that an edge passes, each while it is the nearest one. */
  chain(edge: Edge): number[];
}

/** Chooses sites among the vertices, in the order of their S2 cells, as S2 does. */
export function chooseSites(vertices: readonly Vec[], tolerance: number): Sites {
  const { cellid } = s2Library();
  const reach = (2 * Math.sin(tolerance / 2)) ** 2;
  const ordered = vertices
    .map((vertex) => ({ vertex, cell: cellid.fromPoint(s2Point(vertex)) }))
    .sort((a, b) => (a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0));
  const all: Vec[] = [];
  for (const { vertex } of ordered) if (!all.some((site) => norm2(sub(site, vertex)) <= reach)) all.push(vertex);
  const nearest = (vertex: Vec, among: readonly number[]): number =>
    among.reduce((best, i) => (norm2(sub(all[i]!, vertex)) < norm2(sub(all[best]!, vertex)) ? i : best), among[0]!);
  const numbers = [...all.keys()];
  return {
    all,
    nearest: (vertex) => nearest(vertex, numbers),
    chain: ([a, b]) => {
      const near = numbers.filter((i) => chord2ToEdge(all[i]!, a, b) <= reach);
      const chain = [nearest(a, near)];
      for (let passed = 0; ; ) {
        const here = chain.at(-1)!;
        const next = nextAlong([a, b], here, passed, near, all);
        if (!next) return chain;
        chain.push(next.site);
        passed = next.at;
      }
    },
  };
}

/** The site that is nearer than `here` first, going on along an edge from `passed` (radians from its start). */
function nextAlong(
  edge: Edge,
  here: number,
  passed: number,
  near: readonly number[],
  all: readonly Vec[],
): { site: number; at: number } | null {
  const [a, b] = edge;
  const n = normal(a, b);
  const length = angle(a, b);
  const ahead = cross(n, a);
  let found: { site: number; at: number } | null = null;
  for (const site of near) {
    if (site === here) continue;
    // where both are equally far, on the great circle of the edge
    const crossed = cross(n, sub(all[site]!, all[here]!));
    if (norm2(crossed) === 0) continue;
    const meeting = unit(crossed);
    for (const point of [meeting, negate(meeting)]) {
      const at = Math.atan2(dot(point, ahead), dot(point, a));
      const isGaining = dot(sub(all[site]!, all[here]!), cross(n, point)) > 0;
      if (isGaining && at > passed && at < length && (!found || at < found.at)) found = { site, at };
    }
  }
  return found;
}
