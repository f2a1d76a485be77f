import { directionsFrom } from './directions.js';
import { toRadians } from './earth.js';
import { all, type Cell, geometryJson, linesFrom, polygonsFrom } from './geojson.js';
import { lineUnion, merged, overlay } from './overlay.js';
import { chooseSites, type Sites } from './sites.js';
import { angle, type Vec } from './vector.js';
import { covers, type Polygon, polygonsOf } from './windings.js';

/** About the radius of the largest circle that S2 snaps to. */
const MOST = 7_800_000;

const toleranceFrom = (tolerance: Cell): number | null =>
  typeof tolerance === 'number' && tolerance >= 0 && tolerance <= MOST ? toRadians(tolerance) : null;

/** Chains of vertices snapped to sites. */
interface Snapped {
  readonly sites: Sites;
  /** For each chain the sites that it passes; of a closed one the first is also the last. */
  readonly paths: readonly (readonly number[])[];
  /** The vertices that each site stands for. */
  readonly vertices: ReadonlyMap<number, readonly Vec[]>;
}

function snap(chains: readonly (readonly Vec[])[], tolerance: number): Snapped {
  const sites = chooseSites(chains.flat(), tolerance);
  const vertices = new Map<number, Vec[]>();
  for (const vertex of chains.flat()) {
    const site = sites.nearest(vertex);
    vertices.set(site, [...(vertices.get(site) ?? []), vertex]);
  }
  const paths = chains.map((chain) => {
    const passed = chain.slice(1).flatMap((to, i) => sites.chain([chain[i]!, to]));
    return passed.filter((site, i) => i === 0 || site !== passed[i - 1]);
  });
  return { sites, paths, vertices };
}

/** Sites where chains end, branch or meet: they stay. */
function junctions({ paths }: Snapped): ReadonlySet<number> {
  const neighbors = new Map<number, Set<number>>();
  const ends = new Set<number>();
  for (const path of paths) {
    if (path[0] !== path.at(-1)) for (const end of [path[0]!, path.at(-1)!]) ends.add(end);
    for (const [i, to] of path.slice(1).entries()) {
      for (const [a, b] of [
        [path[i]!, to],
        [to, path[i]!],
      ] as const)
        neighbors.set(a, (neighbors.get(a) ?? new Set()).add(b));
    }
  }
  const branching = [...neighbors].flatMap(([site, around]) => (around.size === 2 ? [] : [site]));
  return new Set([...ends, ...branching]);
}

/** Replaces stretches of a path by single edges that pass all vertices left out within the tolerance. */
function straighten(
  path: readonly number[],
  { sites, vertices }: Snapped,
  kept: ReadonlySet<number>,
  tolerance: number,
): number[] {
  const found = [path[0]!];
  for (let i = 0; i < path.length - 1; ) {
    const from = sites.all[path[i]!]!;
    const directions = directionsFrom(from);
    let j = i + 1;
    while (j < path.length - 1 && !kept.has(path[j]!)) {
      const passes = (vertices.get(path[j]!) ?? []).every((vertex) => directions.narrow(vertex, tolerance));
      const next = sites.all[path[j + 1]!]!;
      if (!passes || !directions.has(next) || angle(from, next) > Math.PI / 2) break;
      j++;
    }
    found.push(path[j]!);
    i = j;
  }
  return found;
}

/** Chains with fewer vertices; those that shrink to a point are empty. */
function simplified(chains: readonly (readonly Vec[])[], tolerance: number): Vec[][] {
  if (tolerance === 0) return chains.map((chain) => [...chain]);
  const snapped = snap(chains, tolerance);
  const kept = junctions(snapped);
  return snapped.paths.map((path) => {
    if (path.length < 2) return [];
    const started = path[0] === path.at(-1) ? startedAt(path, kept) : path;
    const sites = straighten(started, snapped, kept, tolerance);
    return sites.length < 2 ? [] : sites.map((site) => snapped.sites.all[site]!);
  });
}

/** A closed path from a junction on, or else from its first site in S2's order. */
function startedAt(path: readonly number[], kept: ReadonlySet<number>): number[] {
  const open = path.slice(0, -1);
  const first = open.findIndex((site) => kept.has(site));
  const start = first >= 0 ? first : open.indexOf(Math.min(...open));
  return [...open.slice(start), ...open.slice(0, start), open[start]!];
}

export function lineSimplify(line: Cell, tolerance: Cell): Cell {
  const [given, within] = [linesFrom(line), toleranceFrom(tolerance)];
  if (!given || within === null) return null;
  const lines = simplified(given.length > 1 ? lineUnion(given) : given, within).filter((of) => of.length > 1);
  return lines.length > 0 ? geometryJson({ lines }) : null;
}

/** Polygons whose rings are simplified together, so that common borders stay common. */
function simplifiedPolygons(polygons: readonly Polygon[], tolerance: number): Polygon[] {
  const rings = simplified(
    polygons.flat().map((ring) => [...ring, ring[0]!]),
    tolerance,
  );
  let at = 0;
  return polygons.flatMap((polygon) => {
    const own = polygon.map(() => rings[at++]!.slice(0, -1)).filter((ring) => ring.length > 2);
    const outline = { rings: own, at: (place: Vec) => (covers(polygon, place) ? 1 : 0) };
    return own.length > 0 ? polygonsOf(overlay([outline], ([covered]) => covered! > 0)[0]) : [];
  });
}

const polygonsJson = (polygons: readonly Polygon[]): string | null =>
  polygons.length > 0 ? geometryJson({ polygons }) : null;

export function polygonSimplify(polygon: Cell, tolerance: Cell): Cell {
  const [polygons, within] = [polygonsFrom(polygon), toleranceFrom(tolerance)];
  if (!polygons || within === null) return null;
  return polygonsJson(simplifiedPolygons(merged(polygons), within));
}

export function polygonsArraySimplify(array: Cell, tolerance: Cell): Cell {
  const within = toleranceFrom(tolerance);
  const geometries: unknown = typeof array === 'string' ? JSON.parse(array) : null;
  if (within === null || !Array.isArray(geometries)) return null;
  const polygons = all(geometries, (of) => polygonsFrom(JSON.stringify(of)));
  return polygons && polygonsJson(simplifiedPolygons(polygons.flat(), within));
}
