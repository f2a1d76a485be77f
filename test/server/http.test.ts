import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tokenOf } from '../../src/server/registration.js';
import { folderWith } from '../cli/trawl.js';
import { answerTo, cefLine, type Served, serving } from './serving.js';

const post = (
  served: Served,
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
) => fetch(new URL(path, served.urls.http), { method: 'POST', body, headers });

const rows = (count: number): string =>
  Array.from({ length: count }, (_, i) => JSON.stringify({ TimeGenerated: '2026-03-01T10:00:00Z', n: i })).join('\n');

test('events by HTTP: to a table, a connector or by content; plain or gzip; there when it is acknowledged', async () => {
  const served = await serving();
  const toTable = await post(served, '/ingest?table=Flows_CL', rows(100));
  expect(await toTable.json()).toEqual({ events: 100, rejected: 0, byTable: { Flows_CL: 100 }, known: false });
  expect(await answerTo(served, 'Flows_CL | summarize sum(n)')).toBe(4950);

  const zipped = gzipSync(Array.from({ length: 50 }, (_, i) => cefLine(i)).join('\n'));
  const byContent = await post(served, '/ingest', zipped, { 'content-encoding': 'gzip' });
  expect(await byContent.json()).toMatchObject({ events: 50, byTable: { CommonSecurityLog: 50 } });
  expect(await answerTo(served, 'CommonSecurityLog | count')).toBe(50);

  const broken = await post(served, '/ingest?connector=cef', `${cefLine(1)}\nnot CEF`);
  expect(await broken.json()).toMatchObject({ events: 1, rejected: 1 });
  const unknown = await post(served, '/ingest', 'nobody knows this');
  expect([unknown.status, await unknown.json()]).toMatchObject([400, { error: { code: 'body-unrecognised' } }]);
  const bad = await post(served, '/ingest?table=T_CL', gzipSync('x').subarray(0, 8), { 'content-encoding': 'gzip' });
  expect([bad.status, await bad.json()]).toMatchObject([400, { error: { code: 'body-invalid' } }]);
});

test('a batch that is sent again is taken in once, also after a restart and when both come at once', async () => {
  const workspace = folderWith();
  const first = await serving({ workspace });
  const send = async (served: Served): Promise<unknown> =>
    (await post(served, '/ingest?table=Flows_CL', rows(10), { 'idempotency-key': 'a-1' })).json();
  const answers = await Promise.all([send(first), send(first)]);
  expect(answers).toContainEqual(expect.objectContaining({ events: 10, known: false }));
  expect(answers).toContainEqual(expect.objectContaining({ events: 0, known: true }));
  await first.end('SIGKILL');
  const second = await serving({ workspace });
  expect(await send(second)).toMatchObject({ known: true });
  expect(await answerTo(second, 'Flows_CL | count')).toBe(10);
});

test('a bomb ends at the limit', async () => {
  const served = await serving();
  const bomb = gzipSync(Buffer.alloc(100 * 1_048_576, 'a'));
  const answer = await post(served, '/ingest?table=T_CL', bomb, { 'content-encoding': 'gzip' });
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'body-invalid' } }]);
  expect((await fetch(new URL('/health', served.urls.http))).status).toBe(200);
});

test('who may: nobody without the token, but on this machine to send', async () => {
  const served = await serving({
    config: 'serve: {syslog: {udp: false, tcp: false, tls: false}, http: "0.0.0.0:0"}\n',
  });
  const open = new URL(served.urls.http!);
  open.hostname = '127.0.0.1';
  const status = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await fetch(new URL(path, open), { method: 'POST', body: '{}', headers })).status;
  const token = { authorization: `Bearer ${tokenOf(served.workspace)}` };
  expect(statSync(join(served.workspace, 'token')).mode & 0o077).toBe(0);
  expect(await status('/ingest?table=A_CL')).toBe(401);
  expect(await status('/ingest?table=A_CL', { authorization: 'Bearer wrong' })).toBe(401);
  expect(await status('/ingest?table=A_CL', token)).toBe(200);
  expect(await status('/api/tables')).toBe(401);
  expect(await status('/api/tables', token)).toBe(200);

  const local = await serving();
  const at = async (path: string, headers: Record<string, string> = {}): Promise<number> =>
    (await post(local, path, '{}', headers)).status;
  expect(await at('/ingest?table=A_CL')).toBe(200);
  expect(await at('/ingest?table=A_CL', { origin: 'https://example.com' })).toBe(401);
  expect(await at('/api/query')).toBe(401);
});

test('other commands talk to the server: same answers, same errors', async () => {
  const served = await serving();
  const logs = folderWith({ 'flows.ndjson': rows(5) });
  const { stdout } = await served.run('ingest', join(logs, 'flows.ndjson'), '--table', 'Flows_CL');
  expect(stdout).toContain('5 events from 1 file');
  const commands = [
    ['query', 'Flows_CL | summarize sum(n), max(9007199254740993), real(nan)', '--format', 'csv'],
    ['query', 'Flows_CL | where m > 1'],
    ['tables'],
    ['tables', 'Flows_CL'],
    ['rejected'],
    ['explain', 'Flows_CL | count'],
    ['hunt', 'large-outbound-transfers', '--as-of', '2026-03-02', '--format', 'json'],
    ['watchlist', 'list'],
  ];
  const live = [];
  for (const command of commands) live.push(await served.run(...command));
  await served.end();
  const timeless = (text: string): string =>
    text.replace(/in [\d.]+ m?s|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*|\d+ms|"\w*[mM]s": ?[\d.]+/g, '…');
  for (const [at, command] of commands.entries()) {
    const alone = await served.run(...command);
    expect([command, live[at]!.code, timeless(live[at]!.stdout), timeless(live[at]!.stderr)]).toEqual([
      command,
      alone.code,
      timeless(alone.stdout),
      timeless(alone.stderr),
    ]);
  }
});

test('status and metrics', async () => {
  const served = await serving();
  await post(served, '/ingest', `${cefLine(1)}\n${cefLine(2)}`);
  const metrics = await (await fetch(new URL('/metrics', served.urls.http))).text();
  expect(metrics).toContain('trawl_messages_total{sender="http://127.0.0.1"} 2');
  expect(metrics).toContain('trawl_table_rows{table="CommonSecurityLog"} 2');
  expect(metrics).toMatch(/trawl_kernel_drops_total\{listener="udp:[^"]+"\} 0/);
  const { stdout, code } = await served.run('status');
  expect(code).toBe(0);
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1 +2 /);
  expect(stdout).toMatch(/CommonSecurityLog +2\n/);
  await served.end();
  expect((await served.run('status')).code).toBe(1);
});

test("the official client of Azure Monitor's Logs Ingestion API works as it is", async () => {
  const folder = folderWith();
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test CA',
    '-days',
    '2',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
  );
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'server.pem',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
  );
  const served = await serving({
    config: `serve: {syslog: {udp: false, tcp: false, tls: false}, http: 0, https: 0, tls: {cert: ${folder}/server.pem, key: ${folder}/server.key}}\n`,
  });
  const endpoint = `https://localhost:${served.urls.https!.port}`;
  const script = `
    import { LogsIngestionClient } from '@azure/monitor-ingestion';
    const credential = { getToken: async () => ({ token: ${JSON.stringify(tokenOf(served.workspace))}, expiresOnTimestamp: Date.now() + 3600000 }) };
    const client = new LogsIngestionClient(${JSON.stringify(endpoint)}, credential);
    const logs = Array.from({ length: 5000 }, (_, n) => ({ TimeGenerated: '2026-03-01T10:00:00Z', n, text: 'x'.repeat(500) }));
    await client.upload('dcr-0123', 'Custom-Flows_CL', logs, { maxConcurrency: 4 });
  `;
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
  });
  expect(await answerTo(served, 'Flows_CL | summarize dcount(n, 4)')).toBe(5000);
  expect(readFileSync(join(served.workspace, 'token'), 'utf8').length).toBeGreaterThan(20);
});
