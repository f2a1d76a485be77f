import { expect, test } from 'vitest';
import { folderWith, trawl } from '../cli/trawl.js';
import { cefLine, eventually, serving } from './serving.js';

const text = Array.from({ length: 60_000 }, (_, n) => `${cefLine(n)}\n`).join('');

test('trawl ingest - on a workspace that a server has open: the same report and errors', async () => {
  const served = await serving();
  const on = (workspace: string, input: string, ...more: readonly string[]) =>
    trawl(['ingest', '-', '--workspace', workspace, '--format', 'json', ...more], { input });
  const alone = folderWith();
  for (const [input, ...more] of [
    [`${text}nonsense\n`],
    ['no log at all'],
    [''],
    [text.slice(0, 1000), '--connector', 'nope'],
  ] as const) {
    const [with_, without] = [await on(served.workspace, input, ...more), await on(alone, input, ...more)];
    expect(with_).toEqual(without);
  }
  expect(await eventually(served, 'CommonSecurityLog | count', 60_000)).toBe(60_000);
}, 60_000);
