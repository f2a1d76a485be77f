// Builds dist/: compiles src/ and copies the assets that the code reads at run time.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOfSources } from './sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const fresh = join(root, 'dist.new');

/** Files beside the code that it reads when it runs. */
const ASSETS = /\.(?:gz|yaml|html|css)$/;

rmSync(fresh, { recursive: true, force: true });
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const compiled = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh], {
  cwd: root,
  stdio: 'inherit',
});
if (compiled.status !== 0) {
  rmSync(fresh, { recursive: true, force: true });
  process.exit(compiled.status ?? 1);
}
for (const name of readdirSync(join(root, 'src'), { recursive: true })) {
  if (!ASSETS.test(name) || /samples/.test(name)) continue;
  const target = join(fresh, name);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, 'src', name), target);
}
writeFileSync(join(fresh, '.built-from'), fingerprintOfSources(root));
// a failed build leaves the last good one in place
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);
