import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../engine/engine.js';
import { runQuery } from '../../../engine/query.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

const text = (cell: unknown): string =>
  typeof cell === 'object'
    ? JSON.stringify(cell)
    : String(cell)
        .replace('.0000000Z', '')
        .replace(/^2026-05-01T/, '');

/** All tables of a query, their rows as text. */
async function tables(kql: string): Promise<{ columns: string; rows: string[] }[]> {
  const { tables } = await runQuery(engine, kql);
  return tables.map(({ columns, rows }) => ({
    columns: columns.map((of) => `${of.name}:${of.type}`).join(' '),
    rows: rows.map((row) => row.map(text).join(' ')),
  }));
}
const only = async (kql: string): Promise<{ columns: string; rows: string[] }> => (await tables(kql))[0]!;

/** What hosts did one morning. */
const E = `let E = datatable(host:string, at:datetime, what:string)[
  'a', datetime(2026-05-01 08:00), 'logon',
  'a', datetime(2026-05-01 08:01), 'logon',
  'a', datetime(2026-05-01 08:05), 'download',
  'a', datetime(2026-05-01 08:06), 'run',
  'b', datetime(2026-05-01 08:00), 'download',
  'b', datetime(2026-05-01 09:30), 'run',
  'c', datetime(2026-05-01 08:00), 'run',
  'c', datetime(2026-05-01 08:10), 'download',
  'c', datetime(2026-05-01 08:10), 'run'];
let start = datetime(2026-05-01); let end = datetime(2026-05-02);
E | evaluate `;

describe('sequence_detect', () => {
  const got = 'got = (what == "download")';
  const ran = 'ran = (what == "run")';
  it('gives each way through the steps, within the step window and the span', async () => {
    const found = await only(`${E} sequence_detect(at, 10m, 1h, ${got}, ${ran}, host) | sort by host asc`);
    expect(found.columns).toBe('host:string got_at:datetime ran_at:datetime Duration:timespan');
    expect(found.rows).toEqual(['a 08:05:00 08:06:00 00:01:00', 'c 08:10:00 08:10:00 00:00:00']);
    expect((await only(`${E} sequence_detect(at, 2h, 2h, ${got}, ${ran}, host) | count`)).rows).toEqual(['3']);
    expect((await only(`${E} sequence_detect(at, 2h, 1h, ${got}, ${ran}, host) | count`)).rows).toEqual(['2']);
  });
  it('chains more than two steps; the span holds for all of them', async () => {
    const on = 'on = (what == "logon")';
    const found = await only(`${E} sequence_detect(at, 5m, 5m, ${on}, ${got}, ${ran}, host)`);
    expect(found.rows).toEqual(['a 08:01:00 08:05:00 08:06:00 00:05:00']);
    expect((await only(`${E} sequence_detect(at, 5m, 6m, ${on}, ${got}, ${ran}, host) | count`)).rows).toEqual(['2']);
  });
  it('correlates by expressions that have a name, or by nothing', async () => {
    const found = await only(`${E} sequence_detect(at, 1m, 1m, ${got}, ${ran}, upper = toupper(host))`);
    expect(found.columns).toBe('upper:string got_at:datetime ran_at:datetime Duration:timespan');
    expect(found.rows.sort()).toEqual(['A 08:05:00 08:06:00 00:01:00', 'C 08:10:00 08:10:00 00:00:00']);
    expect((await only(`${E} sequence_detect(at, 1m, 1m, ${got}, ${ran}) | count`)).rows).toEqual(['3']);
  });
  it('asks for names', async () => {
    await expect(only(`${E} sequence_detect(at, 1m, 1m, what == "run", host)`)).rejects.toThrow(
      'sequence_detect: give each step and dimension a name, as in login = (EventID == 4624)',
    );
  });
});

describe('funnel_sequence', () => {
  it('gives what was before and after the sequence', async () => {
    const [both, before, after] = await tables(
      `${E} funnel_sequence(host, at, start, end, 1h, 1d, what, dynamic(['download']))`,
    );
    expect(both!.columns).toBe('at:datetime prev:string next:string dcount:long samples:dynamic');
    expect(both!.rows).toEqual(['00:00:00   1 ["b"]', '00:00:00 logon run 1 ["a"]', '00:00:00 run run 1 ["c"]']);
    expect(before!.columns).toBe('at:datetime prev:string dcount:long samples:dynamic');
    expect(before!.rows.map((row) => row.slice(9, -6))).toEqual([' 1', 'logon 1', 'run 1']);
    expect(after!.rows).toEqual(['00:00:00 run 2 ["a","c"]', '00:00:00  1 ["b"]']);
  });
  it('counts a state that is repeated as one that lasts, unless the sequence repeats it', async () => {
    const found = await tables(
      `${E} funnel_sequence(host, at, start, end, 4m, 1d, what, dynamic(['logon', 'download']))`,
    );
    expect(found[0]!.rows).toEqual(['00:00:00  run 1 ["a"]']);
    const twice = await tables(`${E} funnel_sequence(host, at, start, end, 4m, 1d, what, dynamic(['logon', 'logon']))`);
    expect(twice[0]!.rows).toEqual(['00:00:00  download 1 ["a"]']);
  });
  it('must be the last operator', async () => {
    await expect(
      only(`${E} funnel_sequence(host, at, start, end, 1h, 1d, what, dynamic(['run'])) | count`),
    ).rejects.toThrow('funnel_sequence: it gives several tables, so it must be the last operator of its query');
  });
});

describe('funnel_sequence_completion', () => {
  it('counts how far ids came within each period', async () => {
    const found = await only(
      `${E} funnel_sequence_completion(host, at, start, end, 1d, what, dynamic(['download', 'run']), dynamic([5m, 2h]))`,
    );
    expect(found.columns).toBe('at:datetime what:string Period:timespan dcount:long');
    expect(found.rows).toEqual([
      '00:00:00 download 00:05:00 3',
      '00:00:00 run 00:05:00 2',
      '00:00:00 download 02:00:00 3',
      '00:00:00 run 02:00:00 3',
    ]);
  });
  it('goes from the first state on, by the earliest later ones; a repeated state needs a later row', async () => {
    const three = `${E} funnel_sequence_completion(host, at, start, end, 1d, what, dynamic(['logon', 'logon', 'run']), dynamic([6m]))`;
    expect((await only(three)).rows).toEqual([
      '00:00:00 logon 00:06:00 1',
      '00:00:00 logon 00:06:00 1',
      '00:00:00 run 00:06:00 1',
    ]);
    const short = `${E} funnel_sequence_completion(host, at, start, end, 1d, what, dynamic(['logon', 'logon', 'run']), dynamic([5m]))`;
    expect((await only(short)).rows).toHaveLength(2);
  });
});

describe('rows_near', () => {
  const numbers = 'range n from 1 to 9 step 1 | sort by n asc | evaluate ';
  it('gives the rows around those that match', async () => {
    expect((await only(`${numbers} rows_near(n == 5, 2)`)).rows).toEqual(['3', '4', '5', '6', '7']);
    expect((await only(`${numbers} rows_near(n in (1, 6), 0, 1)`)).rows).toEqual(['1', '2', '6', '7']);
    expect((await only(`${numbers} rows_near(n > 99, 3)`)).rows).toEqual([]);
  });
  it('counts the rows there are, in their order', async () => {
    const filtered =
      'range n from 1 to 9 step 1 | sort by n desc | where n % 2 == 1 | evaluate rows_near(n == 5, 1) | extend p = prev(n)';
    expect((await only(filtered)).rows).toEqual(['7 null', '5 7', '3 5']);
  });
  it('needs an order', async () => {
    await expect(only('range n from 1 to 9 step 1 | summarize by n | evaluate rows_near(n == 5, 1)')).rejects.toThrow(
      'rows_near: the rows must be serialized',
    );
  });
});

describe('rolling_percentile', () => {
  it('is the percentile over the bins that end with each, to the last with rows', async () => {
    const data =
      'datatable(t:datetime, v:long, k:string)[datetime(2026-05-01), 1, "x", datetime(2026-05-01 01:00), 9, "y", datetime(2026-05-02), 5, "x", datetime(2026-05-04), 2, "x"]';
    const found = await only(`let n = 2; ${data} | evaluate rolling_percentile(v, 50, t, 1d, n) | sort by t asc`);
    expect(found.columns).toBe('t:datetime rolling_2_percentile_v_50:long');
    expect(found.rows).toEqual([
      '00:00:00 1',
      '2026-05-02T00:00:00 5',
      '2026-05-03T00:00:00 5',
      '2026-05-04T00:00:00 2',
    ]);
    const sliced = await only(
      `${data} | evaluate rolling_percentile(v, 99.5, t, 1d, 3, k) | where k == "y" | sort by t asc`,
    );
    expect(sliced.columns).toBe('t:datetime k:string rolling_3_percentile_v_99.5:long');
    expect(sliced.rows).toEqual(['00:00:00 y 9', '2026-05-02T00:00:00 y 9', '2026-05-03T00:00:00 y 9']);
  });
});

describe('schema_merge', () => {
  const merged = (a: string, b: string, option = ''): Promise<{ rows: string[] }> =>
    only(`union (datatable(${a})[] | getschema), (datatable(${b})[] | getschema) | evaluate schema_merge(${option})`);
  it('appends new columns and widens numbers', async () => {
    expect((await merged('a:int, b:string', 'a:long, b:string, c:real')).rows).toEqual([
      'a 0 System.Int64 long',
      'b 1 System.String string',
      'c 2 System.Double real',
    ]);
  });
  it('names columns that moved, unless order does not matter, and types that do not go together', async () => {
    expect((await merged('a:int, b:string', 'b:string, a:int')).rows.map((row) => row.split(' ', 2).join(' '))).toEqual(
      ['a -1', 'b -1'],
    );
    expect((await merged('a:int, b:string', 'b:string, a:int', 'PreserveOrder = false')).rows).toEqual([
      'a 0 System.Int32 int',
      'b 1 System.String string',
    ]);
    expect((await merged('a:int', 'a:string')).rows).toEqual([
      'a -1 ERROR(unknown CSL type:ERROR(no common type)) ERROR(no common type)',
    ]);
  });
});

describe('small plugins', () => {
  it('preview gives rows and their number', async () => {
    expect(await tables('range n from 1 to 5 step 1 | evaluate preview(2)')).toEqual([
      { columns: 'n:long', rows: ['1', '2'] },
      { columns: 'Count:long', rows: ['5'] },
    ]);
  });
  it('identity and estimate_rows_count', async () => {
    expect((await only('range n from 1 to 2 step 1 | evaluate identity()')).rows).toEqual(['1', '2']);
    expect(await only('range n from 1 to 2 step 1 | evaluate estimate_rows_count()')).toEqual({
      columns: 'EstimatedRowsCount:long',
      rows: ['2'],
    });
  });
  it('dcount_intersect counts what sets have in common, from the first on', async () => {
    const sets =
      'range n from 1 to 60 step 1 | summarize a = hll(n), b = hll_if(n, n % 2 == 0), c = hll_if(n, n % 3 == 0)';
    expect(await only(`${sets} | evaluate dcount_intersect(a, b, c) | project s0, s1, s2`)).toEqual({
      columns: 's0:long s1:long s2:long',
      rows: ['60 30 10'],
    });
    const large = 'range n from 1 to 40000 step 1 | summarize a = hll_if(n, n <= 30000), b = hll_if(n, n > 10000)';
    const near = 'project near = abs(s1 - 20000) < 2000, least = s1 <= s0';
    expect((await only(`${large} | evaluate dcount_intersect(a, b) | ${near}`)).rows).toEqual(['true true']);
    await expect(only(`${sets} | evaluate dcount_intersect(a)`)).rejects.toThrow();
  });
  it('bag_unpack takes its options by name and by place', async () => {
    const bag = 'print d = dynamic({"a": 1, "b": "x"}), a = 7 | evaluate bag_unpack(d';
    expect(await only(`${bag}, ignoredProperties = dynamic(["a"]))`)).toEqual({
      columns: 'a:long b:string',
      rows: ['7 x'],
    });
    expect(await only(`${bag}, "p_", "error", dynamic(["b"]))`)).toEqual({ columns: 'a:long p_a:long', rows: ['7 1'] });
    expect(await only(`${bag}, columnsConflict = "replace_source")`)).toEqual({
      columns: 'a:long b:string',
      rows: ['1 x'],
    });
  });
  it('refuses by name what is not on this machine', async () => {
    await expect(only('print 1 | evaluate http_request("https://example.net")')).rejects.toThrow(
      'the plugin http_request needs a service outside this machine: fetch the page yourself and ingest what it holds as a table',
    );
  });
});
