import { norm2, sub, type Vec } from './vector.js';

/** An edge of the sphere. */
export type Edge = readonly [from: Vec, to: Vec];

interface Box {
  readonly low: Vec;
  readonly high: Vec;
}

/** What an edge bulges beyond its chord, and a little more. */
const SLACK = 1e-12;

function boxOf([a, b]: Edge): Box {
  const bulge = 1 - Math.sqrt(Math.max(0, 1 - norm2(sub(a, b)) / 4)) + SLACK;
  const [x, y, z] = [0, 1, 2].map((i) => [Math.min(a[i]!, b[i]!) - bulge, Math.max(a[i]!, b[i]!) + bulge]);
  return { low: [x![0]!, y![0]!, z![0]!], high: [x![1]!, y![1]!, z![1]!] };
}

const apart = (a: Box, b: Box, axis: number): boolean => a.low[axis]! > b.high[axis]! || b.low[axis]! > a.high[axis]!;

/** Calls `visit` with the indexes of all pairs of edges whose boxes meet, the smaller first; it may return true to stop. */
export function eachNearPair(edges: readonly Edge[], visit: (i: number, j: number) => boolean | undefined): void {
  const boxes = edges.map(boxOf);
  const spread = [0, 1, 2].map(
    (axis) => Math.max(...extremes(boxes, axis, 'high')) - Math.min(...extremes(boxes, axis, 'low')),
  );
  const axis = spread.indexOf(Math.max(...spread));
  const others = [0, 1, 2].filter((of) => of !== axis);
  const order = boxes.map((_, i) => i).sort((i, j) => boxes[i]!.low[axis]! - boxes[j]!.low[axis]!);
  let active: number[] = [];
  for (const i of order) {
    const box = boxes[i]!;
    active = active.filter((j) => boxes[j]!.high[axis]! >= box.low[axis]!);
    for (const j of active) {
      if (others.some((other) => apart(box, boxes[j]!, other))) continue;
      if (visit(Math.min(i, j), Math.max(i, j))) return;
    }
    active.push(i);
  }
}

/** The least and the greatest value, without spreading a long list into arguments. */
function extremes(boxes: readonly Box[], axis: number, side: keyof Box): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const box of boxes) {
    const value = box[side][axis]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}
