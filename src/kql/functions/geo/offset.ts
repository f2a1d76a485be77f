import type { Line } from './geojson.js';
import type { Ring } from './rings.js';
import { along, angle, cross, negate, normal, orthogonal, turn, unit, type Vec } from './vector.js';

/** How far to buffer, in radians, and how finely the arcs are drawn. */
export interface Pen {
  readonly radius: number;
  /** The angle between corners of an arc around a vertex. */
  readonly vertexStep: number;
  /** The angle between corners of the curve along an edge, which is no great circle. */
  readonly edgeStep: number;
}

/** Metres by which buffers may differ from the true ones unless a query says otherwise. */
export const DEFAULT_TOLERANCE = 10;

/** The least share of the radius by which a buffer may differ from the true one. */
const FINEST = 1e-6;

export function penOf(radius: number, tolerance: number): Pen {
  const error = Math.min(1, Math.max(FINEST, tolerance / radius)) * radius;
  return { radius, vertexStep: widestStep(radius, error), edgeStep: widestStep(Math.PI / 2 - radius, error) };
}

/** The widest angle between corners that keeps a chord of a circle within the error. At least three make a circle. */
function widestStep(radius: number, error: number): number {
  const third = (2 * Math.PI) / 3 + 1e-15;
  const inner = radius - error;
  if (radius < Math.PI / 2) return Math.min(third, 2 * Math.acos(Math.tan(inner) / Math.tan(radius)));
  return inner > Math.PI / 2 ? Math.min(third, 2 * Math.acos(Math.tan(radius) / Math.tan(inner))) : third;
}

/** A closed curve around a shape, and the curve of the shape that it was drawn from, point by point. */
export interface Offset {
  readonly curve: Vec[];
  readonly source: Vec[];
}

/** 0 and the multiples of a step below a span. */
const steps = (span: number, step: number): number[] =>
  Array.from({ length: Math.max(1, Math.ceil(span / step)) }, (_, i) => i * step);

/** Draws the curve at a distance on the right of edges: S2's way, corner by corner. */
function drawer({ radius, vertexStep, edgeStep }: Pen) {
  const curve: Vec[] = [];
  const source: Vec[] = [];
  const put = (from: Vec, at: Vec): void => {
    source.push(from);
    curve.push(at);
  };
  const right = (a: Vec, b: Vec): Vec => negate(normal(a, b));
  const arc = (v: Vec, start: Vec, end: Vec): void => {
    const side = unit(cross(v, start));
    const span = angle(start, end);
    for (const turned of steps(span, vertexStep)) put(v, along(v, along(start, side, turned), radius));
  };
  const edge = (a: Vec, b: Vec): void => {
    const axis = right(a, b);
    const towards = unit(cross(a, axis));
    for (const gone of steps(angle(a, b), edgeStep)) {
      const at = along(a, towards, gone);
      put(at, along(at, axis, radius));
    }
  };
  const edgeAndVertex = (a: Vec, b: Vec, c: Vec): void => {
    edge(a, b);
    if (turn(a, b, c) >= 0) arc(b, right(a, b), right(b, c));
    else {
      // a concave corner: through the vertex itself, so that what overlaps is counted twice and nothing is left out
      put(b, along(b, right(a, b), radius));
      put(b, b);
    }
  };
  const cap = (a: Vec, b: Vec): void => arc(a, normal(a, b), right(a, b));
  return { curve, source, edge, edgeAndVertex, cap };
}

export function offsetOfPoint(point: Vec, { radius, vertexStep }: Pen): Offset {
  const start = orthogonal(point);
  const side = unit(cross(point, start));
  const count = Math.ceil((2 * Math.PI) / vertexStep);
  const curve = Array.from({ length: count }, (_, i) =>
    along(point, along(start, side, (i * 2 * Math.PI) / count), radius),
  );
  return { curve, source: curve.map(() => point) };
}

export function offsetOfLine(line: Line, pen: Pen): Offset {
  const { curve, source, edge, edgeAndVertex, cap } = drawer(pen);
  for (const way of [line, line.toReversed()]) {
    cap(way[0]!, way[1]!);
    for (let i = 0; i + 2 < way.length; i++) edgeAndVertex(way[i]!, way[i + 1]!, way[i + 2]!);
    edge(way.at(-2)!, way.at(-1)!);
  }
  return { curve, source };
}

export function offsetOfRing(ring: Ring, pen: Pen): Offset {
  const { curve, source, edgeAndVertex } = drawer(pen);
  const at = (i: number): Vec => ring[i % ring.length]!;
  for (let i = 0; i < ring.length; i++) edgeAndVertex(at(i), at(i + 1), at(i + 2));
  return { curve, source };
}
