import type { Vec } from './vector.js';

/** Directed pieces joined to lines as long as they get without passing a junction. */
export function polylinesOf(pieces: readonly (readonly [from: number, to: number])[], points: readonly Vec[]): Vec[][] {
  const leaving = new Map<number, number[]>();
  const arriving = new Map<number, number>();
  for (const [i, [from, to]] of pieces.entries()) {
    leaving.set(from, [...(leaving.get(from) ?? []), i]);
    arriving.set(to, (arriving.get(to) ?? 0) + 1);
  }
  const isPassed = (point: number): boolean => leaving.get(point)?.length === 1 && arriving.get(point) === 1;
  const used = new Set<number>();
  const follow = (start: number): Vec[] => {
    const line = [points[pieces[start]![0]]!];
    for (let i: number | undefined = start; i !== undefined && !used.has(i); ) {
      used.add(i);
      const reached: number = pieces[i]![1];
      line.push(points[reached]!);
      i = isPassed(reached) ? leaving.get(reached)![0] : undefined;
    }
    return line;
  };
  const open = pieces.flatMap(([from], i) => (isPassed(from) ? [] : [follow(i)]));
  const closed = pieces.flatMap((_, i) => (used.has(i) ? [] : [follow(i)]));
  return [...open, ...closed];
}
