import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How to reach the server that a workspace is open in: in the workspace's `server.json`, which only its owner may read. */
export interface Registration {
  readonly pid: number;
  /** `http://127.0.0.1:4880`. */
  readonly url: string;
  readonly token: string;
}

const FILE = 'server.json';

export function register(directory: string, registration: Registration): void {
  writeFileSync(join(directory, FILE), `${JSON.stringify(registration)}\n`, { mode: 0o600 });
}

export function unregister(directory: string): void {
  rmSync(join(directory, FILE), { force: true });
}

/** The server that says it has the workspace open and whose process lives; undefined when there is none. */
export function registered(directory: string): Registration | undefined {
  try {
    const registration = JSON.parse(readFileSync(join(directory, FILE), 'utf8')) as Registration;
    process.kill(registration.pid, 0);
    return registration;
  } catch {
    return undefined;
  }
}

const TOKEN_FILE = 'token';

/** The workspace's token for HTTP, made when it is first needed. */
export function tokenOf(directory: string): string {
  const file = join(directory, TOKEN_FILE);
  try {
    const token = readFileSync(file, 'utf8').trim();
    if (token !== '') return token;
  } catch {
    // none yet
  }
  const token = randomBytes(24).toString('base64url');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
