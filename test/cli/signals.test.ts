import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, firewallLog, folderWith, trawl } from './trawl.js';

const LONG = 'range x from 1 to 1000000000000 step 1 | summarize sum(x * x)';

describe('Ctrl-C', () => {
  it('cancels a query', async () => {
    const { code, stdout, stderr } = await trawl(['query', LONG], { interrupt: 6000 });
    expect({ code, stdout, stderr }).toEqual({
      code: 130,
      stdout: '',
      stderr: 'Interrupted: the query was cancelled.\n',
    });
  });

  it('stops an ingest, and the same ingest goes on where it stopped', async () => {
    const rows = Array.from(
      { length: 250_000 },
      (_, at) =>
        ['2026-03-04T10:00:00Z', `10.0.${(at >> 8) & 255}.${at & 255}`, '203.0.113.9', 443, 'accept', at] as const,
    );
    const folder = folderWith({ 'fw.log': firewallLog(rows) });
    const child = spawn(process.execPath, [BIN, 'ingest', 'fw.log'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    // as soon as the workspace is there, the ingest is under way
    const { existsSync } = await import('node:fs');
    while (!existsSync(join(folder, '.trawl', 'workspace.duckdb'))) await new Promise((later) => setTimeout(later, 10));
    await new Promise((later) => setTimeout(later, 150));
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect(code).toBe(130);
    expect(stderr).toContain('run the same command again to go on');
    const again = await trawl(['ingest', 'fw.log'], { cwd: folder });
    expect(again.code).toBe(0);
    const counted = await trawl(
      ['query', 'CommonSecurityLog | summarize count(), dcount(SentBytes, 4) | project count_', '--format', 'csv'],
      { cwd: folder },
    );
    expect(counted.stdout).toBe('count_\n250000\n');
  });
});

it('gives up a query at the time-out', async () => {
  const { code, stderr } = await trawl(['query', LONG, '--timeout', '300ms']);
  expect(code).toBe(1);
  expect(stderr).toContain('query-timeout');
});

it('ends quietly when the reader has gone', async () => {
  const child = spawn(process.execPath, [BIN, 'query', 'range x from 1 to 300000 step 1', '--format', 'csv'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|\bat /);
});
