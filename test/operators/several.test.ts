import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { query, refusal } = asked();
const tables = async (kql: string) =>
  (await query(kql)).tables.map(({ name, columns, rows }) => [name, columns.map((of) => of.name), rows]);
const LOGS = 'let L = datatable(level:string, code:long)["info",1, "error",7, "error",9, "info",1];';

describe('fork', () => {
  it('gives a table for each branch, by its name', async () => {
    expect(
      await tables(
        `${LOGS} L | fork bad = (where level == "error" | project code) (count | as Total) (summarize sum(code) by level | top 1 by sum_code)`,
      ),
    ).toEqual([
      ['bad', ['code'], [[7], [9]]],
      ['Total', ['Count'], [[4]]],
      ['PrimaryResult_2', ['level', 'sum_code'], [['error', 16]]],
    ]);
  });
  it('keeps the order of the rows', async () => {
    expect(
      (
        await query(`${LOGS} L | sort by code desc | fork (take 1) (extend n = row_number() | where n == 4)`)
      ).tables.map((of) => of.rows),
    ).toEqual([[['error', 9]], [['info', 1, 4]]]);
  });
  it('may end a function, but not be read', async () => {
    expect((await query(`${LOGS} let f = () { L | fork (count) (take 1) }; f()`)).tables).toHaveLength(2);
    expect(await refusal(`${LOGS} let F = L | fork (count) (take 1); F`)).toContain('several tables');
  });
});

describe('facet', () => {
  it('counts the values of each column', async () => {
    expect(await tables(`${LOGS} L | where level == "error" | facet by level, code`)).toEqual([
      ['PrimaryResult', ['level', 'count_level'], [['error', 2]]],
      [
        'PrimaryResult_1',
        ['code', 'count_code'],
        expect.arrayContaining([
          [7, 1],
          [9, 1],
        ]),
      ],
    ]);
  });
  it('gives the table of with first', async () => {
    expect(
      (await query(`${LOGS} L | facet by level with (where code > 1 | summarize m = max(code))`)).tables.map((of) =>
        of.columns.map((c) => c.name),
      ),
    ).toEqual([['m'], ['level', 'count_level']]);
    expect((await query(`${LOGS} L | facet by level with count`)).tables[0]!.rows).toEqual([[4]]);
  });
});

describe('statements', () => {
  it('give a result each', async () => {
    expect(
      await tables('print a = 1; let x = 5; print b = x; range i from 1 to 2 step 1 | as R | where i > 1; R | count'),
    ).toEqual([
      ['PrimaryResult', ['a'], [[1]]],
      ['PrimaryResult_1', ['b'], [[5]]],
      ['PrimaryResult_2', ['i'], [[2]]],
      ['PrimaryResult_3', ['Count'], [[2]]],
    ]);
  });
  it('are named by a last as', async () => {
    expect((await query('print a = 1 | as First; print b = 2 | as Second')).tables.map((of) => of.name)).toEqual([
      'First',
      'Second',
    ]);
  });
});
