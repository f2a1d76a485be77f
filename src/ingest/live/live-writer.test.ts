import { expect, test } from 'vitest';
import { openStore } from '../../engine/store/open.js';
import { countRejected, listRejected } from '../../engine/store/rejected.js';
import type { TableBuffer } from '../../engine/store/table-buffer.js';
import { openLiveWriter } from './live-writer.js';

const SCHEMA = { TimeGenerated: 'datetime', n: 'long', text: 'string' } as const;

function fill(buffer: TableBuffer, count: number, from = 0): void {
  for (let i = 0; i < count; i++)
    buffer.add({ TimeGenerated: '2026-01-01T00:00:00Z', n: BigInt(from + i), text: `a\u001f${i % 3}` });
}

test('many writers share a store; a flush is when the rows are there', async () => {
  const store = await openStore();
  const [one, other] = [openLiveWriter(store), openLiveWriter(store)];
  const connection = await store.connect();
  const buffers = [one.buffer('A_CL', SCHEMA), other.buffer('A_CL', SCHEMA)];
  for (let round = 0; round < 5; round++) {
    for (const [at, writer] of [one, other].entries()) {
      fill(buffers[at]!, 100, round * 100);
      void writer.put({ rows: [buffers[at]!.take()], rejected: [], files: [] });
    }
    await Promise.all([one.flush(), other.flush()]);
    const count = await connection.runAndReadAll('SELECT count(*) FROM data."A_CL"');
    expect(count.getRows()).toEqual([[BigInt((round + 1) * 200)]]);
  }
  await Promise.all([one.close(), other.close()]);
  await store.close();
});

test('a column that another writer made of another type: its values are kept beside it', async () => {
  const store = await openStore();
  const [one, other] = [openLiveWriter(store), openLiveWriter(store)];
  const strings = one.buffer('A_CL', { TimeGenerated: 'datetime', port: 'string' });
  const numbers = other.buffer('A_CL', { TimeGenerated: 'datetime', port: 'long' });
  strings.add({ TimeGenerated: '2026-01-01T00:00:00Z', port: 'any' });
  numbers.add({ TimeGenerated: '2026-01-01T00:00:00Z', port: 80 });
  await one.put({ rows: [strings.take()], rejected: [], files: [] });
  await one.flush();
  await other.put({ rows: [numbers.take()], rejected: [], files: [] });
  await other.flush();
  const connection = await store.connect();
  const rows = await connection.runAndReadAll('SELECT port, port_s FROM data."A_CL" ORDER BY ALL');
  expect(rows.getRows()).toEqual([
    ['', '80'],
    ['any', ''],
  ]);
  await Promise.all([one.close(), other.close()]);
  await store.close();
});

test('rows that DuckDB refuses are kept among the rejected, and nobody else waits for them', async () => {
  const store = await openStore();
  const writer = openLiveWriter(store);
  const buffer = writer.buffer('A_CL', SCHEMA);
  fill(buffer, 3);
  const taken = buffer.take();
  const broken = taken.columns.map((column) =>
    column.name === 'n'
      ? { ...column, cells: { ...column.cells, bytes: Buffer.from('x\u001fy\u001fz'), length: 5 } }
      : column,
  );
  void writer.put({ rows: [{ ...taken, columns: broken }], rejected: [], files: [] });
  fill(buffer, 2);
  void writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  await writer.flush();
  expect(writer.problem).toBeUndefined();
  expect(await countRejected(store)).toBe(3);
  const [first] = await listRejected(store);
  expect(first).toMatchObject({ file: 'A_CL', reason: expect.stringContaining('could not be written') });
  expect(JSON.parse(first!.text)).toMatchObject({ n: 'x', text: 'a\u001f0' });
  const connection = await store.connect();
  expect((await connection.runAndReadAll('SELECT count(*) FROM data."A_CL"')).getRows()).toEqual([[2n]]);
  await writer.close();
  await store.close();
});
