import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalWorkspace, openWorkspace, type QueryEvent, type QueryOptions } from '../src/index.js';

let workspace: LocalWorkspace;
const folder = mkdtempSync(join(tmpdir(), 'trawl-stream-'));
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true });
});

async function collected(kql: string, options?: QueryOptions) {
  const kinds: string[] = [];
  const rows: unknown[][] = [];
  let end: Extract<QueryEvent, { kind: 'end' }> | undefined;
  for await (const event of workspace.queryStream(kql, options)) {
    if (kinds.at(-1) !== event.kind) kinds.push(event.kind);
    if (event.kind === 'rows') rows.push(...event.rows);
    if (event.kind === 'end') end = event;
  }
  return { kinds, rows, end: end! };
}

describe('queryStream', () => {
  it('gives start, each table with its rows, end', async () => {
    const { kinds, rows, end } = await collected('range x from 1 to 5000 step 1; print 7');
    expect(kinds).toEqual(['start', 'table', 'rows', 'table', 'rows', 'end']);
    expect(rows).toHaveLength(5001);
    expect(end.statistics.rows).toBe(5001);
    expect(end.diagnostics).toEqual([]);
  });

  it('cuts at the row limit, and says so at the end', async () => {
    const { rows, end } = await collected('range x from 1 to 1000000 step 1', { rowLimit: 3000 });
    expect(rows).toHaveLength(3000);
    expect(end.diagnostics).toEqual([expect.objectContaining({ code: 'row-limit', severity: 'warning' })]);
    expect(end.diagnostics[0]!.message).toContain('3,000 rows; --max-rows none');
    const exact = await collected('range x from 1 to 3000 step 1', { rowLimit: 3000 });
    expect(exact.end.diagnostics).toEqual([]);
  });

  it('overflows late as Kusto does, whatever was given before', async () => {
    const { rows } = await collected('range x from 1 to 60000 step 1 | extend y = 9223372036854775000 + x/50*40');
    expect(rows).toHaveLength(60_000);
    expect(rows.find(([x]) => x === 60_000)![1]).toBe(9223372036854775000n + 48_000n - 2n ** 64n);
    expect(rows.find(([x]) => x === 50)![1]).toBe(9223372036854775040n);
  });

  it('is cancelled by leaving the loop; the next query is as any', async () => {
    for await (const event of workspace.queryStream('range x from 1 to 1000000000000 step 1', {
      rowLimit: Number.POSITIVE_INFINITY,
    }))
      if (event.kind === 'rows') break;
    expect((await collected('print 1')).rows).toEqual([[1]]);
  });

  it('stops at the time-out and at the signal', async () => {
    const endless = 'range x from 1 to 1000000000000 step 1';
    const all = { rowLimit: Number.POSITIVE_INFINITY };
    await expect(collected(`${endless} | summarize sum(x % 7)`, { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'query-timeout',
    });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const event of workspace.queryStream(endless, { ...all, signal: controller.signal }))
        if (event.kind === 'rows') controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'query-cancelled' });
  });

  it('throws mistakes before anything is given', async () => {
    await expect(collected('print 1 | where nope == 2')).rejects.toMatchObject({ code: 'KS142' });
  });
});

describe('exportParquet', () => {
  async function written(kql: string, options?: QueryOptions) {
    const file = join(folder, 'r.parquet');
    const exported = await workspace.exportParquet(kql, () => [file], options);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const types = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`);
    const rows = await connection.runAndReadAll(`SELECT CAST(COLUMNS(*) AS VARCHAR) FROM '${file}'`);
    connection.closeSync();
    instance.closeSync();
    return { exported, types: types.getRows().map(([, type]) => type), rows: rows.getRows() };
  }

  it('maps every type, and keeps nulls', async () => {
    const cells =
      'true, int(1), 2, 1.5, decimal(1.50), "x", datetime(2020-01-02 03:04:05.6), 1.02:03:04, guid(74be27de-1e4e-49d9-b579-fe0b331d3642), dynamic({"a":[1]})';
    const names = 'b:bool, i:int, l:long, r:real, d:decimal, s:string, t:datetime, p:timespan, g:guid, y:dynamic';
    const nulls =
      'bool(null), int(null), long(null), real(null), decimal(null), "", datetime(null), timespan(null), guid(null), dynamic(null)';
    const { exported, types, rows } = await written(`datatable(${names})[${cells.replace('1.02:03:04', 'time(1.02:03:04)')}, ${nulls}]`);
    expect(types).toEqual(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE', 'VARCHAR', 'VARCHAR', 'TIMESTAMP', 'VARCHAR', 'UUID', 'JSON']);
    expect(rows).toEqual([
      ['true', '1', '2', '1.5', '1.5', 'x', '2020-01-02 03:04:05.6', '1.02:03:04', '74be27de-1e4e-49d9-b579-fe0b331d3642', '{"a":[1]}'],
      [null, null, null, null, null, '', null, null, null, null],
    ]);
    expect(exported).toMatchObject({ statistics: { rows: 2 }, diagnostics: [], files: [{ rows: 2, name: 'PrimaryResult' }] });
  }); // biome-ignore format: a table

  it('writes each datetime column in the first form that holds all of it', async () => {
    const { types, rows } = await written(
      'datatable(a:datetime, b:datetime, c:datetime)[datetime(2020-01-01), datetime(2020-01-01 00:00:00.0000001), datetime(0001-01-01 00:00:00.0000001), datetime(9999-12-31), datetime(2020-01-02), datetime(2020-01-02)]',
    );
    expect(types).toEqual(['TIMESTAMP', 'TIMESTAMP_NS', 'VARCHAR']);
    expect(rows[0]).toEqual(['2020-01-01 00:00:00', '2020-01-01 00:00:00.0000001', '0001-01-01T00:00:00.0000001Z']);
  });

  it('cuts at the row limit with a warning, and wraps overflow around', async () => {
    const cut = await written('range x from 1 to 5000 step 1', { rowLimit: 10 });
    expect(cut.rows).toHaveLength(10);
    expect(cut.exported.diagnostics).toEqual([expect.objectContaining({ code: 'row-limit' })]);
    expect((await written('range x from 1 to 10 step 1', { rowLimit: 10 })).exported.diagnostics).toEqual([]);
    const { rows } = await written('print x = 9223372036854775807 | extend y = x + 1');
    expect(rows).toEqual([['9223372036854775807', '-9223372036854775808']]);
  });

  it('says when the file cannot be written', async () => {
    await expect(
      workspace.exportParquet('print 1', () => [join(folder, 'no', 'such', 'r.parquet')]),
    ).rejects.toMatchObject({ code: 'output-unwritable' });
  });
});
