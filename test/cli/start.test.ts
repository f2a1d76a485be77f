import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith, ROOT, trawl } from './trawl.js';

const script = join(ROOT, 'scripts', 'start.mjs');

it('npm start: the demo network, all that is planted found, quick the second time', async () => {
  const cwd = folderWith();
  const first = await trawl(['--scale', '0.02'], { cwd, script });
  expect(first.stderr).toBe('');
  expect(first.code).toBe(0);
  expect(first.stdout).toContain('10 of 10 incidents found');
  expect(first.stdout).not.toContain('wrongly shown');
  expect(first.stdout).toMatch(/How long it took[\s\S]*What to type next\n {2}npx trawl query/);
  const second = await trawl(['--scale', '0.02'], { cwd, script });
  expect(second.stdout).toContain('there already');
  expect(second.stdout).toContain('files already in the workspace');
  expect(second.stdout).toContain('10 of 10 incidents found');
  const own = await trawl(['--data', 'demo-network/logs/firewall'], { cwd, script });
  expect(own.code).toBe(0);
  expect(own.stdout).toMatch(/Large outbound transfers +2 findings/);
  expect(own.stdout).not.toContain('planted');
});
