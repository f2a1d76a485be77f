import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { connectors } from '../../src/connectors/index.js';
import { openStore } from '../../src/engine/store/open.js';
import { countRejected, listRejected } from '../../src/engine/store/rejected.js';
import { ingest } from '../../src/ingest/ingest.js';
import { cefLines, column, temporaryDirectory, zstd } from './support.js';

const utf16 = (text: string, big: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

test('plain, compressed, in any Unicode encoding: the same events', async () => {
  const directory = temporaryDirectory();
  const text = cefLines(1000);
  const writings: Record<string, Buffer> = {
    plain: Buffer.from(text),
    mark: Buffer.from(`\ufeff${text}`),
    crlf: Buffer.from(text.replaceAll('\n', '\r\n')),
    gzip: gzipSync(text),
    members: Buffer.concat([gzipSync(text.slice(0, 5000)), gzipSync(text.slice(5000))]),
    zstd: zstd(Buffer.from(text)),
    little: utf16(text, false),
    big: utf16(text, true),
    bare: utf16(text, false).subarray(2),
    gzippedUtf16: gzipSync(utf16(text, false)),
  };
  for (const [name, bytes] of Object.entries(writings)) {
    const store = await openStore();
    writeFileSync(join(directory, name), bytes);
    const report = await ingest(store, connectors, join(directory, name));
    expect(report, name).toMatchObject({
      events: 1000,
      rejected: 0,
      byTable: { CommonSecurityLog: 1000 },
      files: [{ connector: 'cef', status: 'ingested' }],
    });
    expect(await column(store, 'CommonSecurityLog', 'SourceIP'), name).toHaveLength(1000);
    await store.close();
  }
});

test('cut off and damaged archives give what can be read, and say so', async () => {
  const directory = temporaryDirectory();
  const text = cefLines(20_000);
  const gzip = gzipSync(text);
  const damaged = Buffer.from(gzip);
  damaged.fill(0xaa, damaged.length >> 1, (damaged.length >> 1) + 50);
  const frame = zstd(Buffer.from(text));
  const files = {
    'cut.gz': gzip.subarray(0, gzip.length >> 1),
    'damaged.gz': damaged,
    'cut.zst': frame.subarray(0, frame.length >> 1),
  };
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(directory, name), bytes);
    const store = await openStore();
    const report = await ingest(store, connectors, join(directory, name));
    expect(report.events, name).toBeGreaterThan(5000);
    expect(report.events, name).toBeLessThan(20_000);
    // what a damaged stream gives before the damage shows is rejected line by line
    if (name !== 'damaged.gz') expect(report.rejected, name).toBe(1);
    expect(report.files[0]!.note, name).toMatch(/damaged or cut off/);
    expect((await listRejected(store, { limit: 20_000 })).at(-1), name).toMatchObject({
      line: 0,
      reason: expect.stringMatching(/what could be read/),
    });
    expect(await store.table('CommonSecurityLog')!.rows()).toBe(report.events);
    await store.close();
  }
});

test('folders, globs and links; what is no log is refused by name and not in the way', async () => {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'logs', 'deep'), { recursive: true });
  writeFileSync(join(directory, 'logs', 'a.log'), cefLines(10));
  writeFileSync(join(directory, 'logs', 'deep', 'b.log'), cefLines(20, 100));
  symlinkSync('..', join(directory, 'logs', 'deep', 'loop'));
  writeFileSync(join(directory, 'logs', 'empty.log'), '');
  writeFileSync(
    join(directory, 'logs', '.DS_Store'),
    Buffer.from([0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31, ...new Array(500).fill(0)]),
  );
  writeFileSync(join(directory, 'logs', 'prose.txt'), 'Dear all,\nthis is no log.\n');
  writeFileSync(join(directory, 'logs', 'old.bz2'), Buffer.from('BZh91AY&SY'));
  const store = await openStore({ path: join(directory, 'logs', '.trawl') });
  const report = await ingest(store, connectors, join(directory, 'logs'));
  expect(report.events).toBe(30);
  const outcomes = Object.fromEntries(
    report.files.map(({ path, status, note }) => [path.slice(directory.length + 6), [status, note]]),
  );
  expect(outcomes).toEqual({
    'a.log': ['ingested', undefined],
    'deep/b.log': ['ingested', undefined],
    'empty.log': ['empty', 'the file is empty'],
    '.DS_Store': ['unrecognized', 'a binary file'],
    'prose.txt': [
      'unrecognized',
      expect.stringMatching(/no connector recognises this file; choose one with --connector \(cef, /),
    ],
    'old.bz2': ['unrecognized', 'compressed with bzip2, which is not supported'],
  });
  expect(report.rejected).toBe(3);
  expect(await countRejected(store)).toBe(3);
  const again = await ingest(store, connectors, [
    join(directory, 'logs', '**', '*.log'),
    join(directory, 'logs', 'prose.txt'),
  ]);
  expect(again).toMatchObject({ events: 0, rejected: 0 });
  expect(again.files.map(({ status }) => status).sort()).toEqual(['empty', 'recorded', 'recorded', 'unrecognized']);
  expect(await countRejected(store)).toBe(3);
  await store.close();
});

test('records that do not parse are kept with their line and reason', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'mixed.log');
  writeFileSync(file, `${cefLines(3)}not CEF at all\n\n${cefLines(1, 3)}${'long '.repeat(300_000)}\nend`);
  const store = await openStore();
  const report = await ingest(store, connectors, file, { connector: 'cef' });
  expect(report).toMatchObject({ events: 4, rejected: 3 });
  const rejected = await listRejected(store, { file });
  expect(rejected.map(({ line, text, connector }) => [line, text.slice(0, 12), text.length, connector])).toEqual([
    [4, 'not CEF at a', 14, 'cef'],
    [7, 'long long lo', 65_536, 'cef'],
    [8, 'end', 3, 'cef'],
  ]);
  expect((await listRejected(store, { limit: 1 })).length).toBe(1);
  await store.close();
});

test('a refused file is taken once a connector is named', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'odd.txt');
  writeFileSync(file, `${'# remark\n'.repeat(300)}${cefLines(2)}`);
  const store = await openStore();
  expect(await ingest(store, connectors, file)).toMatchObject({
    events: 0,
    rejected: 1,
    files: [{ status: 'unrecognized' }],
  });
  expect(await ingest(store, connectors, file, { connector: 'cef' })).toMatchObject({
    events: 2,
    files: [{ status: 'ingested' }],
  });
  expect(await countRejected(store)).toBe(0);
  await store.close();
});

test('mistakes of the user have codes', async () => {
  const directory = temporaryDirectory();
  const store = await openStore();
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error) => error.code,
    );
  expect(await code(ingest(store, connectors, join(directory, 'none.log')))).toBe('path-not-found');
  expect(await code(ingest(store, connectors, join(directory, '*.log')))).toBe('path-not-found');
  expect(await code(ingest(store, connectors, directory, { connector: 'nosuch' }))).toBe('connector-unknown');
  expect(await code(ingest(store, connectors, directory, { settings: { 'cef.nosuch': 1 } }))).toBe('setting-unknown');
  expect(await code(ingest(store, connectors, directory, { settings: { 'cef.pan-os-swapped-bytes': 'maybe' } }))).toBe(
    'setting-type',
  );
  expect(await ingest(store, connectors, directory)).toMatchObject({ events: 0, files: [] });
  await store.close();
});

test('progress is told, with bytes and events', async () => {
  const directory = temporaryDirectory();
  const file = join(directory, 'a.log');
  writeFileSync(file, cefLines(5000));
  const store = await openStore();
  const told: { bytesRead: number; bytesTotal: number; events: number }[] = [];
  await ingest(store, connectors, file, { onProgress: (progress) => told.push(progress) });
  expect(told.at(-1)).toMatchObject({ path: file, events: 5000, bytesRead: told[0]!.bytesTotal });
  await store.close();
});
