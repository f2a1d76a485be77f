import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What dist/ was built from: names, sizes and times of all sources and settings of the build. */
export function fingerprintOfSources(root) {
  const files = readdirSync(join(root, 'src'), { recursive: true }).map((name) => join('src', name));
  const hash = createHash('sha256');
  for (const name of [...files, 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs'].sort()) {
    const { size, mtimeMs } = statSync(join(root, name));
    if (!/\.test\.ts$/.test(name)) hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}
