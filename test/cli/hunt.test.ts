import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firewallLog, folderWith, indicatorOf, type Ran, trawl } from './trawl.js';

const LOG = firewallLog([
  ['2026-03-04T10:00:00Z', '10.0.0.5', '203.0.113.9', 443, 'deny', 100],
  ['2026-03-04T10:05:00Z', '10.0.0.5', '203.0.113.9', 443, 'deny', 100],
  ['2026-03-04T11:00:00Z', '10.0.0.6', '198.51.100.7', 443, 'accept', 300_000_000],
  ['2026-03-04T12:00:00Z', '10.0.0.7', '198.51.100.8', 443, 'accept', 60_000_000],
]);
const FILES = { 'logs/fw.log': LOG, 'logs/intel.json': indicatorOf('203.0.113.9') };

/** A hunt of one's own, with a knob of each kind. */
const OWN = `id: 5b1e0f8e-0c58-4f3a-9f0a-333333333333
name: Busy sources
description: Sources with many connections.
query: |
  let least = 2; // connections
  let names = dynamic(["10.0.0.5"]);
  CommonSecurityLog
  | summarize Connections = count() by SourceIP
  | where Connections >= least and SourceIP in (names)
entityMappings:
  - entityType: IP
    fieldMappings:
      - identifier: Address
        columnName: SourceIP
`;

describe('trawl hunt --data', () => {
  let folder: string;
  let ran: Ran;
  beforeAll(async () => {
    folder = folderWith(FILES, afterAll);
    ran = await trawl(['hunt', '--data', 'logs'], { cwd: folder });
  });

  it('runs all hunts as of the last event and says so', () => {
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/5 events from 2 files/);
    expect(ran.stdout.match(/As of 2026-03-04 12:00:00 UTC \(the latest event\)/g)).toHaveLength(5);
  });
  it('shows what was found, plainly', () => {
    expect(ran.stdout).toMatch(/10\.0\.0\.5 +203\.0\.113\.9 +443 +deny +Grey Heron server +2 /);
    expect(ran.stdout).toMatch(/10\.0\.0\.6 +198\.51\.100\.7 +286\.1/);
    expect(ran.stdout).toContain('Nothing found');
    expect(ran.stdout).toContain('No data in: DeviceNetworkEvents');
    expect(ran.stdout).toMatch(/Large outbound transfers +1 finding/);
  });
  it('keeps nothing', () => {
    expect(readdirSync(folder)).toEqual(['logs']);
  });
});

it('knobs go to the hunts that have them; the result says which differ', async () => {
  const folder = folderWith(FILES);
  const { code, stdout } = await trawl(
    [
      'hunt',
      'large-outbound-transfers',
      '4',
      '--set',
      'DataThresholdBytes=50*1000*1000',
      '--set',
      '4.lookback=7d',
      '--data',
      'logs/fw.log',
      'logs/intel.json',
      '--format',
      'json',
    ],
    { cwd: folder },
  );
  expect(code).toBe(0);
  const { hunts } = JSON.parse(stdout);
  expect(hunts.map((of: { id: string }) => of.id)).toEqual(['large-outbound-transfers', 'dns-queries-for-bad-domains']);
  expect(hunts[0].findings.map((of: { values: { SourceIP: string } }) => of.values.SourceIP)).toEqual([
    '10.0.0.6',
    '10.0.0.7',
  ]);
  expect(hunts[0].findings[0].entities).toContainEqual({ type: 'IP', identifiers: { Address: '10.0.0.6' } });
  expect(hunts[0].kql).toContain('let DataThresholdBytes = 50000000;');
  const changed = (hunt: { knobs: { name: string; changed: boolean }[] }) =>
    hunt.knobs.filter((of) => of.changed).map((of) => of.name);
  expect([changed(hunts[0]), changed(hunts[1])]).toEqual([['DataThresholdBytes'], ['lookback']]);
});

describe('a workspace', () => {
  let folder: string;
  beforeAll(async () => {
    folder = folderWith(
      {
        ...FILES,
        '.trawl/hunts/busy-sources.yaml': OWN,
        '.trawl/trawl.yaml':
          'hunts:\n  defaults:\n    lookback: 2d\n  busy-sources:\n    names: ["10.0.0.5", "10.0.0.6"]\n',
      },
      afterAll,
    );
    expect((await trawl(['ingest', 'logs'], { cwd: folder })).code).toBe(0);
  });

  it('has hunts and knobs of its own, in trawl.yaml; what is typed wins', async () => {
    const { stdout } = await trawl(
      ['hunt', 'busy-sources', 'large-outbound-transfers', '--set', 'least=1', '--as-of', 'latest', '--format', 'json'],
      { cwd: folder },
    );
    const [own, large] = JSON.parse(stdout).hunts;
    expect(own.findings.map((of: { values: object }) => of.values)).toEqual(
      expect.arrayContaining([
        { SourceIP: '10.0.0.5', Connections: 2 },
        { SourceIP: '10.0.0.6', Connections: 1 },
      ]),
    );
    expect(large.kql).toContain('let lookback = 2d;');
  });

  it('is live: the clock is now, and old data is pointed out', async () => {
    const { stdout, stderr, code } = await trawl(['hunt', '3'], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`As of ${new Date().getUTCFullYear()}-.* \\(now\\)`));
    expect(stdout).toContain('Nothing found');
    expect(stderr).toContain('try --as-of latest');
  });

  it('csv of several hunts: a file each', async () => {
    const { code } = await trawl(['hunt', '1', '3', '--as-of', 'latest', '--format', 'csv', '--output', 'found/'], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'found')).sort()).toEqual([
      'denied-outbound-to-threat-intel.csv',
      'large-outbound-transfers.csv',
    ]);
    const [row] = parse(readFileSync(join(folder, 'found', 'large-outbound-transfers.csv'), 'utf8'), {
      columns: true,
    }) as Record<string, string>[];
    expect(row).toMatchObject({ SourceIP: '10.0.0.6', DestinationIP: '198.51.100.7' });
  });

  it('lists tables, hunts and knobs', async () => {
    const [tables, hunts, knobs] = await Promise.all([
      trawl(['tables', '--format', 'json'], { cwd: folder }),
      trawl(['hunts', '--format', 'csv'], { cwd: folder }),
      trawl(['hunts', 'knobs', 'busy-sources'], { cwd: folder }),
    ]);
    expect(JSON.parse(tables.stdout)).toContainEqual({
      table: 'CommonSecurityLog',
      rows: 4,
      columns: expect.any(Number),
      first: '2026-03-04T10:00:00.0000000Z',
      last: '2026-03-04T12:00:00.0000000Z',
    });
    expect((parse(hunts.stdout) as string[][]).map(([at, id]) => `${at} ${id}`)).toEqual(
      expect.arrayContaining(['1 denied-outbound-to-threat-intel', '3 large-outbound-transfers', '6 busy-sources']),
    );
    expect(knobs.stdout).toMatch(/least +long +2 +connections/);
  });
});

it('mistakes name what would be right', async () => {
  const folder = folderWith({
    'bad/hunts/own.yaml': OWN.replace('  let least = 2', '  let least == 2'),
    'bad/trawl.yaml': 'hunts:\n  own:\n    - 1\n',
    'junk/notes.txt': 'nothing to see\n',
    'q.kql': 'DnsEvents | where Naem == 1\n',
    'odd.yaml': 'id: x\nname: y\nquery: |\n  let a = 1;\n  DnsEvents | where Naem == 1\n',
  });
  const cases = [
    [['hunt', '9', '--data', '.'], 1, /unknown-hunt[\s\S]*1 denied-outbound-to-threat-intel/],
    [
      ['hunt', '3', '--set', 'lookback=soon', '--data', '.'],
      1,
      /bad-knob.*timespan, such as 7d[\s\S]*DataThresholdBytes: long = 100 \* 1024 \* 1024/,
    ],
    [['hunt', '3', '--set', 'loopback=1d', '--data', '.'], 1, /unknown-knob.*loopback[\s\S]*lookback: timespan = 1d/],
    [['hunt', '3'], 2, /nothing to hunt in/],
    [['hunt', '3', '--data', 'junk'], 1, /not read: junk\/notes\.txt: no connector[\s\S]*nothing-read/],
    [['hunts', '--config', 'bad/trawl.yaml'], 1, /yaml-invalid.*bad\/trawl\.yaml:3: hunts\.own/],
    [['check', 'q.kql', 'odd.yaml'], 3, /^$/],
  ] as const;
  for (const [args, code, message] of cases) {
    const ran = await trawl(args, { cwd: folder });
    expect(ran.stderr).toMatch(message);
    expect([args, ran.code]).toEqual([args, code]);
    if (args[0] === 'check') {
      expect(ran.stdout).toContain('--> q.kql:1:19');
      expect(ran.stdout).toContain('--> odd.yaml:5:21');
    }
  }
});
