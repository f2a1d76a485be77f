import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quoteName } from '../../../kql/sql/duckdb/literal.js';
import { parseIsoDatetime } from '../../../util/ticks.js';
import { type Engine, openEngine } from '../../engine.js';
import { explainQuery, runQuery } from '../../query.js';
import type { WritableStore } from '../open.js';
import type { Row } from '../row.js';
import { withWriter } from '../writer.js';
import { moveDay } from './move-day.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trawl-[archive]-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const path = () => join(directory, 'w');
const DAY = (text: string): bigint => parseIsoDatetime(`${text}T00:00:00Z`)!;

const TYPES = {
  TimeGenerated: 'datetime',
  Span: 'timespan',
  Int: 'int',
  Long: 'long',
  Real: 'real',
  Decimal: 'decimal',
  Bool: 'bool',
  Guid: 'guid',
  Bag: 'dynamic',
  Name: 'string',
  SourceIP: 'string',
  filename: 'string',
} as const;

const ADDRESSES = [
  '10.0.0.1',
  '2001:db8::1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  '::',
  '::ffff:1.2.3.4',
  '',
  'x',
];
const rowAt = (time: string, i: number): Row => ({
  TimeGenerated: parseIsoDatetime(time)! + BigInt(i),
  Span: i % 3 === 0 ? null : -BigInt(i) * 1_000_000_007n,
  Int: [2_147_483_647, -2_147_483_648, null, 0][i % 4],
  Long: [9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, null][i % 3],
  Real: [Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 0.1, null][i % 5],
  Decimal: ['12345678901234567890.123456789012345678', '-0.000000000000000001', null][i % 3],
  Bool: [true, false, null][i % 3],
  Guid: i % 2 ? '74be27de-1e4e-49d9-b579-fe0b331d3642' : null,
  Bag: [{ a: [1, { b: null }], 'é"': '😀' }, [], 'text', 18446744073709551616n, null, {}][i % 6],
  Name: ["it's", '', 'a\0b\n', '😀'.repeat(i % 7), 'null'][i % 5],
  SourceIP: ADDRESSES[i % ADDRESSES.length],
  filename: `f${i % 2}`,
});

async function write(store: WritableStore, table: string, rows: readonly Row[]): Promise<void> {
  await withWriter(store, async (writer) => {
    const buffer = writer.buffer(table);
    for (const row of rows) buffer.add(row);
    await writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  });
}

/** All physical columns, hidden ones included, with their types. */
async function everything(store: WritableStore, table: string): Promise<unknown[]> {
  const connection = await store.connect();
  const { relation } = store.table(table)!;
  const columns = (await connection.runAndReadAll(`SELECT * FROM ${relation} LIMIT 0`)).columnNames().sort();
  if (columns[0] === '$archived day') columns.shift();
  const found = await connection.runAndReadAll(
    `SELECT ${columns.map(quoteName).join(', ')} FROM ${relation} ORDER BY TimeGenerated`,
  );
  connection.closeSync();
  return [found.columnNames(), found.columnTypes().map(String), found.getRowsJson()];
}

const answer = async (engine: Engine, kql: string): Promise<unknown> => (await runQuery(engine, kql)).tables[0]!.rows;

const QUERIES = [
  'T | sort by TimeGenerated asc',
  'T | where TimeGenerated between (datetime(2026-01-01) .. datetime(2026-01-02)) | count',
  'T | where ipv4_is_in_range(SourceIP, "10.0.0.0/24") or ipv6_is_match(SourceIP, "2001:db8::/32") | summarize count() by SourceIP | sort by SourceIP asc',
  'T | summarize count(), min(Long), max(Decimal), dcount(Name) by bin(TimeGenerated, 1d) | sort by TimeGenerated asc',
  'T | extend b = Bag.a[1] | summarize count() by tostring(b) | sort by count_ asc',
];

async function filled(): Promise<Engine> {
  const engine = await openEngine({ path: path() });
  await engine.store.createTable('T', TYPES);
  const days = ['2026-01-01', '2026-01-02', '2026-01-03'];
  await write(
    engine.store,
    'T',
    days.flatMap((day) => Array.from({ length: 210 }, (_, i) => rowAt(`${day}T12:00:00Z`, i))),
  );
  return engine;
}

test('rows of every type are the same in the archive, to queries and in the database', async () => {
  let engine = await filled();
  const { store } = engine;
  const rows = await everything(store, 'T');
  const answers = await Promise.all(QUERIES.map((kql) => answer(engine, kql)));
  const table = store.table('T')!;
  const range = await table.timeRange();
  for (const day of ['2026-01-01', '2026-01-02']) {
    const file = await moveDay(store, 'T', DAY(day));
    expect(file).toMatchObject({ file: `archive/T/${day}-1.parquet`, rows: 210, table: 'T', day: DAY(day) });
  }
  expect(await moveDay(store, 'T', DAY('2026-01-02'))).toBeUndefined();
  const check = async (): Promise<void> => {
    expect(await everything(engine.store, 'T')).toEqual(rows);
    for (const [at, kql] of QUERIES.entries()) expect(await answer(engine, kql)).toEqual(answers[at]);
    expect(await engine.store.table('T')!.rows()).toBe(630);
    expect(await engine.store.table('T')!.timeRange()).toEqual(range);
  };
  await check();
  const connection = await store.connect();
  const live = await connection.runAndReadAll('SELECT count(*) FROM data."T"');
  expect(live.getRows()).toEqual([[210n]]);
  const shown = await connection.runAndReadAll('SELECT count(*), min(TimeGenerated)::VARCHAR FROM main."T"');
  expect(shown.getRows()).toEqual([[630n, '2026-01-01 12:00:00']]);
  await store.close();

  for (const readOnly of [true, false]) {
    engine = await openEngine({ path: path(), readOnly });
    await check();
    await engine.store.close();
  }
  // a workspace that was moved, first only read
  renameSync(path(), join(directory, 'moved [1]'));
  for (const readOnly of [true, false, true]) {
    engine = await openEngine({ path: join(directory, 'moved [1]'), readOnly });
    await check();
    await engine.store.close();
  }
});

test('columns that come later, and rows that come late', async () => {
  const engine = await filled();
  const { store } = engine;
  await moveDay(store, 'T', DAY('2026-01-01'));
  await write(store, 'T', [
    { ...rowAt('2026-01-01T23:00:00Z', 1), Later: 'new', DestinationIP: 'fe80::1', Number: 4 },
    { ...rowAt('2026-01-04T00:00:00Z', 1), Later: 'newer' },
  ]);
  const before = await everything(store, 'T');
  const kql =
    'T | summarize count() by Later, DestinationIP, Number, bin(TimeGenerated, 1d) | sort by TimeGenerated asc, Later asc';
  const answers = await answer(engine, kql);
  expect(await answer(engine, 'T | where isempty(Later) and TimeGenerated < datetime(2026-01-02) | count')).toEqual([
    [210],
  ]);
  expect(await moveDay(store, 'T', DAY('2026-01-01'))).toMatchObject({
    file: 'archive/T/2026-01-01-2.parquet',
    rows: 211,
  });
  await moveDay(store, 'T', DAY('2026-01-02'));
  expect(await everything(store, 'T')).toEqual(before);
  expect(await answer(engine, kql)).toEqual(answers);
  // the smaller file is left for whoever reads it
  const files = () => readdirSync(join(path(), 'archive', 'T')).sort();
  expect(files()).toEqual(['2026-01-01-1.parquet', '2026-01-01-2.parquet', '2026-01-02-1.parquet']);
  await store.close();
  expect(files()).toEqual(['2026-01-01-2.parquet', '2026-01-02-1.parquet']);
});

test('a query that began before reads on, whatever is moved or taken away', async () => {
  const engine = await filled();
  const { store } = engine;
  await moveDay(store, 'T', DAY('2026-01-01'));
  const connection = await store.connect();
  await connection.run('BEGIN');
  const count = async (): Promise<unknown> =>
    (await connection.runAndReadAll('SELECT count(*), count(DISTINCT "SourceIP$v6") FROM whole."T"')).getRows()[0];
  const before = await count();
  await write(store, 'T', [rowAt('2026-01-01T13:00:00Z', 0)]);
  await moveDay(store, 'T', DAY('2026-01-01'));
  await moveDay(store, 'T', DAY('2026-01-02'));
  expect(await count()).toEqual(before);
  await connection.run('COMMIT');
  expect(await count()).toEqual([631n, 4n]);
  await store.close();
});

test('what a kill left is taken away when the workspace is opened for writing', async () => {
  const engine = await filled();
  await moveDay(engine.store, 'T', DAY('2026-01-01'));
  await engine.store.close();
  const left = ['2026-01-02-1.parquet', '2026-01-02-1.parquet.part'].map((name) => join(path(), 'archive', 'T', name));
  for (const file of left) writeFileSync(file, 'half');
  for (const readOnly of [true, false]) {
    const again = await openEngine({ path: path(), readOnly });
    expect(left.map((file) => existsSync(file))).toEqual([readOnly, readOnly]);
    expect(await answer(again, 'T | count')).toEqual([[630]]);
    await again.store.close();
  }
});

test('a query over some days opens the files of these days only', async () => {
  const engine = await filled();
  const { store } = engine;
  for (const day of ['2026-01-01', '2026-01-02', '2026-01-03']) await moveDay(store, 'T', DAY(day));
  const late = '2026-01-02T00:00:00.0000001Z';
  await write(store, 'T', [{ TimeGenerated: parseIsoDatetime(late) }]);
  const cases: [condition: string, rows: number, files: number][] = [
    ['TimeGenerated >= datetime(2026-01-02) and TimeGenerated < datetime(2026-01-03)', 211, 1],
    ['TimeGenerated between (datetime(2026-01-02) .. 1d)', 211, 2],
    ['datetime(2026-01-02) <= TimeGenerated', 421, 2],
    ['datetime(2026-01-01) + 1d > TimeGenerated and Name == "null"', 42, 1],
    [`TimeGenerated == datetime(${late})`, 1, 1],
    ['TimeGenerated > ago(1d)', 0, 0],
    ['TimeGenerated > toscalar(T | summarize max(TimeGenerated)) - 1d', 210, 6],
    ['bin(TimeGenerated, 1d) == datetime(2026-01-03)', 210, 3],
  ];
  const connection = await store.connect();
  for (const [condition, rows, files] of cases) {
    for (const kql of [
      `T | where ${condition} | count`,
      `T | project TimeGenerated, Name | where ${condition} | count`,
    ]) {
      const options = { asOf: '2026-06-01' };
      expect([condition, (await runQuery(engine, kql, options)).tables[0]!.rows]).toEqual([condition, [[rows]]]);
      const [{ sql } = { sql: '' }] = (await explainQuery(engine, kql, options)).results;
      await engine.sessions.use(async (session) => {
        const plan = String((await session.runAndReadAll(`EXPLAIN ANALYZE ${sql}`)).getRows()[0]![1]);
        const read = [...plan.matchAll(/Total Files Read: (\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
        expect([condition, read]).toEqual([condition, files]);
      });
    }
  }
  connection.closeSync();
  await store.close();
});
