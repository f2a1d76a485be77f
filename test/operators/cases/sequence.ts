import type { Case } from './case.js';

const T = 'datatable(h:string, t:long, v:long)["a", 1, 10, "b", 2, 20, "a", 3, 30, "b", 4, 5]';

/** Operators over rows in an order: serialize and its functions, scan, partition. */
export const SEQUENCE: readonly Case[] = [
  ['row_number, prev, next', `${T} | sort by t asc | extend r = row_number(), p = prev(v), n = next(v) | project r, p, n`, 'r, p, n', [[1, null, 20], [2, 10, 30], [3, 20, 5], [4, 30, null]], 'ordered'],
  ['prev of a text is empty', `${T} | sort by t asc | extend p = prev(h) | project p`, 'p', [[''], ['a'], ['b'], ['a']], 'ordered'],
  ['prev with an offset and a default', `${T} | sort by t asc | extend p = prev(v, 2, -1) | project p`, 'p', [[-1], [-1], [10], [20]], 'ordered'],
  ['row_cumsum, begun anew', `${T} | sort by h asc, t asc | extend c = row_cumsum(v, h != prev(h)) | project h, c`, 'h, c', [['a', 10], ['a', 40], ['b', 20], ['b', 25]], 'ordered'],
  ['row_rank_dense and row_rank_min', `${T} | sort by h asc, t asc | extend d = row_rank_dense(h), m = row_rank_min(h) | project d, m`, 'd, m', [[1, 1], [1, 1], [2, 3], [2, 3]], 'ordered'],
  ['serialize names expressions', 'range x from 1 to 2 step 1 | serialize n = row_number()', 'x, n', [[1, 1], [2, 2]], 'ordered'],
  ['a window before a filter', `${T} | sort by t asc | extend p = prev(v) | where h == "b" | project p`, 'p', [[10], [30]], 'ordered'],
  ['a window in a filter', `${T} | sort by t asc | where v > prev(v) | project t`, 't', [[2], [3]], 'ordered'],
  ['a window before an aggregate', `${T} | sort by t asc | extend d = v - prev(v) | summarize sum(d), max(d)`, 'sum_d, max_d', [[-5, 10]]],
  ['an order that another sort makes void', `${T} | sort by t asc | extend r = row_number() | sort by v asc | extend q = row_number() | project r, q`, 'r, q', [[4, 1], [1, 2], [2, 3], [3, 4]], 'ordered'],
  ['a window over rows in no order', 'datatable(x:long)[1] | summarize count() by x | extend r = row_number()', { code: 'bad-argument', says: 'row_number' }],
  ['partition', `${T} | partition by h (top 1 by v desc | project h, v)`, 'h, v', [['a', 30], ['b', 20]]],
  ['partition with an aggregate', `${T} | partition hint.strategy=native by h (summarize total = sum(v))`, 'total', [[40], [25]]],
  ['partition with a window', `${T} | partition hint.strategy=native by h (sort by t asc | extend d = v - prev(v) | where isnotnull(d) | project h, d)`, 'h, d', [['a', 20], ['b', -15]]],
  ['scan: a running sum', 'range x from 1 to 4 step 1 | scan declare (sum:long = 0) with (step s: true => sum = x + s.sum;)', 'x, sum', [[1, 1], [2, 3], [3, 6], [4, 10]], 'ordered'],
  ['scan: begun anew where a condition holds', 'range x from 1 to 4 step 1 | scan declare (sum:long = 0) with (step s: true => sum = iff(x == 3, x, x + s.sum);) | project sum', 'sum', [[1], [3], [3], [7]], 'ordered'],
  ['scan: forward fill', 'datatable(t:long, v:string)[1, "x", 2, "", 3, "y", 4, ""] | sort by t asc | scan declare (f:string = "") with (step s: true => f = iff(isempty(v), s.f, v);) | project f', 'f', [['x'], ['x'], ['y'], ['y']], 'ordered'],
  ['scan: steps one after the other', 'datatable(t:long, e:string)[1, "start", 2, "work", 3, "stop", 4, "work"] | sort by t asc | scan with_match_id=m with (step a output=all: e == "start"; step b: e == "work"; step c: e == "stop";)', 't, e, m', [[1, 'start', 0], [2, 'work', 0], [3, 'stop', 0]], 'ordered'],
  ['scan: only the last of a step', 'datatable(t:long, e:string)[1, "a", 2, "a", 3, "b"] | sort by t asc | scan with (step x output=last: e == "a"; step y: e == "b";)', 't, e', [[2, 'a'], [3, 'b']], 'ordered'],
  ['scan assigns what is neither declared nor there', 'range x from 1 to 2 step 1 | scan with (step s: true => y = 1;)', { code: 'KS142', says: "'y'" }],
]; // biome-ignore format: a table
