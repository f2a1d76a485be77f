import { numberOf, readJson, writeJson } from './json.js';
import { readTimespan } from './timespan.js';

type Direction = 1 | -1;

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** What a value is sorted by: first its kind (numbers and times, texts, GUIDs, the rest), then itself. */
function sortKey(value: unknown): readonly [kind: number, key: number | bigint | string] {
  const number = numberOf(value);
  if (number !== undefined) return [0, number];
  if (typeof value !== 'string') return [3, writeJson(value)];
  const span = readTimespan(value);
  if (span !== undefined) return [0, span];
  return [GUID.test(value) ? 2 : 1, value];
}

function compare(
  a: readonly [number, number | bigint | string],
  b: readonly [number, number | bigint | string],
): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}

/**
 * Arrays side by side, in the order that sorts the first: JSON of an array of arrays, `null` for one of another length.
 * Null when the first is no array.
 */
export function sortSideBySide(arrays: readonly unknown[], direction: Direction, nullsLast: boolean): unknown[] | null {
  const [first] = arrays;
  if (!Array.isArray(first)) return null;
  const keys = first.map((value) => (value === null ? undefined : sortKey(value)));
  const order = [...keys.keys()].sort((i, j) => {
    const [a, b] = [keys[i], keys[j]];
    if (a && b) return direction * compare(a, b);
    if (!a && !b) return 0;
    return (a ? -1 : 1) * (nullsLast ? 1 : -1);
  });
  return arrays.map((array) =>
    Array.isArray(array) && array.length === first.length ? order.map((i) => array[i]) : null,
  );
}

/** `array_sort_asc` and `_desc`: a sorted array of one array, an array of sorted arrays of several. */
export function sortArrays(json: string, direction: Direction, nullsLast: boolean): string | null {
  const arrays = readJson(json) as unknown[];
  const sorted = sortSideBySide(arrays, direction, nullsLast);
  return sorted && writeJson(arrays.length === 1 ? sorted[0] : sorted);
}
