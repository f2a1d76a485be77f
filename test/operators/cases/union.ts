import type { Case } from './case.js';

const A = 'print a = 1, s = "x"';
const B = 'print s = "y", b = 2.5';

/** union: columns by name and type, sources, kinds. */
export const UNION: readonly Case[] = [
  ['outer: the columns of all', `union (${A}), (${B})`, 'a, s, b', [[1, 'x', null], [null, 'y', 2.5]]],
  ['inner: the columns of each', `union kind=inner (${A}), (${B})`, 's', [['x'], ['y']]],
  ['missing texts are empty', 'union (print a = 1), (print s = "x")', 'a, s', [[1, ''], [null, 'x']]],
  ['piped', `${A} | union (${B}) | count`, 'Count', [[2]]],
  ['one name, two types', 'union (print v = 1), (print v = "x")', 'v_long:long, v_string:string', [[1, ''], [null, 'x']]],
  ['one name, two types, one of them taken', 'union (print v = 1, v_long = 7), (print v = "x")', 'v_long1, v_string, v_long', [[1, '', 7], [null, 'x', null]]],
  ['withsource', 'let V = view () { print x = 1 }; union withsource=Source V, (print x = 2 | as Named), (print x = 3) | project Source, x', 'Source, x', [['V', 1], ['Named', 2], ['union_arg2', 3]]],
  ['withsource of a stored table', 'union withsource=T Hosts_CL, (print Host = "h") | project T, Host', 'T, Host', [['union_arg1', 'h']]],
  ['duplicates stay', 'union (print 1), (print 1)', 'print_0', [[1], [1]]],
  ['isfuzzy leaves out what there is not', 'union isfuzzy=true Nowhere_CL, (print a = 1) | project a', 'a', [[1]]],
  ['without isfuzzy it is an error', 'union Nowhere_CL, (print a = 1)', { code: 'KS204', says: 'Nowhere_CL' }],
  ['a wildcard', 'let W1 = view () { print x = 1 }; let W2 = view () { print x = 2 }; union W*', 'x', [[1], [2]]],
  ['a wildcard over stored tables', 'union Hosts* | count', 'Count', [[0]]],
  ['columns in the order they are met', 'union (print b = 1, a = 2), (print c = 3, a = 4)', 'b, a, c', [[1, 2, null], [null, 4, 3]]],
  ['a union within a union', 'union (print x = 1), (union (print x = 2), (print x = 3)) | summarize sum(x)', 'sum_x', [[6]]],
]; // biome-ignore format: a table
