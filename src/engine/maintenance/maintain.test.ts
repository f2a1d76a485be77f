import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseIsoDatetime, TICKS_PER_DAY } from '../../util/ticks.js';
import { type Engine, openEngine } from '../engine.js';
import { runQuery } from '../query.js';
import { isBatchKnown, rememberBatch } from '../store/batches.js';
import { withWriter } from '../store/writer.js';
import { maintain } from './maintain.js';

let path: string;
let engine: Engine;
beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'trawl-maintain-'));
  engine = await openEngine({ path });
});
afterEach(async () => {
  await engine.store.close();
  rmSync(path, { recursive: true, force: true });
});

const TODAY = parseIsoDatetime('2026-03-01T00:00:00Z')!;
/** Noon of the 1st of March. */
const now = Date.UTC(2026, 2, 1, 12);

/** Rows of each of the last days, as many a day. */
async function fill(table: string, days: number, rows: number, text = 'x'): Promise<void> {
  await withWriter(engine.store, async (writer) => {
    const buffer = writer.buffer(table, { TimeGenerated: 'datetime', Text: 'string' });
    for (let day = 0; day < days; day++)
      for (let row = 0; row < rows; row++)
        buffer.add({
          TimeGenerated: TODAY - BigInt(day) * TICKS_PER_DAY + BigInt(row),
          Text: `${text} ${day} ${row} ${Math.sin(row + day * rows)}`,
        });
    await writer.put({ rows: [buffer.take()], rejected: [], files: [] });
  });
}

const ask = async (kql: string): Promise<unknown> => (await runQuery(engine, kql)).tables[0]!.rows;
const days = (table: string) =>
  ask(`${table} | summarize count() by d = format_datetime(TimeGenerated, "MM-dd") | sort by d asc`);

test('rows older than their table keeps them go, whole days, wherever they are; the others stay', async () => {
  for (const table of ['A_CL', 'B_CL', 'C_CL', 'ThreatIntelIndicators']) await fill(table, 5, 3);
  await maintain(engine.store, { tables: {}, archiveAfter: 2 }, { now });
  const report = await maintain(
    engine.store,
    { tables: { A_CL: 1, B_CL: null, Typo: 3 }, default: 3, archiveAfter: 2 },
    { now },
  );
  expect(await days('A_CL')).toEqual([
    ['02-28', 3],
    ['03-01', 3],
  ]);
  expect(await days('B_CL')).toHaveLength(5);
  expect(await days('C_CL')).toEqual([
    ['02-26', 3],
    ['02-27', 3],
    ['02-28', 3],
    ['03-01', 3],
  ]);
  expect(await days('ThreatIntelIndicators')).toHaveLength(5);
  expect(report.unknown).toEqual(['Typo']);
  expect(report.removed.map(({ table, day, rows, because }) => [table, day, rows, because])).toEqual([
    ['A_CL', '2026-02-27', 3, 'retention'],
    ['A_CL', '2026-02-25', 3, 'retention'],
    ['A_CL', '2026-02-26', 3, 'retention'],
    ['C_CL', '2026-02-25', 3, 'retention'],
  ]);
  const again = await maintain(engine.store, { tables: { A_CL: 1, B_CL: null }, default: 3, archiveAfter: 2 }, { now });
  expect([again.removed, again.archived]).toEqual([[], []]);
  await engine.store.close();
  expect(readdirSync(join(path, 'archive', 'A_CL'))).toEqual([]);
  engine = await openEngine({ path });
  expect(await days('A_CL')).toHaveLength(2);
  expect(await ask('ThreatIntelIndicators | count')).toEqual([[15]]);
});

test('days older than told move to files, complete ones only; a second time there is nothing to do', async () => {
  await fill('A_CL', 5, 3);
  const before = await days('A_CL');
  const policy = { tables: {}, archiveAfter: 1 };
  const report = await maintain(engine.store, policy, { now });
  expect(report.archived.map(({ day, rows }) => [day, rows])).toEqual([
    ['2026-02-25', 3],
    ['2026-02-26', 3],
    ['2026-02-27', 3],
  ]);
  expect(await days('A_CL')).toEqual(before);
  expect((await maintain(engine.store, policy, { now })).archived).toEqual([]);
});

test('when the workspace is larger than its disk may be, the oldest days go first, of whatever table; today stays', async () => {
  await fill('A_CL', 6, 4000, 'a'.repeat(50));
  await fill('B_CL', 3, 4000, 'b'.repeat(50));
  await maintain(engine.store, { tables: {}, archiveAfter: 1 }, { now });
  const { disk } = await maintain(engine.store, { tables: {} }, { now });
  expect(disk!.above).toBe(0);
  expect(disk!.archive).toBeGreaterThan(100_000);
  const limit = disk!.database + disk!.archive - 1;
  const report = await maintain(engine.store, { tables: {}, disk: limit }, { now });
  expect(report.removed.map(({ table, day, because }) => [table, day, because])).toEqual([
    ['A_CL', '2026-02-24', 'disk'],
  ]);
  const tight = await maintain(engine.store, { tables: {}, disk: 1000 }, { now });
  expect(tight.disk!.above).toBeGreaterThan(0);
  expect(await days('A_CL')).toEqual([['03-01', 4000]]);
  expect(await days('B_CL')).toEqual([['03-01', 4000]]);
});

test('while others write and read, every row is counted once', async () => {
  await fill('A_CL', 6, 200);
  let written = false;
  const writing = (async () => {
    for (let n = 0; n < 8; n++) await fill('A_CL', 6, 1, `late ${n}`);
  })().finally(() => {
    written = true;
  });
  const reading = (async () => {
    for (let last = 1200; !written; ) {
      const [[count]] = (await ask('A_CL | count')) as [[number]];
      expect(count).toBeGreaterThanOrEqual(last);
      expect(count % 6).toBe(0);
      last = count;
    }
  })();
  while (!written) await maintain(engine.store, { tables: {}, archiveAfter: 1 }, { now });
  await Promise.all([writing, reading]);
  await maintain(engine.store, { tables: {}, archiveAfter: 1 }, { now });
  expect(await ask('A_CL | summarize count(), dcount(Text)')).toMatchObject([[1248, expect.any(Number)]]);
  expect(await ask('A_CL | summarize n = count() by Text | where n > 1 | count')).toEqual([[0]]);
});

test('batches of long ago are forgotten', async () => {
  await engine.store.exclusive(async (connection) => {
    await rememberBatch(connection, 'old');
    await connection.run('UPDATE trawl.batches SET received = received - 3 * 864000000000');
    await rememberBatch(connection, 'new');
  });
  await maintain(engine.store, { tables: {} });
  const connection = await engine.store.connect();
  expect([await isBatchKnown(connection, 'old'), await isBatchKnown(connection, 'new')]).toEqual([false, true]);
});
