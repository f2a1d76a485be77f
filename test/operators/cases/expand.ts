import type { Case } from './case.js';

/** mv-expand and mv-apply. */
export const EXPAND: readonly Case[] = [
  ['an array', 'print id = 1, d = dynamic([7, 8]) | mv-expand d', 'id, d:dynamic', [[1, 7], [1, 8]], 'ordered'],
  ['to a type: texts are not read', 'print d = dynamic([1, "2", 3.9]) | mv-expand d to typeof(long)', 'd:long', [[1], [null], [3]], 'ordered'],
  ['two arrays side by side, the shorter filled with null', 'print a = dynamic([1, 2, 3]), b = dynamic(["x"]) | mv-expand a, b', 'a, b', [[1, 'x'], [2, null], [3, null]], 'ordered'],
  ['under another name', 'print d = dynamic([1, 2]) | mv-expand e = d to typeof(long)', 'd, e', [[[1, 2], 1], [[1, 2], 2]], 'ordered'],
  ['of an expression', 'print s = "a,b" | mv-expand part = split(s, ",") to typeof(string)', 's, part:string', [['a,b', 'a'], ['a,b', 'b']], 'ordered'],
  ['an index', 'print d = dynamic(["x", "y"]) | mv-expand with_itemindex=i d', 'd, i:long', [['x', 0], ['y', 1]], 'ordered'],
  ['a bag becomes bags', 'print d = dynamic({"a": 1, "b": 2}) | mv-expand d', 'd', [[{ a: 1 }], [{ b: 2 }]], 'ordered'],
  ['a bag becomes pairs', 'print d = dynamic({"a": 1, "b": 2}) | mv-expand kind=array d', 'd', [[['a', 1]], [['b', 2]]], 'ordered'],
  ['bagexpansion', 'print d = dynamic({"a": 1}) | mv-expand bagexpansion=array d', 'd', [[['a', 1]]], 'ordered'],
  ['an empty array gives no row', 'print id = 1, d = dynamic([]) | mv-expand d', 'id, d', []],
  ['null gives a row with null', 'print id = 1, d = dynamic(null) | mv-expand d', 'id, d', [[1, null]]],
  ['a scalar gives itself', 'print d = dynamic(5) | mv-expand d', 'd', [[5]]],
  ['limit', 'print d = dynamic([1, 2, 3, 4]) | mv-expand d limit 2', 'd', [[1], [2]], 'ordered'],
  ['nested arrays stay one level deep', 'print d = dynamic([[1, 2], [3]]) | mv-expand d', 'd', [[[1, 2]], [[3]]], 'ordered'],
  ['mvexpand, the old name', 'print d = dynamic([1, 2]) | mvexpand d | count', 'Count', [[2]]],
  ['mv-apply: an aggregate of each row', 'datatable(id:long, d:dynamic)[1, dynamic([3, 4]), 2, dynamic([10])] | mv-apply x = d to typeof(long) on (summarize total = sum(x))', 'id, d, total', [[1, [3, 4], 7], [2, [10], 10]]],
  ['mv-apply: the largest of each row', 'datatable(id:long, d:dynamic)[1, dynamic([3, 9, 4]), 2, dynamic([10])] | mv-apply d to typeof(long) on (top 1 by d desc)', 'id, d', [[1, 9], [2, 10]]],
  ['mv-apply: a filter that keeps nothing drops the row', 'datatable(id:long, d:dynamic)[1, dynamic([3]), 2, dynamic([10])] | mv-apply x = d to typeof(long) on (where x > 5) | project id, x', 'id, x', [[2, 10]]],
  ['mv-apply reads the row around it', 'datatable(id:long, d:dynamic)[1, dynamic([1, 2]), 5, dynamic([1, 2])] | mv-apply x = d to typeof(long) on (extend y = x * id | summarize make_list(y)) | project id, list_y', 'id, list_y', [[1, [1, 2]], [5, [5, 10]]]],
  ['mv-apply with an index', 'print d = dynamic(["a", "b"]) | mv-apply with_itemindex=i x = d to typeof(string) on (where i == 1) | project x, i', 'x, i', [['b', 1]]],
  ['mv-apply over two arrays', 'print k = dynamic(["a", "b"]), v = dynamic([1, 2]) | mv-apply k to typeof(string), v on (summarize b = make_bag(bag_pack(k, v))) | project b', 'b', [[{ a: 1, b: 2 }]]],
  ['mv-apply follows the order of the array', 'print d = dynamic([3, 1, 2]) | mv-apply x = d to typeof(long) on (extend before = prev(x) | summarize make_list(before), make_list(row_number())) | project-away d', 'list_before, list_', [[[3, 1], [1, 2, 3]]]],
]; // biome-ignore format: a table
