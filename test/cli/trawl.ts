import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The real executable; TRAWL_BIN tries another build. */
export const BIN = process.env.TRAWL_BIN ?? fileURLToPath(new URL('../../bin/trawl.js', import.meta.url));
export const ROOT = resolve(dirname(BIN), '..');

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Sends SIGINT after so many ms. */
  readonly interrupt?: number;
  /** Another script than the executable. */
  readonly script?: string;
}

/** Types `trawl …` as a user does, on pipes. */
export function trawl(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = spawn(process.execPath, [options.script ?? BIN, ...args], {
    cwd: options.cwd,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, COLUMNS: undefined, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const timer = options.interrupt === undefined ? undefined : setTimeout(() => child.kill('SIGINT'), options.interrupt);
  return new Promise((done) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, stdout, stderr });
    });
  });
}

/** A folder that goes away with the test (or when `later` says), holding these files. */
export function folderWith(
  files: Readonly<Record<string, string>> = {},
  later: (clean: () => void) => void = onTestFinished,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'trawl-cli-'));
  later(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Firewall lines in CEF: `[time, source, destination, port, action, bytes sent]`. */
export const firewallLog = (rows: readonly (readonly [string, string, string, number, string, number])[]): string =>
  rows
    .map(
      ([time, source, destination, port, action, sent]) =>
        `CEF:0|Fortinet|Fortigate|v7.4|00013|traffic:forward ${action}|3|rt=${Date.parse(time)} src=${source} dst=${destination} dpt=${port} act=${action} out=${sent} in=100\n`,
    )
    .join('');

/** An indicator feed in STIX 2.1 for one address. */
export const indicatorOf = (address: string): string =>
  JSON.stringify({
    type: 'bundle',
    id: 'bundle--5f1b2c1e-0d0b-4a7e-9d52-111111111111',
    objects: [
      {
        type: 'indicator',
        spec_version: '2.1',
        id: 'indicator--0b5a2f0e-6f4d-4f3b-8a4d-222222222222',
        created: '2026-03-01T00:00:00.000Z',
        modified: '2026-03-01T00:00:00.000Z',
        name: 'Grey Heron server',
        description: 'Grey Heron server',
        pattern: `[ipv4-addr:value = '${address}']`,
        pattern_type: 'stix',
        valid_from: '2026-03-01T00:00:00Z',
        indicator_types: ['malicious-activity'],
      },
    ],
  });
