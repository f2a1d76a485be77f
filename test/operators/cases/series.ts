import type { Case } from './case.js';

const T =
  'datatable(t:datetime, h:string, v:long)[datetime(2020-01-01), "a", 1, datetime(2020-01-03), "a", 3, datetime(2020-01-03 12:00), "b", 5]';
const at = (...days: number[]): string[] => days.map((day) => `2020-01-0${day}T00:00:00.0000000Z`);

/** make-series. */
export const SERIES: readonly Case[] = [
  ['gaps are filled with 0', `${T} | make-series count() on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d`, 'count_, t', [[[1, 0, 2], at(1, 2, 3)]]],
  ['the end is left out', `${T} | make-series n = sum(v) on t from datetime(2020-01-01) to datetime(2020-01-03) step 1d`, 'n, t', [[[1, 0], at(1, 2)]]],
  ['a default of its own', `${T} | make-series n = sum(v) default=-1 on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d`, 'n, t', [[[1, -1, 8], at(1, 2, 3)]]],
  ['a default of null', `${T} | make-series n = max(v) default=long(null) on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d | project n`, 'n', [[[1, null, 5]]]],
  ['by a group', `${T} | make-series n = sum(v) on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d by h | project h, n`, 'h, n', [['a', [1, 0, 3]], ['b', [0, 0, 5]]]],
  ['without bounds it goes from the first to the last', `${T} | where h == "a" | make-series n = sum(v) on t step 1d`, 'n, t', [[[1, 0, 3], at(1, 2, 3)]]],
  ['in range', `${T} | make-series n = sum(v) on t in range(datetime(2020-01-01), datetime(2020-01-03), 1d)`, 'n, t', [[[1, 0, 3], at(1, 2, 3)]]],
  ['over numbers', 'datatable(x:long)[1, 1, 3] | make-series n = count() on x from 0 to 4 step 1', 'n, x', [[[0, 2, 0, 1], [0, 1, 2, 3]]]],
  ['several aggregates', `${T} | make-series n = count(), m = max(v) on t from datetime(2020-01-01) to datetime(2020-01-04) step 1d | project n, m`, 'n, m', [[[1, 0, 2], [1, 0, 5]]]],
  ['no rows, no groups', `${T} | where false | make-series n = count() on t from datetime(2020-01-01) to datetime(2020-01-03) step 1d`, 'n, t', []],
  ['no rows, kind=nonempty', `${T} | where false | make-series kind=nonempty n = count() on t from datetime(2020-01-01) to datetime(2020-01-03) step 1d`, 'n, t', [[[0, 0], at(1, 2)]]],
]; // biome-ignore format: a table
