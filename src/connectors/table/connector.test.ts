import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type WritableStore } from '../../engine/store/open.js';
import { ingest } from '../../ingest/ingest.js';
import { quoteName } from '../../kql/sql/duckdb/literal.js';
import { formatDatetime } from '../../util/ticks.js';
import { connectors } from '../index.js';

let directory: string;
let store: WritableStore;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'trawl-table-'));
  store = await openStore();
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** A table's rows by logical names, datetimes as text, cells without a value left out. */
async function rows(name: string): Promise<Record<string, unknown>[]> {
  const table = store.table(name)!;
  const columns = table.columns.filter((column) => table.physical.has(column.name));
  const connection = await store.connect();
  const selected = columns.map((column) => quoteName(table.physical.get(column.name)!)).join(', ');
  const result = await connection.runAndReadAll(`SELECT ${selected} FROM ${table.relation} ORDER BY rowid`);
  return result.getRowsJson().map((cells) =>
    Object.fromEntries(
      cells.flatMap((cell, at) => {
        if (cell === null || cell === '') return [];
        const { name: column, type } = columns[at]!;
        return [[column, type === 'datetime' ? formatDatetime(BigInt(cell as string)) : cell]];
      }),
    ),
  );
}

function write(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const samples = fileURLToPath(new URL('samples/', import.meta.url));
describe('samples', () => {
  for (const name of readdirSync(samples).filter((file) => !file.endsWith('.expected.json')))
    test(name, async () => {
      const expected = JSON.parse(readFileSync(join(samples, name.replace(/\.\w+$/, '.expected.json')), 'utf8'));
      const report = await ingest(store, connectors, join(samples, name));
      expect(report).toMatchObject({
        events: expected.rows.length,
        rejected: 0,
        files: [{ connector: 'table' }],
        byTable: { [expected.table]: expected.rows.length },
      });
      expect(await rows(expected.table)).toEqual(expected.rows);
      const types = Object.fromEntries(
        store.table(expected.table)!.columns.map((column) => [column.name, column.type]),
      );
      expect(types).toMatchObject(expected.types ?? {});
    });
});

test('columns nobody knows and values that do not fit are kept and told', async () => {
  const report = await ingest(store, connectors, join(samples, 'portal-export.csv'));
  expect(report.newColumns).toEqual({ VMConnection: { 'Extra note': 'string', BytesSent_s: 'string' } });
  expect(report.misfits).toEqual({ VMConnection: { BytesSent: 1 } });
});

test('a table of the user takes rows with --table', async () => {
  await store.createTable('Mine', { When: 'datetime', N: 'long', Data: 'dynamic' });
  const path = write(
    'x.ndjson',
    '{"When":"2024-01-01","N":"5","Data":{"a":1}}\n{"when":"2024-01-02T00:00:00Z","N":6,"Other":[1]}\n',
  );
  const report = await ingest(store, connectors, path, { table: 'Mine' });
  expect(report).toMatchObject({ events: 2, newColumns: { Mine: { Other: 'dynamic' } } });
  expect(await rows('Mine')).toEqual([
    { When: '2024-01-01T00:00:00.0000000Z', N: '5', Data: '{"a":1}' },
    { When: '2024-01-02T00:00:00.0000000Z', N: '6', Other: '[1]' },
  ]);
});

test('JSON inside a text stays a text; the file name decides where columns leave it open', async () => {
  const message = '{"ts":"2024-01-01T00:00:00Z","id.orig_h":"10.0.0.1"}';
  const path = write(
    'Corelight_CL.json',
    JSON.stringify([{ message, log_file: '/var/log/conn.log', hostname: 'sensor' }]),
  );
  await ingest(store, connectors, path);
  expect(await rows('Corelight_CL')).toEqual([
    { hostname_s: 'sensor', log_file_s: '/var/log/conn.log', Message: message },
  ]);
});

test('columns that fit several tables, or none, are refused with the candidates', async () => {
  const several = write(
    'a.json',
    '{"TimeGenerated":"2024-01-01T00:00:00Z","UserPrincipalName":"u","AppDisplayName":"a","ResultType":"0","IPAddress":"10.0.0.1"}',
  );
  const none = write('b.csv', 'alpha,beta\n1,2\n');
  const report = await ingest(store, connectors, [several, none]);
  expect(report).toMatchObject({ events: 0, rejected: 2 });
  expect(report.files[0]!.note).toMatch(/fit several tables: .*\w+ \(\d+ %\).*--table/);
  expect(report.files[1]!.note).toMatch(/no connector recognises/);
});

test('a row without TimeGenerated gets the time of its event where the table has one', async () => {
  const path = write(
    'CommonSecurityLog.json',
    JSON.stringify([
      {
        DeviceVendor: 'V',
        DeviceProduct: 'P',
        SourceIP: '10.0.0.1',
        AdditionalExtensions: 'cat=x;start=1700000000000;end=1700000001000',
      },
      { DeviceVendor: 'V', DeviceProduct: 'P', SourceIP: '10.0.0.2' },
    ]),
  );
  await ingest(store, connectors, path);
  expect((await rows('CommonSecurityLog')).map(({ TimeGenerated }) => TimeGenerated)).toEqual([
    '2023-11-14T22:13:20.0000000Z',
    undefined,
  ]);
});

test('Parquet keeps its types', async () => {
  const path = join(directory, 'flows.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT TIMESTAMP '2024-01-01 00:00:00.123456' + to_seconds(i) AS TimeGenerated, 'h' || i AS Computer, '10.0.0.' || (i % 250) AS RemoteIp,
    i::BIGINT * 1000000007 * 1000007 AS BytesSent, {'a': [i]} AS Nested, DATE '2024-01-01' AS Day, (i / 4)::DECIMAL(9,2) AS Cost
    FROM range(5000) r(i)) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const report = await ingest(store, connectors, path, { table: 'VMConnection' });
  expect(report).toMatchObject({
    events: 5000,
    rejected: 0,
    newColumns: { VMConnection: { Nested: 'dynamic', Day: 'datetime', Cost: 'decimal' } },
  });
  const stored = await rows('VMConnection');
  expect(stored[4999]).toEqual({
    TimeGenerated: '2024-01-01T01:23:19.1234560Z',
    Computer: 'h4999',
    RemoteIp: '10.0.0.249',
    BytesSent: String(4999n * 1000000007n * 1000007n),
    Nested: '{"a":[4999]}',
    Day: '2024-01-01T00:00:00.0000000Z',
    Cost: '1249.750000000000000000',
  });
  expect(await ingest(store, connectors, path, { table: 'VMConnection' })).toMatchObject({
    events: 0,
    files: [{ status: 'recorded' }],
  });
  expect(await ingest(store, connectors, write('broken.parquet', 'PAR1 and no more'))).toMatchObject({
    events: 0,
    rejected: 1,
    files: [{ note: expect.stringMatching(/Parquet file cannot be read/) }],
  });
});
