import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore } from './open.js';
import { withWriter } from './writer.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trawl-store-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'opened',
    (error) => error.code,
  );

test('a table lasts, with its logical columns and few physical ones', async () => {
  let store = await openStore({ path: join(directory, 'w') });
  await store.createTable('T', { Name: 'string', TimeGenerated: 'datetime', Count: 'long' });
  await store.close();
  store = await openStore({ path: join(directory, 'w'), readOnly: true });
  const table = store.table('T')!;
  expect(table.columns.map(({ name }) => name)).toEqual(['Name', 'TimeGenerated', 'Count']);
  expect([...table.physical.keys()]).toEqual(['TimeGenerated']);
  expect(await table.rows()).toBe(0);
  expect(await table.timeRange()).toBeNull();
  expect(await code((async () => store.createTable('U', { a: 'int' }))())).toBe('workspace-read-only');
  await store.close();
});

test('a table that exists is an error or kept', async () => {
  const store = await openStore();
  await store.createTable('T', { A: 'string' });
  expect(await code(store.createTable('T', { B: 'string' }))).toBe('table-exists');
  await store.createTable('T', { B: 'string' }, { ifExists: 'keep' });
  expect(store.table('T')!.columns).toEqual([{ name: 'A', type: 'string' }]);
  await store.createTable('t', { A: 'string', a: 'string' });
  expect(store.tables().map(({ relation }) => relation)).toEqual(['data."T"', 'data."t$2"']);
  await store.close();
});

test('a workspace in use, damaged, newer or misplaced says so', async () => {
  const path = join(directory, 'w');
  const store = await openStore({ path });
  expect(await code(openStore({ path }))).toBe('workspace-locked');
  const other = spawnSync(
    process.execPath,
    [
      '-e',
      `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(join(path, 'workspace.duckdb'))}).catch((e) => console.log(e.message))`,
    ],
    { cwd: import.meta.dirname },
  );
  expect(String(other.stdout)).toMatch(/lock/i);
  await store.close();

  const instance = await DuckDBInstance.create(join(path, 'workspace.duckdb'));
  const connection = await instance.connect();
  await connection.run("UPDATE trawl.meta SET value = '99'");
  connection.closeSync();
  instance.closeSync();
  expect(await code(openStore({ path }))).toBe('workspace-newer');

  writeFileSync(join(path, 'workspace.duckdb'), 'x'.repeat(20_000));
  expect(await code(openStore({ path }))).toBe('workspace-corrupt');
  writeFileSync(join(directory, 'file'), '');
  expect(await code(openStore({ path: join(directory, 'file') }))).toBe('workspace-not-a-directory');
  expect(await code(openStore({ path: join(directory, 'none'), readOnly: true }))).toBe('workspace-missing');
  expect(await code(openStore({ memoryLimit: 'much' }))).toBe('workspace-setting');
});

test('IPv6 keys are never bit-packed, which is slow to read', async () => {
  const store = await openStore({ path: join(directory, 'w') });
  await withWriter(store, async (writer) => {
    const buffer = writer.buffer('DeviceNetworkEvents');
    for (let i = 0; i < 5000; i++)
      buffer.add({
        TimeGenerated: '2026-01-01T00:00:00Z',
        LocalIP: i % 20 === 0 ? `fd00::${(i % 7) + 1}` : '10.0.0.1',
      });
    await writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  });
  const connection = await store.connect();
  await connection.run('CHECKPOINT');
  const result = await connection.runAndReadAll(
    `SELECT DISTINCT compression FROM pragma_storage_info('data."DeviceNetworkEvents"')
     WHERE column_name = 'LocalIP$v6' AND segment_type = 'UHUGEINT'`,
  );
  expect(result.getRows()).toEqual([['RLE']]);
  connection.closeSync();
  await store.close();
});
