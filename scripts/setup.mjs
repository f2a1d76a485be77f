// Makes a fresh clone ready: installs when node_modules is missing or older than package-lock.json, builds when dist/ is stale.
// Quick when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fingerprintOfSources } from './sources.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);

function run(title, command, args, options = {}) {
  console.error(`${title} …`);
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (status !== 0) process.exit(status ?? 1);
}

const installed = at('node_modules', '.package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(at('package-lock.json')).mtimeMs) {
  if (!existsSync(installed) || !sameLock())
    run('Installing dependencies', 'npm', ['install', '--no-audit', '--no-fund'], {
      shell: process.platform === 'win32',
    });
}

/** A checkout touches files without changing them: compare what is locked with what is installed. */
function sameLock() {
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

const built = at('dist', '.built-from');
if (!existsSync(built) || readFileSync(built, 'utf8') !== fingerprintOfSources(root))
  run('Building', process.execPath, [at('scripts', 'build.mjs')]);
