import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../src/index.js';

/** Queries nearly right run as they are meant, with a warning at the place and a rewrite that Sentinel takes and that gives the same. */
const folder = mkdtempSync(join(tmpdir(), 'trawl-relax-'));
let workspace: Workspace;

const TABLES: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
  DnsEvents: [
    { TimeGenerated: '2026-01-01T00:00:00Z', Computer: 'dc01', ClientIP: '10.1.2.3', Name: 'bad.example' },
    { TimeGenerated: '2026-01-01T01:00:00Z', Computer: 'dc02', ClientIP: '192.0.2.9', Name: 'good.example' },
  ],
  DeviceNetworkEvents: [
    { TimeGenerated: '2026-01-01T00:00:00Z', DeviceName: 'pc1', LocalIP: '10.0.0.5', RemoteIP: '203.0.113.5' },
    { TimeGenerated: '2026-01-01T02:00:00Z', DeviceName: 'pc2', LocalIP: 'fd00::5', RemoteIP: '2001:db8::1' },
    { TimeGenerated: '2026-01-01T03:00:00Z', DeviceName: 'pc3', LocalIP: '198.51.100.7', RemoteIP: '10.9.9.9' },
  ],
};

beforeAll(async () => {
  workspace = await openWorkspace();
  for (const [table, rows] of Object.entries(TABLES)) {
    const file = join(folder, `${table}.ndjson`);
    writeFileSync(file, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    await workspace.ingest(file, { table });
  }
});
afterAll(async () => {
  await workspace.close();
  rmSync(folder, { recursive: true });
});

type Relaxed = readonly [
  what: string,
  kql: string,
  codes: readonly string[],
  places: readonly string[],
  rows: readonly (readonly unknown[])[],
];
const CASES: readonly Relaxed[] = [
  [
    'a list of ranges for one range',
    'DeviceNetworkEvents | where ipv4_is_match(LocalIP, dynamic(["10.0.0.0/8", "172.16.0.0/12"])) | project DeviceName',
    ['relaxed-ip-list-match'],
    ['ipv4_is_match'],
    [['pc1']],
  ],
  [
    'a list of ranges by its name, negated',
    'let Internal = dynamic(["10.0.0.0/8"]);\nDeviceNetworkEvents\n| where not(ipv4_is_match(RemoteIP, Internal)) and isnotempty(parse_ipv4(RemoteIP))\n| project DeviceName',
    ['relaxed-ip-list-match'],
    ['ipv4_is_match'],
    [['pc1']],
  ],
  [
    'IPv6 ranges in the list',
    'let Internal = dynamic(["10.0.0.0/8", "fd00::/8"]); DeviceNetworkEvents | where ipv4_is_match(LocalIP, Internal) | project DeviceName | sort by DeviceName asc',
    ['relaxed-ip-list-match'],
    ['ipv4_is_match'],
    [['pc1'], ['pc2']],
  ],
  [
    '$table after a union',
    'union DnsEvents, DeviceNetworkEvents | summarize n = count() by $table | sort by $table asc',
    ['relaxed-union-table-name'],
    ['$table'],
    [['DeviceNetworkEvents', 3], ['DnsEvents', 2]],
  ],
  [
    '$table of an inner union, used far behind it',
    'DnsEvents | project TimeGenerated, Ip = ClientIP | union (DeviceNetworkEvents | project TimeGenerated, Ip = LocalIP) | where Ip has "10" | extend From = $table | project Ip, From | sort by Ip asc',
    ['relaxed-union-table-name'],
    ['$table'],
    [['10.0.0.5', 'union_arg1'], ['10.1.2.3', 'union_arg0']],
  ],
  [
    'DnsEvents.DeviceName',
    'DnsEvents | where Name has "bad" | project DeviceName, ClientIP',
    ['relaxed-dns-device-name'],
    ['DnsEvents'],
    [['dc01', '10.1.2.3']],
  ],
  [
    'count of a column',
    'DeviceNetworkEvents | summarize n = count(RemoteIP)',
    ['relaxed-count-argument'],
    ['RemoteIP'],
    [[3]],
  ],
  [
    'all in one query',
    'let Internal = dynamic(["10.0.0.0/8"]);\nunion (DnsEvents | project DeviceName, Ip = ClientIP | as Dns), (DeviceNetworkEvents | project DeviceName, Ip = LocalIP | as Net)\n| where ipv4_is_match(Ip, Internal)\n| summarize n = count(DeviceName) by $table\n| sort by $table asc',
    ['relaxed-ip-list-match', 'relaxed-union-table-name', 'relaxed-dns-device-name', 'relaxed-count-argument'],
    ['ipv4_is_match', '$table', 'DnsEvents', 'DeviceName'],
    [['Dns', 1], ['Net', 1]],
  ],
]; // biome-ignore format: a table

describe.each(CASES)('%s', (_what, kql, codes, places, rows) => {
  it('runs as it is meant', async () => {
    const { tables } = await workspace.query(kql);
    expect(tables[0]!.rows).toEqual(rows);
  });

  it('warns at the place', async () => {
    const { diagnostics } = await workspace.query(kql);
    expect(diagnostics.map((of) => [of.code, of.severity])).toEqual(codes.map((code) => [code, 'warning']));
    expect(diagnostics.map(({ span }) => kql.slice(span!.start, span!.start + span!.length))).toEqual(places);
  });

  it('its rewrite needs no relaxation and gives the same', async () => {
    const { diagnostics } = await workspace.query(kql);
    const [rewrite, ...others] = new Set(diagnostics.map((of) => of.rewrite));
    expect(others).toEqual([]);
    const again = await workspace.query(rewrite!);
    expect(again.diagnostics).toEqual([]);
    expect(again.tables[0]!.rows).toEqual(rows);
  });
});

it('a query that is right is left alone', async () => {
  const kql =
    'union withsource=T DnsEvents, DeviceNetworkEvents | where ipv4_is_in_any_range(ClientIP, dynamic(["10.0.0.0/8"])) | summarize count() by T';
  const { diagnostics, tables } = await workspace.query(kql);
  expect(diagnostics).toEqual([]);
  expect(tables[0]!.rows).toEqual([['DnsEvents', 1]]);
});

it('a query that stays wrong is refused with what Kusto says of it, not of the rewrite', async () => {
  const kql = 'DnsEvents | where ipv4_is_match(ClientIP, dynamic(["10.0.0.0/8"])) | project Nowhere';
  await expect(workspace.query(kql)).rejects.toMatchObject({
    message: expect.stringMatching(/ipv4_is_match|string expected|Nowhere/),
  });
});
