import type { Case } from './case.js';

const T = 'datatable(Src:string, SrcPort:long, Dst:string, Bytes:long)["10.0.0.1", 5000, "10.0.0.2", 2048]';

/** Operators that choose, rename and compute columns. */
export const COLUMNS: readonly Case[] = [
  ['project', `${T} | project Dst, kb = Bytes / 1024`, 'Dst, kb:long', [['10.0.0.2', 2]]],
  ['project: names of unnamed expressions', `${T} | project SrcPort + 1, strcat(Src, "x"), Src`, 'Column1, Column2, Src', [[5001, '10.0.0.1x', '10.0.0.1']]],
  ['project: the name of a function of one column', `${T} | project tostring(SrcPort), toupper(Src)`, 'SrcPort, Column1', [['5000', '10.0.0.1']]],
  ['project: a path gives its name', 'print d = dynamic({"a": {"b": 5}}) | project d.a.b, d["a"]', 'd_a_b, d_a', [[5, { b: 5 }]]],
  ['project in another order, twice', `${T} | project Bytes, again = Bytes`, 'Bytes, again', [[2048, 2048]]],
  ['extend adds', `${T} | extend big = Bytes > 1000 | project Src, big`, 'Src, big', [['10.0.0.1', true]]],
  ['extend replaces in place', `${T} | extend Src = "x"`, 'Src, SrcPort, Dst, Bytes', [['x', 5000, '10.0.0.2', 2048]]],
  ['extend: unnamed', `${T} | extend Bytes * 2 | project Column1`, 'Column1', [[4096]]],
  ['extend: another type in place', `${T} | extend SrcPort = tostring(SrcPort) | project SrcPort`, 'SrcPort:string', [['5000']]],
  ['extend: expressions see the input, not each other', 'print a = 1 | extend a = a + 1, b = a', 'a, b', [[2, 1]]],
  ['project-away', `${T} | project-away SrcPort, Bytes`, 'Src, Dst', [['10.0.0.1', '10.0.0.2']]],
  ['project-away with a wildcard', `${T} | project-away Src*`, 'Dst, Bytes', [['10.0.0.2', 2048]]],
  ['project-keep keeps the order of the input', `${T} | project-keep Dst, Src*`, 'Src, SrcPort, Dst', [['10.0.0.1', 5000, '10.0.0.2']]],
  ['project-rename', `${T} | project-rename Source = Src, Size = Bytes`, 'Source, SrcPort, Dst, Size', [['10.0.0.1', 5000, '10.0.0.2', 2048]]],
  ['project-reorder', `${T} | project-reorder Bytes, Dst`, 'Bytes, Dst, Src, SrcPort', [[2048, '10.0.0.2', '10.0.0.1', 5000]]],
  ['project-reorder by name', 'print b = 1, a10 = 2, a9 = 3, c = 4 | project-reorder * asc', 'a10, a9, b, c', [[2, 3, 1, 4]]],
  ['project-reorder descending', 'print b = 1, a = 2, c = 3 | project-reorder * desc', 'c, b, a', [[3, 1, 2]]],
  ['project-reorder, numbers as numbers', 'print a10 = 1, b = 2, a9 = 3 | project-reorder a* granny-asc', 'a9, a10, b', [[3, 1, 2]]],
  ['project-by-names', 'print a = 1, b1 = 2, b2 = 3 | project-by-names "b*", "a"', 'b1, b2, a', [[2, 3, 1]]],
  ['column_ifexists', `${T} | project column_ifexists("Src", "-"), b = column_ifexists("Nope", "-")`, 'Src, b', [['10.0.0.1', '-']]],
  ['names in brackets', 'print ["a b"] = 1, ["c.d"] = 2 | project ["a b"] + ["c.d"], ["c.d"]', 'Column1, c.d', [[3, 2]]],
  ['names that differ in case', 'print Ab = 1, aB = 2 | extend AB = Ab + aB | project aB, AB, Ab', 'aB, AB, Ab', [[2, 3, 1]]],
  ['conversions in a comparison of a dynamic value', 'print d = dynamic({"n": 5, "s": "5"}) | project d.n == 5, d.s == "5", tolong(d.s) > 4', 'Column1, Column2, Column3', [[true, true, true]]],
  ['a missing property is null', 'print d = dynamic({"n": 5}) | project isnull(d.x.y), tostring(d.x)', 'Column1, d_x', [[true, '']]],
]; // biome-ignore format: a table
