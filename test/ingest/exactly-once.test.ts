import { appendFileSync, copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { connectors } from '../../src/connectors/index.js';
import { openStore, type WritableStore } from '../../src/engine/store/open.js';
import { listRejected } from '../../src/engine/store/rejected.js';
import { ingest } from '../../src/ingest/ingest.js';
import { cefLines, column, temporaryDirectory } from './support.js';

const ids = async (store: WritableStore): Promise<number[]> =>
  (await column(store, 'CommonSecurityLog', 'ExternalID')).map(Number).sort((a, b) => a - b);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('a file recorded is not taken again, under whatever name', async () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'a.log'), cefLines(100));
  copyFileSync(join(directory, 'a.log'), join(directory, 'b.log'));
  const path = join(directory, 'w');
  let store = await openStore({ path });
  const first = await ingest(store, connectors, [join(directory, 'a.log'), join(directory, 'b.log')]);
  expect(first).toMatchObject({ events: 100, files: [{ status: 'ingested' }, { status: 'recorded', events: 100 }] });
  await store.close();
  store = await openStore({ path });
  const second = await ingest(store, connectors, join(directory, 'a.log'));
  expect(second).toMatchObject({
    events: 0,
    byTable: {},
    files: [{ status: 'recorded', connector: 'cef', events: 100, rejected: 0, byTable: { CommonSecurityLog: 100 } }],
  });
  expect(await ids(store)).toEqual(upTo(100));
  await store.close();
});

test('of a file that grew only what is new is taken', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'growing.log');
  const store = await openStore();
  let written = 0;
  for (const more of [3, 2000, 1, 30_000, 7]) {
    appendFileSync(file, cefLines(more, written));
    written += more;
    const report = await ingest(store, connectors, file);
    expect(report).toMatchObject({ events: more, files: [{ status: written === more ? 'ingested' : 'extended' }] });
  }
  expect(await ids(store)).toEqual(upTo(written));
  await store.close();
});

test('a line that was taken in before it was whole is told of when the rest comes', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'cut.log');
  const store = await openStore();
  const text = cefLines(20);
  const cut = text.indexOf('\n', text.length / 2) - 4;
  writeFileSync(file, text.slice(0, cut));
  const first = await ingest(store, connectors, file);
  appendFileSync(file, text.slice(cut));
  const second = await ingest(store, connectors, file);
  expect(second).toMatchObject({ events: 20 - first.events, rejected: 1, files: [{ status: 'extended' }] });
  const [told] = await listRejected(store);
  expect(told).toMatchObject({
    line: first.events,
    connector: 'cef',
    reason: expect.stringContaining('ended inside this line'),
  });
  expect(text).toContain(`${told?.text}\n`);
  await store.close();
});

test('a last line without a line break that ends where it ended is whole', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'whole.log');
  const store = await openStore();
  writeFileSync(file, cefLines(20).trimEnd());
  await ingest(store, connectors, file);
  appendFileSync(file, `\n${cefLines(5, 20)}`);
  expect(await ingest(store, connectors, file)).toMatchObject({ events: 5, rejected: 0 });
  expect(await ids(store)).toEqual(upTo(25));
  await store.close();
});

test('a changed or shortened file is another file', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'rotated.log');
  const store = await openStore();
  writeFileSync(file, cefLines(50));
  await ingest(store, connectors, file);
  writeFileSync(file, cefLines(50, 50));
  expect(await ingest(store, connectors, file)).toMatchObject({ events: 50, files: [{ status: 'ingested' }] });
  expect(await ids(store)).toEqual(upTo(100));
  await store.close();
});

test('an archive that was cut off is completed later', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'download.gz');
  const bytes = gzipSync(cefLines(20_000));
  writeFileSync(file, bytes);
  truncateSync(file, bytes.length >> 1);
  const store = await openStore();
  const first = await ingest(store, connectors, file);
  writeFileSync(file, bytes);
  const second = await ingest(store, connectors, file);
  expect(second.files[0]!.status).toBe('extended');
  expect(first.events + second.events).toBe(20_000);
  expect(await ids(store)).toEqual(upTo(20_000));
  await store.close();
});

test('an ingest that is cancelled goes on where it was', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'big.log');
  writeFileSync(file, cefLines(120_000));
  const path = join(directory, 'w');
  let status: string | undefined;
  let rounds = 0;
  while (status === undefined) {
    const store = await openStore({ path });
    const cancel = new AbortController();
    let seen = 0;
    const work = ingest(store, connectors, file, {
      signal: cancel.signal,
      onProgress: ({ events }) => {
        if (events > 0 && ++seen === 3 && rounds < 3) cancel.abort();
      },
    });
    await work.then(
      (report) => {
        status = report.files[0]!.status;
      },
      (error) => expect(error.name).toBe('AbortError'),
    );
    rounds++;
    const stored = await ids(store);
    expect(stored).toEqual(upTo(stored.length));
    await store.close();
  }
  expect(rounds).toBeGreaterThan(1);
  expect(['resumed', 'recorded']).toContain(status);
  const store = await openStore({ path });
  expect(await ids(store)).toEqual(upTo(120_000));
  await store.close();
});
