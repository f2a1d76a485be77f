import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { loadHunt } from '../../src/hunting/load.js';
import { openWorkspace, type Workspace, type WorkspaceOptions } from '../../src/index.js';
import { directoryWith, errorOf, huntYaml } from './support.js';

const QUERY = `let Threshold = 2; // failed logons that are worth a look
let lookback = 1h;
Logon_CL
| where TimeGenerated > ago(lookback)
| summarize Failed = countif(not(Success)) by Computer
| where Failed >= Threshold
| order by Computer asc`;

async function open(options: WorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await openWorkspace(options);
  onTestFinished(() => workspace.close());
  return workspace;
}

/** A workspace with logons: pc-1 fails three times, pc-2 twice but long ago, pc-3 never. */
async function withLogons(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const directory = directoryWith(files);
  const rows = [
    ...[50, 51, 52].map((minute) => ['pc-1', `2026-01-31T11:${minute}:00Z`, false]),
    ...[50, 51].map((minute) => ['pc-2', `2026-01-31T09:${minute}:00Z`, false]),
    ['pc-3', '2026-01-31T12:00:00Z', true],
  ].map(([Computer, TimeGenerated, Success]) => JSON.stringify({ TimeGenerated, Computer, Success }));
  const logs = directoryWith({ 'logons.json': rows.join('\n') });
  const workspace = await open({ path: directory });
  await workspace.createTable('Logon_CL', { TimeGenerated: 'datetime', Computer: 'string', Success: 'bool' });
  await workspace.ingest(logs, { table: 'Logon_CL' });
  return workspace;
}

test('a hunt of the workspace runs with its knobs and clock, and names its entities', async () => {
  const workspace = await withLogons({ 'hunts/odd-logons.yaml': huntYaml(QUERY) });
  const result = await workspace.hunt('odd-logons', { asOf: 'latest' });
  expect(result.asOf).toBe('2026-01-31T12:00:00.0000000Z');
  expect(result.findings).toEqual([
    {
      values: { Computer: 'pc-1', Failed: 3 },
      entities: [{ type: 'Host', identifiers: { HostName: 'pc-1' } }],
    },
  ]);
  expect(result.hunt).toMatchObject({ id: 'odd-logons', name: 'Odd logons', tactics: ['CredentialAccess'] });
  expect(result.withoutData).toEqual([]);

  const wider = await workspace.hunt('odd-logons', { asOf: '2026-01-31T12:00:00Z', knobs: { lookback: '7d' } });
  expect(wider.findings.map(({ values }) => values.Computer)).toEqual(['pc-1', 'pc-2']);
  expect(wider.kql).toContain('let lookback = 7d;');
  expect(wider.knobs).toContainEqual(expect.objectContaining({ name: 'lookback', value: '7d', default: '1h' }));
});

test('a hunt goes by short id, GUID, number and path', async () => {
  const workspace = await withLogons({ 'hunts/odd-logons.yaml': huntYaml(QUERY), 'mine.kql': `// Mine\n${QUERY}` });
  const number = workspace.hunts().length;
  const path = join(workspace.path!, 'mine.kql');
  for (const id of ['odd-logons', 'ODD-LOGONS', '00000000-0000-4000-8000-000000000001', String(number), path])
    expect((await workspace.hunt(id, { asOf: 'latest' })).findings).toHaveLength(1);
  expect((await workspace.hunt(path, { asOf: 'latest' })).hunt).toMatchObject({ id: 'mine', name: 'Mine' });
  const error = await errorOf(() => workspace.hunt('even-logons'));
  expect(error.code).toBe('unknown-hunt');
  expect(error.message).toContain('odd-logons');
  expect((await errorOf(() => workspace.hunt(String(number + 1)))).code).toBe('unknown-hunt');
});

test('trawl.yaml sets knobs: of one hunt, and defaults for those that have them', async () => {
  const workspace = await withLogons({
    'hunts/odd-logons.yaml': huntYaml(QUERY),
    'trawl.yaml': 'hunts:\n  defaults:\n    lookback: 7d\n    DataThresholdBytes: 5\n  odd-logons:\n    Threshold: 3\n',
  });
  const { findings, knobs } = await workspace.hunt('odd-logons', { asOf: 'latest' });
  expect(knobs.map(({ name, value }) => [name, value])).toEqual([
    ['Threshold', '3'],
    ['lookback', '7d'],
  ]);
  expect(findings.map(({ values }) => values.Computer)).toEqual(['pc-1']);
  // what is asked for in the call counts most
  const asked = await workspace.hunt('odd-logons', { asOf: 'latest', knobs: { Threshold: 1 } });
  expect(asked.findings.map(({ values }) => values.Computer)).toEqual(['pc-1', 'pc-2']);
});

test.each([
  ['hunts:\n  no-such-hunt:\n    a: 1\n', 'unknown-hunt', 'no-such-hunt'],
  ['hunts:\n  defaults:\n    lokback: 7d\n', 'unknown-knob', 'lokback'],
  ['hunts:\n  odd-logons:\n    Threshold: many\n', 'bad-knob', 'many'],
])('trawl.yaml is refused: %j', async (yaml, code, word) => {
  const workspace = await open({
    path: directoryWith({ 'hunts/odd-logons.yaml': huntYaml(QUERY), 'trawl.yaml': yaml }),
  });
  const error = await errorOf(() => workspace.hunt('odd-logons'));
  expect(error.code).toBe(code);
  expect(error.message).toContain(word);
  expect(error.message).toContain('trawl.yaml');
});

test.each([
  ['hunts:\n  - a\n', /trawl\.yaml:2: hunts/],
  ['hunts:\n  a: [\n', /trawl\.yaml:\d+: /],
  ['hunt: {}\n', /trawl\.yaml:1: .*hunt/],
])('trawl.yaml with %j says file and line', async (yaml, message) => {
  const directory = directoryWith({ 'trawl.yaml': yaml });
  const error = await errorOf(() => readConfig(join(directory, 'trawl.yaml')));
  expect(error.code).toBe('yaml-invalid');
  expect(error.message).toMatch(message);
});

test('a hunt that misses something says which line', async () => {
  const directory = directoryWith({
    'a.yaml': huntYaml(QUERY).replace(/^tactics:\n.*$/m, 'tactics: 5'),
    'b.yaml': 'name: b\nid: x\n',
    'c.yaml': 'id: "x\n',
  });
  for (const [name, message] of [
    ['a.yaml', /a\.yaml:9: tactics/],
    ['b.yaml', /b\.yaml:1: query/],
    ['c.yaml', /c\.yaml:\d+: /],
  ] as const) {
    const error = await errorOf(() => loadHunt(join(directory, name)));
    expect(error.code).toBe('yaml-invalid');
    expect(error.message).toMatch(message);
  }
});

test('the query of a YAML file knows its lines there', () => {
  const directory = directoryWith({ 'a.yaml': huntYaml(QUERY) });
  const { query, queryPlace, dataTypes } = loadHunt(join(directory, 'a.yaml'));
  expect(query.trimEnd()).toBe(QUERY);
  expect(queryPlace).toEqual({ line: 14, indent: 2 });
  expect(dataTypes).toEqual(['Logon_CL']);
});

test('tables without data are named, also for a hunt that finds nothing', async () => {
  const workspace = await open();
  const { findings, withoutData } = await workspace.hunt('dns-queries-for-bad-domains');
  expect(findings).toEqual([]);
  expect([...withoutData].sort()).toEqual(['DnsEvents', 'ThreatIntelligenceIndicator']);
});

test('the shipped hunts come first, in order, and each has knobs with help', async () => {
  const workspace = await open();
  const hunts = workspace.hunts();
  expect(hunts.map(({ id }) => id)).toEqual([
    'denied-outbound-to-threat-intel',
    'uncommon-external-ports',
    'large-outbound-transfers',
    'dns-queries-for-bad-domains',
    'newly-observed-external-addresses',
  ]);
  for (const hunt of hunts)
    for (const { name, help } of workspace.prepareHunt(hunt).knobs) expect(help, `${hunt.id}: ${name}`).not.toBe('');
  const prepared = workspace.prepareHunt('3', { PrivateIPRanges: '["10.0.0.0/8","2001:db8::/32"]' });
  expect(prepared.kql).toContain('let PrivateIPRanges = dynamic(["10.0.0.0/8", "2001:db8::/32"]);');
});
