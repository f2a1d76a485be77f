import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../engine/engine.js';
import { runQuery } from '../../../engine/query.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

async function table(kql: string): Promise<{ columns: string; rows: string[] }> {
  const { tables } = await runQuery(engine, kql);
  const [{ columns, rows }] = tables as [(typeof tables)[0]];
  return {
    columns: columns.map((of) => `${of.name}:${of.type}`).join(' '),
    rows: rows.map((row) => row.map((cell) => (cell === '' ? '-' : String(cell))).join(' ')),
  };
}

/** Twenty logons: most over vpn by pam; those that failed came from one country. */
const T = `let T = range i from 0 to 19 step 1 | project
  via = iff(i < 14, 'vpn', iff(i < 18, 'web', 'ssh')),
  how = iff(i < 14, 'pam', iff(i % 2 == 0, 'key', 'pam')),
  from = iff(i % 5 == 0, 'xx', iff(i % 2 == 0, 'de', 'fr')),
  ok = i % 5 != 0,
  n = toint(i % 3);
T | `;

describe('basket', () => {
  it('gives every frequent pattern once, as special as its rows allow', async () => {
    const found = await table(`${T} project via, how, from | evaluate basket(0.3)`);
    expect(found.columns).toBe('SegmentId:long Count:long Percent:real via:string how:string from:string');
    expect(found.rows).toEqual([
      '0 17 85 - pam -',
      '1 14 70 vpn pam -',
      '2 8 40 - pam fr',
      '3 8 40 - - de',
      '4 6 30 vpn pam fr',
    ]);
  });
  it('takes weights, a number of dimensions and wildcards by type; ~ is the default', async () => {
    const weighted = await table(`${T} project via, from, n | evaluate basket(0.5, n, '~', '*')`);
    expect(weighted.columns).toBe('SegmentId:long Count:long Percent:real via:string from:string');
    expect(weighted.rows[0]).toBe('0 13 68.4 vpn *');
    const wild = await table(`${T} project via, ok, n | evaluate basket('~', '~', 1, '?', int(-1)) | where Count < 8`);
    expect(wild.rows).toEqual([
      '2 7 35 ? null 0',
      '3 7 35 ? null 1',
      '4 6 30 ? null 2',
      '5 4 20 ? false -1',
      '6 4 20 web null -1',
      '7 2 10 ssh true -1',
    ]);
  });
  it('knows null and the empty text as values', async () => {
    const nulls = `datatable(a:string, b:long, c:dynamic)['', long(null), dynamic("x"), '', long(null), dynamic("x"), 'y', 1, dynamic({"k": 1})]`;
    expect((await table(`${nulls} | evaluate basket(0.6, '~', '~', '*', -1)`)).rows).toEqual(['0 2 66.7 - null x']);
  });
  it('says which thresholds there are', async () => {
    await expect(table(`${T} evaluate basket(2)`)).rejects.toThrow('basket: it takes a number from 0.015 to 1 here');
  });
});

describe('autocluster', () => {
  it('gives few patterns that overlap little, the same each time', async () => {
    const found = await table(`${T} project via, how, from | evaluate autocluster()`);
    expect(found.columns).toBe('SegmentId:long Count:long Percent:real via:string how:string from:string');
    expect(found.rows).toEqual(['0 14 70 vpn pam -', '1 3 15 - key de', '2 4 20 web - -', '3 2 10 ssh - -']);
    expect((await table(`${T} sort by from | project via, how, from | evaluate autocluster()`)).rows).toEqual(
      found.rows,
    );
  });
  it('weighs coverage against detail, and takes weights and wildcards', async () => {
    const detailed = await table(`${T} project via, how, from | evaluate autocluster(0.05, '~', 20, '*')`);
    expect(detailed.rows[0]).toBe('0 6 30 vpn pam fr');
    const weighted = await table(`${T} project via, from, n | evaluate autocluster('~', n)`);
    expect(weighted.columns).toBe('SegmentId:long Count:long Percent:real via:string from:string');
  });
  it('finds nothing in nothing', async () => {
    expect((await table('datatable(a:string)[] | evaluate autocluster()')).rows).toEqual([]);
  });
});

describe('diffpatterns', () => {
  it('gives what tells two sets apart, the largest difference first', async () => {
    const found = await table(`${T} project via, how, from, ok | evaluate diffpatterns(ok, 'true', 'false')`);
    expect(found.columns).toBe(
      'SegmentId:long CountA:long CountB:long PercentA:real PercentB:real PercentDiffAB:real via:string how:string from:string',
    );
    expect(found.rows).toEqual([]);
    const rows = (
      await table(`${T} project via, how, from, s = iff(ok, 'A', 'B') | evaluate diffpatterns(s, 'A', 'B')`)
    ).rows;
    expect(rows[0]).toBe('0 0 4 0 100 100 - pam xx');
    expect(rows[1]).toBe('1 8 0 50 0 50 - - de');
  });
  it('takes weights, a threshold, dimensions and wildcards', async () => {
    const query = `${T} project from, n, s = iff(ok, 'A', 'B') | evaluate diffpatterns(s, 'A', 'B', n, 0.6, 1, '*')`;
    const found = await table(query);
    expect(found.columns.endsWith('PercentDiffAB:real from:string')).toBe(true);
    expect(found.rows).toEqual(['0 0 3 0 100 100 xx']);
  });
});

describe('diffpatterns_text', () => {
  const log = `datatable(line:string, bad:bool)[
    'login of ana failed on web', true, 'login of  ben failed on vpn', true, 'login of cyd was ok', false, 'disk is full', false] | `;
  it('gives the beginnings that tell two sets of texts apart', async () => {
    const found = await table(`${log} evaluate diffpatterns_text(line, bad)`);
    expect(found.columns).toBe(
      'Count_of_True:long Count_of_False:long Percent_of_True:real Percent_of_False:real Pattern:string',
    );
    expect(found.rows).toEqual([
      '2 0 100 0 login of * failed on *',
      '0 1 0 50 disk is full',
      '0 1 0 50 login of cyd was ok',
    ]);
  });
  it('takes least tokens, a threshold and most tokens', async () => {
    expect((await table(`${log} evaluate diffpatterns_text(line, bad, 3, 0.6, 4)`)).rows).toEqual([
      '2 0 100 0 login of * failed',
    ]);
    await expect(table(`${log} evaluate diffpatterns_text(line, bad, 1, 0.1, 40)`)).rejects.toThrow(
      'it takes a number from 0 to 20 here',
    );
  });
});
