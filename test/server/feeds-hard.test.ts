import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { expect, onTestFinished, test } from 'vitest';
import { folderWith, type Ran, trawl } from '../cli/trawl.js';
import { serverOf } from './feed-servers.js';
import { answerTo, serving } from './serving.js';

const PORTS = 'serve:\n  syslog: {udp: 0, tcp: 0, tls: 0}\n  http: 0\n';
const COUNT = 'ThreatIntelligenceIndicator | summarize count(), countif(Active)';

/** A workspace with these feeds, and the command line on it. */
function workspaceWith(feeds: string, files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith(files);
  writeFileSync(join(folder, 'trawl.yaml'), `feeds:\n${feeds.replaceAll('FOLDER', folder)}`);
  const run = (...args: string[]): Promise<Ran> => trawl([...args, '--workspace', folder]);
  return { folder, run };
}

test('TLS: a certificate is checked, with an authority of our own; credentials stay with their origin', async () => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  const heard: Record<string, unknown>[] = [];
  const other = createServer({ cert, key }, (request, response) => {
    heard.push(request.headers);
    response.end('203.0.113.7\n');
  });
  const first = createServer({ cert, key }, (request, response) => {
    heard.push(request.headers);
    if (request.url === '/clear') response.writeHead(302, { location: 'http://localhost/' }).end();
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else response.writeHead(302, { location: `https://localhost:${(other.address() as AddressInfo).port}/` }).end();
  });
  for (const server of [first, other]) {
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
  }
  const url = `https://localhost:${(first.address() as AddressInfo).port}`;
  const rest = 'ca: "FOLDER/ca.pem", token: {file: "FOLDER/token"}, headers: {X-Key: {file: "FOLDER/token"}}';
  const { run } = workspaceWith(
    `  strange: {kind: url, url: "${url}/"}
  clear: {kind: url, url: "${url}/clear", ${rest}}
  loop: {kind: url, url: "${url}/loop", ${rest}}
  ours: {kind: url, url: "${url}/", ${rest}}
`,
    { 'ca.pem': cert, token: 's3cret-word\n' },
  );
  expect((await run('feeds', 'update', 'strange')).stderr).toMatch(
    /certificate is not accepted \(DEPTH_ZERO_SELF_SIGNED/,
  );
  expect(heard.length).toBe(0);
  expect((await run('feeds', 'update', 'ours')).stderr).toContain('ours: 1 added');
  expect(heard).toMatchObject([{ authorization: 'Bearer s3cret-word', 'x-key': 's3cret-word' }, { host: /localhost/ }]);
  expect(JSON.stringify(heard[1])).not.toContain('s3cret-word');
  expect((await run('feeds', 'update', 'clear')).stderr).toContain('without TLS');
  expect((await run('feeds', 'update', 'loop')).stderr).toContain('redirects more than 5 times');
}, 30_000);

test('answers that break off, that are damaged, that never end in pages: nothing changes', async () => {
  let wrong: 'cut' | 'damaged' | '' = '';
  const server = await serverOf((request, response) => {
    const url = new URL(request.url!, 'http://here');
    if (url.pathname.startsWith('/taxii')) {
      response.setHeader('content-type', 'application/taxii+json;version=2.1');
      if (url.pathname.endsWith('/collections/'))
        response.end(JSON.stringify({ collections: [{ id: 'a', title: 'A', can_read: true }] }));
      else if (url.pathname.endsWith('/objects/')) response.end(JSON.stringify({ more: true, next: 'x', objects: [] }));
      else response.end(JSON.stringify({ title: 'root', versions: ['application/taxii+json;version=2.1'] }));
    } else if (wrong === 'cut') {
      response.writeHead(200, { 'content-length': '1000' }).write('203.0.113.9\n');
      setTimeout(() => response.destroy(), 50);
    } else if (wrong === 'damaged')
      response.end(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(100, 7)]));
    else response.end('203.0.113.7\n203.0.113.8\n');
  });
  const { run } = workspaceWith(
    `  list: {kind: url, url: "${server.url}/list"}\n  endless: {kind: taxii, url: "${server.url}/taxii/"}\n`,
  );
  expect((await run('feeds', 'update', 'list')).stderr).toContain('2 added');
  wrong = 'cut';
  expect(await run('feeds', 'update', 'list')).toMatchObject({ code: 1, stderr: /the answer breaks off/ });
  wrong = 'damaged';
  expect(await run('feeds', 'update', 'list')).toMatchObject({ code: 1, stderr: /gzip data is damaged/ });
  expect(await run('feeds', 'update', 'endless')).toMatchObject({ code: 1, stderr: /same page again/ });
  expect((await run('query', COUNT, '--format', 'csv')).stdout).toContain('2,2');
}, 60_000);

test('MISP attributes; a STIX bundle with revoked and expired objects; a document longer than what is looked at', async () => {
  const attributes = Array.from({ length: 3 }, (_, n) => ({
    uuid: `5f1b2c1e-0d0b-4a7e-9d52-00000000000${n}`,
    event_id: '1',
    type: 'domain',
    category: 'Network activity',
    to_ids: n > 0,
    timestamp: '1772359200',
    value: `evil${n}.example`,
    Event: { uuid: '6f1b2c1e-0d0b-4a7e-9d52-000000000001', info: 'Case' },
  }));
  const server = await serverOf((_request, response, body) => {
    const { page, limit } = JSON.parse(body) as { page: number; limit: number };
    response.end(JSON.stringify({ response: { Attribute: attributes.slice((page - 1) * limit, page * limit) } }));
  });
  const bundle = {
    type: 'bundle',
    id: 'bundle--5f1b2c1e-0d0b-4a7e-9d52-111111111111',
    objects: Array.from({ length: 5000 }, (_, n) => ({
      type: 'indicator',
      spec_version: '2.1',
      id: `indicator--0b5a2f0e-6f4d-4f3b-8a4d-${String(n).padStart(12, '0')}`,
      created: '2026-03-01T00:00:00.000Z',
      modified: '2026-03-01T00:00:00.000Z',
      description: 'x'.repeat(2000),
      pattern: `[ipv4-addr:value = '10.0.${n >> 8}.${n & 255}' OR domain-name:value = 'd${n}.example']`,
      pattern_type: 'stix',
      valid_from: '2026-03-01T00:00:00Z',
      ...(n === 0 ? { revoked: true } : n === 1 ? { valid_until: '2026-03-02T00:00:00Z' } : {}),
    })),
  };
  const { run, folder } = workspaceWith(
    `  attributes: {kind: misp, endpoint: attributes, url: "${server.url}", token: {env: PATH}}
  bundle: {kind: file, path: "FOLDER/bundle.json"}
`,
    { 'bundle.json': JSON.stringify(bundle) },
  );
  expect((await run('feeds', 'update')).stderr.split('\n').slice(0, 2)).toEqual([
    'attributes: 3 added; 2 active indicators',
    'bundle: 10,000 added; 9,996 active indicators',
  ]);
  // the pattern of one has an alternative less: its row is gone, the others are as they were
  bundle.objects[7]!.pattern = "[domain-name:value = 'd7.example']";
  bundle.objects[7]!.modified = '2026-03-05T00:00:00.000Z';
  writeFileSync(join(folder, 'bundle.json'), JSON.stringify(bundle));
  expect((await run('feeds', 'update', 'bundle')).stderr).toContain('bundle: 1 changed; 9,995 active');
  expect((await run('query', COUNT, '--format', 'csv')).stdout).toContain('10002,9997');
}, 60_000);

test('a server that hangs does not hold up the end; a kill within an update leaves the state before or after it', async () => {
  const hanging = await serverOf((_request, response) => {
    response.writeHead(200).write('203.0.113.7\n');
  });
  const served = await serving({ config: `${PORTS}feeds:\n  slow: {kind: url, url: "${hanging.url}/"}\n` });
  while (hanging.asked.length === 0) await new Promise((done) => setTimeout(done, 20));
  const { ms, code } = await served.end();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(8_000);

  let round = 0;
  const list = await serverOf((_request, response) => {
    round++;
    const rows = Array.from({ length: 20_000 }, (_, n) => `10.${round}.${n >> 8}.${n & 255}`);
    response.end(rows.join('\n'));
  });
  const workspace = folderWith();
  const config = `${PORTS}feeds:\n  list: {kind: url, url: "${list.url}/", every: 1s}\n`;
  for (let kill = 0; kill < Number(process.env.TRAWL_KILLS ?? 4); kill++) {
    const killed = await serving({ workspace, config });
    await new Promise((done) => setTimeout(done, 300 + Math.random() * 1500));
    await killed.end('SIGKILL');
    if (!existsSync(join(workspace, 'workspace.duckdb'))) continue;
    const after = await serving({ workspace, config: PORTS });
    const rows = Number(await answerTo(after, 'ThreatIntelligenceIndicator | count').catch(() => 0));
    expect(rows % 20_000).toBe(0);
    if (rows > 0) expect(await answerTo(after, 'ThreatIntelligenceIndicator | where Active | count')).toBe(20_000);
    await after.end();
  }
}, 90_000);
