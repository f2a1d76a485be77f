import { numberOf, readJson } from '../text/json.js';

export type Cell = string | bigint | number | boolean | null;
export type Point = number | null;

/** The numbers of a series given as JSON; what is no number is null. Null when it is no array. */
export function pointsOf(json: Cell | undefined): Point[] | null {
  const value = json === null || json === undefined ? null : readJson(String(json));
  return Array.isArray(value) ? value.map((of) => numberOf(of) ?? null) : null;
}

/** All numbers of a series, or null when one is missing or not finite. */
export function wholeSeries(json: Cell | undefined): number[] | null {
  const points = pointsOf(json);
  return points?.every((point): point is number => point !== null && Number.isFinite(point)) ? points : null;
}

/** Two operands side by side: a single number stands for a series of it; missing points are null. */
export function pairsOf(a: Cell | undefined, b: Cell | undefined): [Point, Point][] | null {
  const [left, right] = [pointsOf(a), pointsOf(b)];
  const [x, y] = [left ? null : numberFrom(a), right ? null : numberFrom(b)];
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  if ((!left && x === null) || (!right && y === null) || (!left && !right)) return null;
  return Array.from({ length }, (_, i) => [left ? (left[i] ?? null) : x, right ? (right[i] ?? null) : y]);
}

const numberFrom = (json: Cell | undefined): Point =>
  json === null || json === undefined ? null : (numberOf(readJson(String(json))) ?? null);

/** A series of reals as JSON: whole numbers keep their point, what is not finite is null. */
export const realsJson = (points: readonly Point[]): string => `[${points.map(realJson).join(',')}]`;

export const realJson = (point: Point): string =>
  point === null || !Number.isFinite(point)
    ? 'null'
    : Number.isInteger(point) && Math.abs(point) < 1e21
      ? `${point}.0`
      : String(point);

/** A series as JSON, whole numbers as such. */
export const pointsJson = (points: readonly (Point | boolean)[]): string => JSON.stringify(points);
