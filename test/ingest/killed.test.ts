import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/engine/store/open.js';
import { listRejected } from '../../src/engine/store/rejected.js';
import { cefLines, column, temporaryDirectory } from './support.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
// the child runs what is built, as a user's process does
const dist = process.env.TRAWL_DIST ?? join(root, 'dist');
beforeAll(() => {
  if (process.env.TRAWL_DIST === undefined)
    spawnSync(process.execPath, [join(root, 'scripts', 'setup.mjs')], { cwd: root });
});

/** Ingests in a process of its own and kills it after some milliseconds. True when it got to the end. */
function ingestAndKill(workspace: string, logs: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ingest-child.mjs'), dist, workspace, logs], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), after);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

test('killed at any moment, run again: every event once', async () => {
  const directory = temporaryDirectory();
  const logs = join(directory, 'logs');
  mkdirSync(logs);
  writeFileSync(join(logs, 'a.log'), `${cefLines(40_000)}no CEF\n`);
  writeFileSync(join(logs, 'b.log.gz'), gzipSync(cefLines(40_000, 40_000)));
  const rows = Array.from({ length: 30_000 }, (_, n) =>
    JSON.stringify({
      TimeGenerated: '2024-01-01T00:00:00Z',
      Type: 'VMConnection',
      BytesSent: n,
      RemoteIp: '192.0.2.1',
    }),
  );
  writeFileSync(join(logs, 'c.json'), rows.join('\n'));
  for (let n = 0; n < 30; n++) writeFileSync(join(logs, `small-${n}.log`), cefLines(10, 80_000 + n * 10));

  const workspace = join(directory, 'w');
  let killed = 0;
  let finished = false;
  for (let round = 0; round < 40 && !finished; round++) {
    finished = await ingestAndKill(workspace, logs, round < 25 ? 150 + Math.random() * 1200 : 60_000);
    if (!finished) killed++;
    if (round % 5 === 4) {
      const store = await openStore({ path: workspace });
      const ids = await column(store, 'CommonSecurityLog', 'ExternalID');
      expect(new Set(ids).size).toBe(ids.length);
      await store.close();
    }
  }
  expect(finished).toBe(true);
  expect(killed).toBeGreaterThan(0);
  const store = await openStore({ path: workspace });
  const ids = (await column(store, 'CommonSecurityLog', 'ExternalID')).map(Number).sort((a, b) => a - b);
  expect(ids).toEqual(Array.from({ length: 80_300 }, (_, n) => n));
  const bytes = (await column(store, 'VMConnection', 'BytesSent')).map(Number).sort((a, b) => a - b);
  expect(bytes).toEqual(Array.from({ length: 30_000 }, (_, n) => n));
  expect(await listRejected(store)).toMatchObject([{ line: 40_001, text: 'no CEF' }]);
  await store.close();
}, 180_000);
