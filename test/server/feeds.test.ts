import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { tokenOf } from '../../src/server/registration.js';
import type { ServerStatus } from '../../src/server/status.js';
import { folderWith, trawl } from '../cli/trawl.js';
import { type Added, indicator, serverOf, taxiiServer } from './feed-servers.js';
import { answerTo, eventually, type Served, serving } from './serving.js';

const PORTS = 'serve:\n  syslog: {udp: 0, tcp: 0, tls: 0}\n  http: 0\n';
const ACTIVE = 'ThreatIntelligenceIndicator | where Active';
const addresses = (feed: string): string =>
  `${ACTIVE} and SourceSystem == '${feed}' | summarize strcat_array(array_sort_asc(make_set(NetworkIP)), ' ')`;

async function statusOf(served: Served): Promise<ServerStatus> {
  const headers = { authorization: `Bearer ${tokenOf(served.workspace)}` };
  return (await (await fetch(new URL('/api/status', served.urls.http), { headers })).json()) as ServerStatus;
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50)))
    if (await check().catch(() => false)) return;
  throw new Error('it did not come about');
}

test('a list: read, unchanged, changed; what vanished is retired; garbage and an empty answer change nothing', async () => {
  let body = '# bad\n203.0.113.7\n203.0.113.8\nevil.example\n';
  let etag = '"1"';
  let status = 200;
  const statuses: number[] = [];
  const list = await serverOf((request, response) => {
    const code = status !== 200 ? status : request.headers['if-none-match'] === etag ? 304 : 200;
    statuses.push(code);
    response.writeHead(code, { etag }).end(code === 200 ? body : undefined);
  });
  const served = await serving({
    config: `${PORTS}feeds:\n  blocklist: {kind: url, url: "${list.url}/list.txt?key=hunter2", every: 1s, confidence: 70}\n`,
  });
  expect(await eventually(served, addresses('blocklist'), ' 203.0.113.7 203.0.113.8')).toBe(' 203.0.113.7 203.0.113.8');
  expect(await answerTo(served, `${ACTIVE} | summarize avg(ConfidenceScore)`)).toBe(70);
  await until(async () => statuses.includes(304));
  expect((await statusOf(served)).feeds[0]).toMatchObject({
    source: `${list.url}/list.txt?…`,
    failures: 0,
    counts: { added: 3, active: 3 },
  });

  const written = await answerTo(served, `${ACTIVE} and NetworkIP == '203.0.113.7' | project TimeGenerated`);
  [body, etag] = ['# bad\n203.0.113.7\n203.0.113.9\n', '"2"'];
  await until(async () => (await answerTo(served, addresses('blocklist'))) === '203.0.113.7 203.0.113.9');
  expect(await answerTo(served, `${ACTIVE} and NetworkIP == '203.0.113.7' | project TimeGenerated`)).toBe(written);
  expect(
    await answerTo(served, 'ThreatIntelligenceIndicator | where not(Active) and ExpirationDateTime <= now() | count'),
  ).toBe(2);
  expect((await statusOf(served)).feeds[0]!.counts).toMatchObject({ added: 1, retired: 2, unchanged: 1, active: 2 });

  // what vanished comes back
  [body, etag] = ['# bad\n203.0.113.7\n203.0.113.8\n203.0.113.9\n', '"3"'];
  await until(async () => (await answerTo(served, `${ACTIVE} | count`)) === 3);
  expect(await answerTo(served, 'ThreatIntelligenceIndicator | count')).toBe(4);

  for (const [wrong, said] of [
    ['<html><body>Please\nlog in</body></html>\n', /holds no indicators/],
    ['', /it is empty/],
  ] as const) {
    [body, etag] = [wrong, `"${wrong.length}"`];
    await until(async () => said.test((await statusOf(served)).feeds[0]!.problem));
    expect(await answerTo(served, `${ACTIVE} | count`)).toBe(3);
  }
  const rejected = await served.run('rejected', '--file', 'feed:blocklist', '--format', 'json');
  expect(rejected.stdout + rejected.stderr).toContain('Please');

  status = 503;
  await until(async () => /HTTP 503/.test((await statusOf(served)).feeds[0]!.problem));
  const { warnings } = await statusOf(served);
  expect(warnings.join()).toMatch(/feed blocklist fails since .*HTTP 503/);
  const metrics = await (
    await fetch(new URL('/metrics', served.urls.http), {
      headers: { authorization: `Bearer ${tokenOf(served.workspace)}` },
    })
  ).text();
  expect(metrics).toMatch(/trawl_feed_indicators\{feed="blocklist"\} 3/);
  const { stderr, code } = await served.end();
  expect(code).toBe(0);
  expect(stderr + JSON.stringify(warnings)).not.toContain('hunter2');
});

test('a feed that fails is tried again, less and less often, until it recovers; the state outlives a restart', async () => {
  const times: number[] = [];
  let works = false;
  const list = await serverOf((_request, response) => {
    times.push(Date.now());
    response.writeHead(works ? 200 : 500, { etag: '"1"' }).end(works ? '203.0.113.7\n' : 'no');
  });
  const config = `${PORTS}feeds:\n  list: {kind: url, url: "${list.url}/", every: 1s}\n`;
  const served = await serving({ config });
  await until(async () => times.length >= 4);
  expect(times[3]! - times[2]!).toBeGreaterThan((times[1]! - times[0]!) * 1.5);
  expect((await statusOf(served)).feeds[0]).toMatchObject({ failures: expect.any(Number), succeeded: 0 });
  works = true;
  const updated = await served.run('feeds', 'update', 'list');
  expect(updated).toMatchObject({ code: 0, stderr: expect.stringContaining('list: 1 added; 1 active indicators') });
  const [feed] = (await statusOf(served)).feeds;
  expect(feed).toMatchObject({ failures: 0, problem: '' });
  await served.end();
  const again = await trawl(['feeds', '--workspace', served.workspace, '--format', 'json']);
  expect(JSON.parse(again.stdout)[0]).toMatchObject({ feed: 'list', state: 'up to date', indicators: 1 });
}, 40_000);

test('TAXII 2.1: pages, what was added since, revoked and changed objects; wrong credentials', async () => {
  const objects: Added[] = [
    {
      added: '2026-03-01T00:00:00.000001Z',
      object: { type: 'identity', id: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff', name: 'Heron Watch' },
    },
    ...[1, 2, 3, 4].map((n) => ({
      added: `2026-03-01T00:00:0${n}.000001Z`,
      object: indicator(n, `203.0.113.${n}`, { created_by_ref: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff' }),
    })),
  ];
  const server = await taxiiServer(objects, `Basic ${Buffer.from('analyst:s3cret-word').toString('base64')}`);
  const workspace = folderWith();
  writeFileSync(join(workspace, 'password'), 'wrong-word\n');
  const served = await serving({
    workspace,
    config: `${PORTS}feeds:
  heron:
    kind: taxii
    url: "${server.url}/taxii2/"
    collection: indicators
    every: 1h
    user: analyst
    password: {file: "${join(workspace, 'password')}"}
`,
  });
  await until(async () => /refuses the credentials \(HTTP 401\)/.test((await statusOf(served)).feeds[0]!.problem));
  writeFileSync(join(workspace, 'password'), 's3cret-word\n');
  expect((await served.run('feeds', 'update')).stderr).toContain('heron: 4 added; 4 active indicators');
  expect(server.asked.filter((line) => /objects/.test(line)).length).toBe(3);
  expect(
    await answerTo(
      served,
      `${ACTIVE} | distinct IndicatorProvider, SourceSystem | project strcat(IndicatorProvider, '/', SourceSystem)`,
    ),
  ).toBe('Heron Watch/heron');

  expect((await served.run('feeds', 'update')).stderr).toContain('heron: nothing new; 4 active');
  expect(server.asked.at(-1)).toContain('added_after=2026-03-01T00%3A00%3A04.000001Z');

  const later = {
    created_by_ref: 'identity--f431f809-377b-45e0-aa1c-6a4751cae5ff',
    modified: '2026-03-02T00:00:00.000Z',
  };
  objects.push(
    { added: '2026-03-02T00:00:01.000001Z', object: indicator(1, '203.0.113.1', { ...later, revoked: true }) },
    { added: '2026-03-02T00:00:02.000001Z', object: indicator(2, '203.0.113.22', later) },
    {
      added: '2026-03-02T00:00:03.000001Z',
      object: indicator(3, '203.0.113.3', { ...later, valid_until: '2026-03-03T00:00:00Z' }),
    },
    // an older version of it comes late
    {
      added: '2026-03-02T00:00:04.000001Z',
      object: indicator(4, '203.0.113.44', { modified: '2026-02-01T00:00:00.000Z' }),
    },
  );
  expect((await served.run('feeds', 'update')).stderr).toContain('heron: 3 changed; 2 active indicators');
  expect(await answerTo(served, addresses('heron'))).toBe('203.0.113.22 203.0.113.4');
  expect(await answerTo(served, 'ThreatIntelligenceIndicator | count')).toBe(4);
  expect(
    await answerTo(
      served,
      `${ACTIVE} | summarize make_set(IndicatorProvider) | project strcat_array(set_IndicatorProvider, ' ')`,
    ),
  ).toBe('Heron Watch');
  const shown = JSON.stringify(await statusOf(served));
  const { stderr } = await served.end();
  expect(shown + stderr).not.toMatch(/s3cret-word|wrong-word/);
}, 40_000);

test('MISP: events of the API by pages with a key, and those published since; deleted attributes are retired', async () => {
  const attribute = (uuid: number, value: string, more = {}) => ({
    uuid: `5f1b2c1e-0d0b-4a7e-9d52-${String(uuid).padStart(12, '0')}`,
    type: 'ip-dst',
    category: 'Network activity',
    to_ids: true,
    timestamp: '1772359200',
    value,
    ...more,
  });
  const event = (n: number, attributes: unknown[]) => ({
    Event: {
      uuid: `6f1b2c1e-0d0b-4a7e-9d52-00000000000${n}`,
      info: `Case ${n}`,
      Orgc: { name: 'CERT' },
      Attribute: attributes,
    },
  });
  let events = [
    event(1, [attribute(1, '203.0.113.1'), attribute(2, '203.0.113.2')]),
    event(2, [attribute(3, '203.0.113.3')]),
  ];
  const server = await serverOf((request, response, body) => {
    if (request.headers.authorization !== 'misp-k3y') return response.writeHead(403).end('{}');
    const { page } = JSON.parse(body) as { page: number };
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ response: events.slice(page - 1, page) }));
  });
  process.env.TRAWL_TEST_MISP_KEY = 'misp-k3y';
  const served = await serving({
    config: `${PORTS}feeds:\n  misp: {kind: misp, url: "${server.url}/", token: {env: TRAWL_TEST_MISP_KEY}, every: 1h}\n`,
  });
  expect(await eventually(served, addresses('misp'), '203.0.113.1 203.0.113.2 203.0.113.3')).toBe(
    '203.0.113.1 203.0.113.2 203.0.113.3',
  );
  expect(server.asked[0]).not.toContain('publish_timestamp');
  events = [event(1, [attribute(1, '203.0.113.1', { deleted: true })]), event(3, [attribute(4, '203.0.113.4')])];
  expect((await served.run('feeds', 'update', 'misp')).stderr).toContain('misp: 1 added, 1 changed, 1 retired');
  expect(server.asked.at(-1)).toContain('publish_timestamp');
  expect(await answerTo(served, addresses('misp'))).toBe('203.0.113.3 203.0.113.4');
  expect((await served.end()).stderr).not.toContain('misp-k3y');
}, 40_000);

test('without a server: a MISP feed, a gzip file, a CSV file; an indicator that ends; names and settings that are wrong', async () => {
  const uuid = '7f1b2c1e-0d0b-4a7e-9d52-000000000001';
  let timestamp = '1772359200';
  let value = 'evil.example';
  const feed = await serverOf((request, response) => {
    const answers: Record<string, unknown> = {
      '/feed/manifest.json': { [uuid]: { timestamp, info: 'x' } },
      [`/feed/${uuid}.json`]: {
        Event: {
          uuid,
          info: 'x',
          Attribute: [{ uuid, type: 'domain', category: 'Network activity', to_ids: true, timestamp, value }],
        },
      },
      '/moved': undefined,
    };
    if (request.url === '/old') return response.writeHead(301, { location: '/list.gz' }).end();
    if (request.url === '/list.gz') return response.writeHead(200).end(gzipSync('198.51.100.0/24\n198.51.100.77\n'));
    return response.writeHead(answers[request.url!] ? 200 : 404).end(JSON.stringify(answers[request.url!]));
  });
  const soon = new Date(Date.now() + 2500).toISOString();
  const folder = folderWith({
    'ours.csv': `ip,threat,valid_until\n192.0.2.1,c2,${soon}\n192.0.2.2,c2,2099-01-01T00:00:00Z\n`,
  });
  writeFileSync(
    join(folder, 'trawl.yaml'),
    `feeds:
  circl: {kind: misp, url: "${feed.url}/feed/"}
  moved: {kind: url, url: "${feed.url}/old"}
  ours: {kind: file, path: "${join(folder, 'ours.csv')}"}
`,
  );
  const run = (...args: string[]) => trawl([...args, '--workspace', folder]);
  const first = await run('feeds', 'update');
  expect(first.stderr).toContain('circl: 1 added; 1 active indicators');
  expect(first.stderr).toContain('moved: 2 added; 2 active indicators');
  expect(first.stderr).toContain('ours: 2 added; 2 active indicators');
  expect(first.code).toBe(0);
  [timestamp, value] = ['1772359300', 'worse.example'];
  await new Promise((done) => setTimeout(done, Math.max(0, Date.parse(soon) - Date.now()) + 50));
  const second = await run('feeds', 'update', 'circl', 'ours');
  expect(second.stderr).toContain('circl: 1 changed; 1 active indicators');
  expect(second.stderr).toContain('ours: 1 retired; 1 active indicators');
  const wrong = await run('feeds', 'update', 'crcl');
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('no feed crcl; did you mean circl') });
  const { stdout } = await run(
    'query',
    `${ACTIVE} | summarize count() by SourceSystem | sort by SourceSystem asc`,
    '--format',
    'csv',
  );
  expect(stdout.trim().split(/\r?\n/).slice(1)).toEqual(['circl,1', 'moved,2', 'ours,1']);
}, 60_000);

test('more than a document may have is refused as it comes, and what is there stays', async () => {
  const line = Buffer.from('203.0.113.7 # '.padEnd(1023, 'x').concat('\n'));
  const block = Buffer.concat(Array.from({ length: 1024 }, () => line));
  const bomb = gzipSync(Buffer.concat(Array.from({ length: 300 }, () => block)), { level: 1 });
  const server = await serverOf((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  );
  const folder = folderWith({ 'trawl.yaml': `feeds:\n  big: {kind: url, url: "${server.url}/"}\n` });
  const ran = await trawl(['feeds', 'update', '--workspace', folder]);
  expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining('big: failed: it is larger than 256 MiB') });
}, 60_000);
