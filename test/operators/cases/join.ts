import type { Case } from './case.js';

const L = 'datatable(k:string, l:long)["a", 1, "a", 2, "b", 3, "", 4]';
const R = '(datatable(k:string, r:long)["a", 10, "a", 20, "c", 30, "", 40])';

/** join in all its kinds, and lookup. */
export const JOIN: readonly Case[] = [
  ['without a kind it is innerunique: one row of the left for a key', `${L} | join ${R} on k | summarize n = count(), dcount(l) by k`, 'k, n, dcount_l', [['a', 2, 1], ['', 1, 1]]],
  ['inner', `${L} | join kind=inner ${R} on k`, 'k, l, k1, r', [['a', 1, 'a', 10], ['a', 1, 'a', 20], ['a', 2, 'a', 10], ['a', 2, 'a', 20], ['', 4, '', 40]]],
  ['leftouter: texts are empty, numbers null', `${L} | join kind=leftouter ${R} on k | where k in ("b", "")`, 'k, l, k1, r', [['b', 3, '', null], ['', 4, '', 40]]],
  ['rightouter', `${L} | join kind=rightouter ${R} on k | where k1 == "c"`, 'k, l, k1, r', [['', null, 'c', 30]]],
  ['fullouter', `${L} | join kind=fullouter ${R} on k | where isnull(l) or isnull(r)`, 'k, l, k1, r', [['b', 3, '', null], ['', null, 'c', 30]]],
  ['leftsemi', `${L} | join kind=leftsemi ${R} on k`, 'k, l', [['a', 1], ['a', 2], ['', 4]]],
  ['rightsemi', `${L} | join kind=rightsemi ${R} on k`, 'k, r', [['a', 10], ['a', 20], ['', 40]]],
  ['leftanti', `${L} | join kind=leftanti ${R} on k`, 'k, l', [['b', 3]]],
  ['anti and leftantisemi are leftanti', `${L} | join kind=anti ${R} on k | join kind=leftantisemi (print k = "z") on k`, 'k, l', [['b', 3]]],
  ['rightanti', `${L} | join kind=rightanti ${R} on k`, 'k, r', [['c', 30]]],
  ['different names', `${L} | join kind=inner (datatable(name:string, r:long)["b", 5]) on $left.k == $right.name`, 'k, l, name, r', [['b', 3, 'b', 5]]],
  ['several keys', 'datatable(a:long, b:long)[1, 1, 1, 2] | join kind=inner (datatable(a:long, c:long, v:string)[1, 2, "x"]) on a, $left.b == $right.c', 'a, b, a1, c, v', [[1, 2, 1, 2, 'x']]],
  ['and between conditions', 'datatable(a:long, b:long)[1, 1, 1, 2] | join kind=inner (datatable(a:long, b:long)[1, 2]) on $left.a == $right.a and $left.b == $right.b', 'a, b, a1, b1', [[1, 2, 1, 2]]],
  ['null keys meet', 'datatable(k:long, l:string)[long(null), "x", 1, "y"] | join kind=inner (datatable(k:long, r:string)[long(null), "z"]) on k', 'k, l, k1, r', [[null, 'x', null, 'z']]],
  ['names that are taken get numbers', 'datatable(k:long, k1:long, v:long)[1, 2, 3] | join kind=inner (datatable(k:long, v:long)[1, 4]) on k', 'k, k1, v, k2, v1', [[1, 2, 3, 1, 4]]],
  ['case matters in keys', 'print k = "A" | join kind=inner (print k = "a") on k | count', 'Count', [[0]]],
  ['an expression of the right as key', 'print k = "a" | join kind=inner (datatable(s:string)["A", "b"] | extend k = tolower(s)) on k | project s', 's', [['A']]],
  ['a kind that is none', `${L} | join kind=sideways ${R} on k`, { code: 'KS005', says: 'leftsemi' }],
  ['lookup keeps all of the left and drops the key of the right', `${L} | lookup (datatable(k:string, name:string)["a", "Anna"]) on k`, 'k, l, name', [['a', 1, 'Anna'], ['a', 2, 'Anna'], ['b', 3, ''], ['', 4, '']]],
  ['lookup kind=inner', `${L} | lookup kind=inner (datatable(k:string, n:long)["a", 7]) on k`, 'k, l, n', [['a', 1, 7], ['a', 2, 7]]],
  ['lookup by different names', `${L} | where l == 3 | lookup (datatable(id:string, n:long)["b", 7]) on $left.k == $right.id`, 'k, l, n', [['b', 3, 7]]],
  ['lookup renames what is taken', 'datatable(k:long, v:long)[1, 2] | lookup (datatable(k:long, v:long)[1, 3]) on k', 'k, v, v1', [[1, 2, 3]]],
  ['a join on a let, with itself', 'let T = range x from 1 to 3 step 1; T | join kind=inner (T | extend x = x + 1) on x | project x', 'x', [[2], [3]]],
  ['a join of joins', 'let A = print k = 1, a = "x"; let B = print k = 1, b = "y"; let C = print k = 1, c = "z"; A | join kind=inner (B | join kind=inner C on k) on k | project a, b, c', 'a, b, c', [['x', 'y', 'z']]],
  ['a cross join by a constant', 'range a from 1 to 2 step 1 | extend j = 1 | join kind=inner (range b from 1 to 2 step 1 | extend j = 1) on j | project a, b', 'a, b', [[1, 1], [1, 2], [2, 1], [2, 2]]],
]; // biome-ignore format: a table
