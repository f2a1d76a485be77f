import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith } from '../cli/trawl.js';
import { answerTo, serving } from './serving.js';

/** A file system of 24 MB of its own; only root may make one. */
function smallDisk(): string | undefined {
  const folder = folderWith();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder]).status !== 0) return undefined;
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder]);
  });
  return folder;
}

test('a full disk: nothing acknowledged is lost, senders are told, and it goes on when there is room', async (context) => {
  const workspace = smallDisk();
  if (workspace === undefined) return context.skip('only root can mount a small file system');
  const served = await serving({ workspace });
  const acknowledged: number[] = [];
  const send = async (id: number): Promise<number> => {
    const rows = Array.from({ length: 500 }, () =>
      JSON.stringify({ TimeGenerated: '2026-03-01T10:00:00Z', id, text: Math.random().toString(36).repeat(20) }),
    );
    const response = await fetch(new URL('/ingest?table=T_CL', served.urls.http), {
      method: 'POST',
      body: rows.join('\n'),
      headers: { 'idempotency-key': String(id) },
      signal: AbortSignal.timeout(4000),
    }).catch(() => undefined);
    if (response?.status === 200) acknowledged.push(id);
    return response?.status ?? 0;
  };
  await send(0);
  const ballast = join(workspace, 'ballast');
  writeFileSync(ballast, Buffer.alloc(18 * 1_048_576));
  let id = 1;
  for (; id < 100; id++) if ((await send(id)) !== 200) break;
  expect(id).toBeLessThan(100);
  // now it is known, and said at once
  expect(await send(id + 1)).toBe(503);
  expect(await answerTo(served, 'T_CL | distinct id | count')).toBe(acknowledged.length);

  rmSync(ballast);
  const deadline = Date.now() + 60_000;
  while ((await send(id)) !== 200 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 200));
  expect(acknowledged).toContain(id);
  expect(await answerTo(served, 'T_CL | summarize n = count() by id | where n != 500 | count')).toBe(0);
  expect(await answerTo(served, 'T_CL | distinct id | count')).toBe(acknowledged.length);
  expect((await served.end()).code).toBe(0);
});
