import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { rows, query, columns, refusal } = asked();

describe('set', () => {
  it('query_now moves the clock, which the result tells', async () => {
    const result = await query('set query_now = datetime(2020-02-29 12:00); print n = now(), a = ago(1d)');
    expect(result.tables[0]!.rows).toEqual([['2020-02-29T12:00:00.0000000Z', '2020-02-28T12:00:00.0000000Z']]);
    expect(result.asOf).toBe('2020-02-29T12:00:00.0000000Z');
  });
  it('truncationmaxrecords cuts with a warning, the lower of it and the caller’s limit', async () => {
    const cut = await query('set truncationmaxrecords = 3; range i from 1 to 10 step 1');
    expect(cut.tables[0]!.rows).toHaveLength(3);
    expect(cut.diagnostics.map((of) => of.code)).toEqual(['row-limit']);
    expect(
      (await query('set truncationmaxrecords = 3; range i from 1 to 10 step 1', { rowLimit: 2 })).tables[0]!.rows,
    ).toHaveLength(2);
  });
  it('notruncation lifts the default limit, not the caller’s', async () => {
    expect(
      (await query('set notruncation; range i from 1 to 500001 step 1 | where i > 499999')).tables[0]!.rows,
    ).toEqual([[500000], [500001]]);
    expect(
      (await query('set notruncation; range i from 1 to 10 step 1', { rowLimit: 4 })).tables[0]!.rows,
    ).toHaveLength(4);
  });
  it('query_take_max_records takes without a warning', async () => {
    const taken = await query('set query_take_max_records = 2; range i from 1 to 10 step 1; print 1');
    expect(taken.tables.map((of) => of.rows)).toEqual([[[1], [2]], [[1]]]);
    expect(taken.diagnostics).toEqual([]);
  });
  it('query_results_apply_getschema gives schemas', async () => {
    expect(await rows('set query_results_apply_getschema; print a = 1, b = "x"')).toEqual([
      ['a', 0, 'System.Int64', 'long'],
      ['b', 1, 'System.String', 'string'],
    ]);
  });
  it('passes over what only steers a service, and refuses what would change the answer', async () => {
    expect(await rows('set query_results_cache_max_age = time(5m); set request_app_name = "x"; print 1')).toEqual([
      [1],
    ]);
    expect(await refusal('set query_datetimescope_from = datetime(2020-01-01); print 1')).toContain(
      'query_datetimescope_from',
    );
    expect(await refusal('set query_now = 5; print 1')).toContain('datetime');
  });
});

describe('declare query_parameters', () => {
  const declared =
    'declare query_parameters(n:long = 5, s:string = "none", t:timespan = 2h, d:datetime, b:dynamic = dynamic({}));';
  it('takes values given by the caller as their types, else defaults', async () => {
    const asked = await query(`${declared} print n, s, t, d, b`, {
      parameters: { n: '12', d: 'datetime(2020-01-01)', b: '{"x":[1]}' },
    });
    expect(asked.tables[0]!.rows).toEqual([[12, 'none', '02:00:00', '2020-01-01T00:00:00.0000000Z', { x: [1] }]]);
    const typed = await query(`${declared} print n + 1, strlen(s)`, {
      parameters: { n: 7, s: 'five5', d: '2020-01-01' },
    });
    expect(typed.tables[0]!.rows).toEqual([[8, 5]]);
  });
  it('says which value is missing or wrong', async () => {
    expect(await refusal(`${declared} print n`)).toMatch(/^d: no value/);
    await expect(query(`${declared} print n`, { parameters: { n: 'many', d: '2020-01-01' } })).rejects.toThrow(
      'no long',
    );
  });
});

describe('declare pattern', () => {
  const capitals = `declare pattern capital = (country:string)[state:string] {
    ("USA").["New York"] = { print c = "Albany" };
    ("USA").["Ohio"] = { let x = strcat(state, "/", country); print c = x };
  };`;
  it('stands for the body of its values', async () => {
    expect(await rows(`${capitals} capital("USA").["New York"]`)).toEqual([['Albany']]);
    expect(await rows(`${capitals} capital("USA").Ohio | extend n = strlen(c)`)).toEqual([['Ohio/USA', 8]]);
    expect(await rows(`${capitals} union capital("USA").Ohio, capital('USA').['New York'] | count`)).toEqual([[2]]);
    expect(await columns('declare pattern m = (a:string) { ("1") = { range i from 1 to 2 step 1 }; }; m("1")')).toEqual(
      ['i:long'],
    );
  });
  it('is refused where it defines nothing', async () => {
    expect(await refusal(`${capitals} capital("USA").Texas`)).toMatch(/Texas/);
    expect(await refusal('declare pattern m; print 1')).toContain('declare pattern');
  });
});

it('alias and restrict access are refused by name', async () => {
  expect(await refusal('alias database d = cluster("c").database("x"); print 1')).toContain('alias database');
  expect(await refusal('let T = print 1; restrict access to (T); print 1')).toContain('restrict access');
});
