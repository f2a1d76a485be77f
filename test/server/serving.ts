import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tokenOf } from '../../src/server/registration.js';
import { BIN, folderWith, type Ran, trawl } from '../cli/trawl.js';

/** A `trawl serve` that a test started: the real executable on ports that the system chose. */
export interface Served {
  readonly workspace: string;
  readonly pid: number;
  /** What it listens on, by scheme: `tcp`, `udp`, `tls`, `http`, `https`. */
  readonly urls: Readonly<Record<string, URL>>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly ms: number; readonly stderr: string }>;
  /** Another command on the same workspace. */
  run(...args: readonly string[]): Promise<Ran>;
}

const ANY_PORTS = 'serve:\n  syslog: {udp: 0, tcp: 0, tls: 0}\n  http: 0\n';

export async function serving(
  options: { readonly workspace?: string; readonly config?: string; readonly args?: readonly string[] } = {},
): Promise<Served> {
  const workspace = options.workspace ?? folderWith();
  writeFileSync(join(workspace, 'trawl.yaml'), options.config ?? ANY_PORTS);
  const child = spawn(process.execPath, [BIN, 'serve', '--workspace', workspace, ...(options.args ?? [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const urls = await new Promise<Record<string, URL>>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      if (!stderr.includes('Ctrl-C ends.')) return;
      const found = [...stderr.matchAll(/listening on (\S+)/g)].map(([, url]) => new URL(url!));
      // the first of a scheme is the one that the settings asked for
      resolve(Object.fromEntries(found.reverse().map((url) => [url.protocol.slice(0, -1), url])));
    });
    child.on('close', () => reject(new Error(`trawl serve ended: ${stderr}`)));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  return {
    workspace,
    pid: child.pid!,
    urls,
    async end(signal = 'SIGTERM') {
      const started = performance.now();
      child.kill(signal);
      return { code: await closed, ms: performance.now() - started, stderr };
    },
    run: (...args) => trawl([...args, '--workspace', workspace]),
  };
}

/** The single value of a query, asked over HTTP as other commands ask it. */
export async function answerTo(served: Served, kql: string): Promise<unknown> {
  const response = await fetch(new URL('/api/query', served.urls.http), {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(served.workspace)}` },
    body: JSON.stringify({ kql }),
  });
  const answer = (await response.json()) as { tables: { rows: unknown[][] }[]; error?: { message: string } };
  if (!response.ok) throw new Error(answer.error?.message);
  return answer.tables[0]?.rows[0]?.[0];
}

/** Waits until a query gives the value, ten seconds at most. @returns the last value */
export async function eventually(served: Served, kql: string, value: unknown): Promise<unknown> {
  let last: unknown;
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    last = await answerTo(served, kql).catch((error: Error) => error.message);
    if (last === value) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return last;
}

export function connected(url: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname.replace(/^\[|\]$/g, ''));
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

/** Sends the text and closes the connection. */
export async function sendOver(url: URL, text: string | Buffer): Promise<void> {
  const socket = await connected(url);
  await new Promise<void>((resolve) => socket.end(text, () => resolve()));
}

/** A denied connection as a firewall would write it. */
export const cefLine = (n: number, more = ''): string =>
  `<134>2026-03-01T10:00:00Z fw1 CEF:0|Example|Wall|1.0|deny|Deny|5|rt=${1772359200000 + n} src=10.1.2.3 dst=203.0.113.9 spt=${1024 + (n % 60000)} dpt=443 proto=TCP act=deny cn1=${n} cn1Label=n${more}`;
