import { spawnSync } from 'node:child_process';

/** Milliseconds from nothing to the end of `trawl query 'print 1'` in memory: the best of `rounds`. */
export function coldStart(trawl, cwd, rounds) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, [trawl, 'query', 'print 1', '--format', 'csv'], {
      cwd,
      encoding: 'utf8',
    });
    if (status !== 0 || !stdout.includes('1')) throw new Error(`trawl query 'print 1' failed: ${stderr}`);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
