import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { set, rows, query, refusal } = asked();
const T = 'let T = datatable(k:string, x:long)["a",3, "b",1, "a",1, "b",5, "a",2, "",7]; T';

describe('partition', () => {
  it('runs the subquery over the rows of each key', async () => {
    expect(await set(`${T} | partition by k (top 2 by x)`)).toEqual([
      ['', 7],
      ['a', 2],
      ['a', 3],
      ['b', 1],
      ['b', 5],
    ]);
    expect(
      await set(`${T} | partition by k (where x > 4 | summarize n = count(), s = sum(x), l = make_list(x))`),
    ).toEqual([
      [0, 0, []],
      [1, 5, [5]],
      [1, 7, [7]],
    ]);
  });
  it('keeps windows and scans within a partition', async () => {
    expect(
      await set(
        `${T} | partition hint.strategy=native by k (sort by x asc | extend n = row_number(), before = prev(x) | where n > 1)`,
      ),
    ).toEqual([
      ['a', 2, 2, 1],
      ['a', 3, 3, 2],
      ['b', 5, 2, 1],
    ]);
    expect(
      await set(
        `${T} | partition hint.strategy=shuffle by k (sort by x asc | scan declare (sum:long = 0) with (step s: true => sum = s.sum + x;) | sort by x desc | extend after = next(sum))`,
      ),
    ).toEqual([
      ['', 7, 7, null],
      ['a', 1, 1, null],
      ['a', 2, 3, 1],
      ['a', 3, 6, 3],
      ['b', 1, 1, null],
      ['b', 5, 6, 1],
    ]);
  });
  it('gives a name to the partition', async () => {
    expect(
      await set(
        `${T} | partition by k (as P | extend share = x * 1.0 / toscalar(P | summarize sum(x)) | where share > 0.4)`,
      ),
    ).toEqual([
      ['', 7, 1],
      ['a', 3, 0.5],
      ['b', 5, 5 / 6],
    ]);
  });
  it('takes a query with a source of its own, which reads the key', async () => {
    expect(
      await set(`${T} | partition by k { T | where k == toscalar(k) | summarize n = count(), m = max(x) }`),
    ).toEqual([
      [1, 7],
      [2, 5],
      [3, 3],
    ]);
    expect(
      await set(
        `${T.replace(/ T$/, '')} range y from 1 to 3 step 1 | partition hint.strategy=legacy by y { T | where x == y | extend z = y * 10 }`,
      ),
    ).toEqual([
      ['a', 1, 10],
      ['a', 2, 20],
      ['a', 3, 30],
      ['b', 1, 10],
    ]);
  });
  it('stands in partitions', async () => {
    expect(await set(`${T} | partition by k (partition by x (extend n = 1 | take 1) | count)`)).toEqual([
      [1],
      [2],
      [3],
    ]);
  });
  it('reads a table of full joins', async () => {
    expect(
      await set(
        `${T} | join kind=fullouter (datatable(k:string, y:long)["a",1, "z",2]) on k | partition by k (scan declare (n:long = 0) with (step s: true => n = s.n + 1;) | summarize n = max(n) by k)`,
      ),
    ).toEqual([
      ['', 2],
      ['a', 3],
      ['b', 2],
    ]);
  });
  it('holds many partitions', async () => {
    expect(
      await rows(
        'range i from 1 to 50000 step 1 | extend k = i % 5000 | partition hint.strategy=native by k (top 2 by i) | summarize count(), sum(i)',
      ),
    ).toEqual([[10000, 450005000]]);
  });
  it('refuses an unknown strategy', async () => {
    expect(await refusal(`${T} | partition hint.strategy=magic by k (take 1)`)).toContain('hint.strategy');
  });
});

describe('materialize', () => {
  it('computes only what is read of it, by all its readers together', async () => {
    const kql =
      'let M = materialize(range i from 1 to 3 step 1 | extend a = i * 2, b = i * 3, c = i * 4); M | where b > 3 | project a | join kind=inner (M | project i) on $left.a == $right.i';
    expect(await rows(kql)).toEqual([]);
    expect((await query(kql.replace('b > 3', 'b > 0'))).tables[0]!.rows).toEqual([[2, 2]]);
  });
});
