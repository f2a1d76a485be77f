import { scalars } from '../registry.js';
import { numberOf, readJson, writeJson } from '../text/json.js';
import type { Cell } from './values.js';

/** The elements of a series and which of them are missing: null, or equal to the given value. */
function elements(
  json: Cell | undefined,
  missing: Cell | undefined,
): { values: unknown[]; isMissing(i: number): boolean } | null {
  const values = json === null || json === undefined ? null : readJson(String(json));
  if (!Array.isArray(values)) return null;
  const wanted = missing === null || missing === undefined ? null : readJson(String(missing));
  return {
    values,
    isMissing: (i) =>
      values[i] === null ||
      (wanted !== null &&
        (values[i] === wanted || (numberOf(wanted) !== undefined && numberOf(values[i]) === numberOf(wanted)))),
  };
}

/** Each missing element becomes the last one before it (or after it) that isn't. */
function fillFrom(json: Cell | undefined, missing: Cell | undefined, step: 1 | -1): string | null {
  const found = elements(json, missing);
  if (!found) return null;
  const { values, isMissing } = found;
  const filled = [...values];
  let last: number | undefined;
  for (let i = step > 0 ? 0 : values.length - 1; i >= 0 && i < values.length; i += step) {
    if (!isMissing(i)) last = i;
    else if (last !== undefined) filled[i] = values[last];
  }
  return writeJson(filled);
}

function fillConstant(json: Cell | undefined, constant: Cell | undefined, missing: Cell | undefined): string | null {
  const found = elements(json, missing);
  if (!found) return null;
  const value = constant === null || constant === undefined ? null : readJson(String(constant));
  return writeJson(found.values.map((of, i) => (found.isMissing(i) ? value : of)));
}

/** Missing elements on the line between their neighbours; the edges take the nearest value if wanted. */
function fillLinear(
  json: Cell | undefined,
  missing: Cell | undefined,
  edges: boolean,
  constant: Cell | undefined,
): string | null {
  const found = elements(json, missing);
  if (!found) return null;
  const { values, isMissing } = found;
  const known = values.flatMap((_, i) => (isMissing(i) ? [] : [i]));
  if (known.length === 0)
    return writeJson(values.map(() => (constant === null || constant === undefined ? 0 : readJson(String(constant)))));
  const filled = [...values];
  for (const [k, from] of known.entries()) {
    const to = known[k + 1];
    if (to === undefined) break;
    const [a, b] = [numberOf(values[from]), numberOf(values[to])];
    if (a === undefined || b === undefined) continue;
    for (let i = from + 1; i < to; i++) filled[i] = a + ((b - a) * (i - from)) / (to - from);
  }
  if (edges) {
    const [first, last] = [known[0]!, known.at(-1)!];
    filled.fill(values[first], 0, first);
    filled.fill(values[last], last + 1);
  }
  return writeJson(filled);
}

/** Missing points of a series made good. */
export const SERIES_FILLS = scalars([
  {
    name: 'series_fill_forward',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (json, missing) => fillFrom(json, missing, 1),
    examples: [['series_fill_forward(dynamic([null, 36, null, 41, null]))', '[null,36,36,41,41]']],
  },
  {
    name: 'series_fill_backward',
    args: ['dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (json, missing) => fillFrom(json, missing, -1),
    examples: [['series_fill_backward(dynamic([null, 36, null, 41, null]))', '[36,36,41,41,null]']],
  },
  {
    name: 'series_fill_const',
    args: ['dynamic', 'dynamic', 'dynamic'],
    returns: 'dynamic',
    js: (json, constant, missing) => fillConstant(json, constant, missing),
    examples: [['series_fill_const(dynamic([1, null, -1]), 0, -1)', '[1,0,0]']],
  },
  {
    name: 'series_fill_linear',
    args: ['dynamic', 'dynamic', 'bool', 'dynamic'],
    returns: 'dynamic',
    js: (json, missing, edges, constant) => fillLinear(json, missing, edges !== false, constant),
    examples: [['series_fill_linear(dynamic([null, 2, null, null, 8]))', '[2,2,4,6,8]']],
  },
]);
