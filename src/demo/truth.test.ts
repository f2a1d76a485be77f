import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from './clock.js';
import { type DemoNetwork, generateDemoNetwork } from './index.js';

/** A plain reading of the logs by other means than the product's, to hold the planted truth against. */
interface Connection {
  readonly time: number;
  readonly source: string;
  readonly destination: string;
  readonly port: number;
  readonly action: string;
  readonly sent: number;
}

// DEMO_* try these tests on other networks.
const END = process.env.DEMO_END ? Date.parse(process.env.DEMO_END) : Date.UTC(2026, 5, 12, 15, 0, 0, 123);
const SCALE = Number(process.env.DEMO_SCALE ?? 0.2);

let folder: string;
let network: DemoNetwork;
const firewall: Connection[] = [];
const endpoint: Connection[] = [];
const agent: Connection[] = [];
const queries: { time: number; client: string; name: string }[] = [];
let indicators: { pattern: string; valid_until: string; revoked?: boolean }[] = [];

const inner = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
] as const) {
  inner.addSubnet(network, prefix);
}
inner.addSubnet('fc00::', 7, 'ipv6');
inner.addSubnet('fe80::', 10, 'ipv6');
inner.addSubnet('ff00::', 8, 'ipv6');
const isInner = (address: string): boolean => inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const lines = async (path: string): Promise<string[]> =>
  (await readFile(join(folder, path), 'utf8')).split(/\r?\n/).filter((line) => line !== '');

function cef(line: string): Connection {
  const key = (name: string): string =>
    new RegExp(` ${name}=(\\S*)`).exec(` ${line.split('|').slice(7).join('|')}`)?.[1] ?? '';
  const palo = line.includes('|Palo Alto Networks|');
  const rt = /rt=(\w+ \d+ \d+ [\d:]+ GMT)/.exec(line)?.[1];
  return {
    time: palo ? Date.parse(rt!) : Math.floor(Number(key('FTNTFGTeventtime')) / 1e6),
    source: key('src'),
    destination: key('dst'),
    port: Number(key('dpt')),
    action: key('act'),
    sent: Number(palo ? key('in') : key('out')),
  };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trawl-demo-truth-'));
  network = await generateDemoNetwork(folder, {
    end: END,
    scale: SCALE,
    seed: Number(process.env.DEMO_SEED ?? 1),
    hosts: Number(process.env.DEMO_HOSTS ?? 60),
  });
  for (const { path } of network.files) {
    if (path.startsWith('firewall/'))
      for (const line of await lines(path)) if (!line.includes('|THREAT|')) firewall.push(cef(line));
  }
  for (const line of await lines('defender/DeviceNetworkEvents.json')) {
    const row = JSON.parse(line).properties;
    endpoint.push({
      time: Date.parse(row.Timestamp),
      source: row.LocalIP,
      destination: row.RemoteIP,
      port: row.RemotePort,
      action: row.ActionType,
      sent: 0,
    });
  }
  for (const line of await lines('azure/VMConnection.json')) {
    const row = JSON.parse(line);
    agent.push({
      time: Date.parse(row.TimeGenerated),
      source: row.SourceIp,
      destination: row.DestinationIp,
      port: row.DestinationPort,
      action: row.Direction,
      sent: row.BytesSent,
    });
  }
  for (const line of await lines('dns/dns-dc01.log')) {
    const match = /^(\S+ \S+ [AP]M) .* UDP Rcv (\S+) +[0-9a-f]{4} {3}Q .*\] \w+ +(\S+)$/.exec(line);
    if (!match) continue;
    const name = match[3]!.replace(/\(\d+\)/g, '.').slice(1, -1);
    queries.push({ time: Date.parse(`${match[1]} UTC`), client: match[2]!, name });
  }
  indicators = JSON.parse(await readFile(join(folder, 'intel/indicators.json'), 'utf8')).objects.filter(
    (object: { type: string }) => object.type === 'indicator',
  );
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const lastDay = <T extends { time: number }>(rows: readonly T[]): T[] => rows.filter((row) => row.time > END - DAY);
const valid = (): string[] =>
  indicators
    .filter((indicator) => !indicator.revoked && Date.parse(indicator.valid_until) > END)
    .flatMap((indicator) => [...indicator.pattern.matchAll(/= '([^']+)'/g)].map((match) => match[1]!));

const planted = (hunt: number) => network.planted.filter((one) => one.hunt === hunt);

function counts(keys: readonly string[]): Record<string, number> {
  const result: Record<string, number> = {};
  for (const key of keys) result[key] = (result[key] ?? 0) + 1;
  return result;
}

describe('what each hunt finds in the logs is what was planted', () => {
  it('1: denied connections to valid indicators, and no others', () => {
    const bad = new BlockList();
    for (const value of valid()) {
      const [address, prefix] = value.split('/');
      const family = isIP(address!) === 6 ? 'ipv6' : 'ipv4';
      if (isIP(address!) === 0) continue;
      if (prefix) bad.addSubnet(address!, Number(prefix), family);
      else bad.addAddress(address!, family);
    }
    const found = lastDay(firewall).filter(
      (row) =>
        /^(deny|drop|reset-)/.test(row.action) &&
        isInner(row.source) &&
        bad.check(row.destination, isIP(row.destination) === 6 ? 'ipv6' : 'ipv4'),
    );
    expect(counts(found.map((row) => `${row.source} ${row.destination} ${row.port}`))).toEqual(
      Object.fromEntries(planted(1).map((one) => [`${one.address} ${one.remote} ${one.port}`, one.count])),
    );
    expect(new Set(found.map((row) => row.action))).toEqual(new Set(['deny', 'drop', 'reset-both']));
  });

  it('2: odd outside ports, but for those marked as explainable', () => {
    const common = new Set([80, 443, 53, 22, 21, 25, 110, 143, 993, 995, 3389, 135, 137, 138, 139, 445]);
    const found = lastDay(endpoint).filter(
      (row) => row.action === 'ConnectionSuccess' && !isInner(row.destination) && !common.has(row.port),
    );
    const explained = new Set(
      network.decoys.filter((decoy) => decoy.expected === 'explainable').flatMap((decoy) => decoy.targets),
    );
    const unexplained = found.filter((row) => !explained.has(row.destination));
    expect(counts(unexplained.map((row) => `${row.source} ${row.destination} ${row.port}`))).toEqual(
      Object.fromEntries(planted(2).map((one) => [`${one.address} ${one.remote} ${one.port}`, one.count])),
    );
    expect(found.length).toBeGreaterThan(unexplained.length);
  });

  it('3: more than 100 MB sent, but for the cloud backup', () => {
    const sent = new Map<string, number>();
    for (const row of lastDay(firewall)) {
      if (!isInner(row.source) || isInner(row.destination)) continue;
      const key = `${row.source} ${row.destination}`;
      sent.set(key, (sent.get(key) ?? 0) + row.sent);
    }
    const large = [...sent].filter(([, bytes]) => bytes > 100 * 1024 * 1024).map(([pair]) => pair);
    const [exfiltration] = planted(3);
    const pair = `${exfiltration!.address} ${exfiltration!.remote}`;
    const vault = network.decoys.find((decoy) => decoy.id === 'cloud-backup')!.targets[0];
    expect(large.filter((one) => !one.endsWith(` ${vault}`))).toEqual([pair]);
    expect(sent.get(pair)).toBe(exfiltration!.sent);
    const sessions = firewall.filter((row) => row.destination === exfiltration!.remote);
    expect(sessions.length).toBe(exfiltration!.count);
    expect(Math.max(...sessions.map((row) => row.sent))).toBeLessThan(12 * 1024 * 1024);
  });

  it('4: lookups of indicator domains, of names below them and of hosts of URL indicators', () => {
    const domains = valid()
      .map((value) => (value.includes('://') ? new URL(value).hostname : value))
      .filter((value) => isIP(value) === 0 && value.includes('.') && !value.includes('/'));
    const found = lastDay(queries).filter(
      (query) =>
        isInner(query.client) && domains.some((domain) => query.name === domain || query.name.endsWith(`.${domain}`)),
    );
    expect(counts(found.map((query) => `${query.client} ${query.name}`))).toEqual(
      Object.fromEntries(planted(4).map((one) => [`${one.address} ${one.domain}`, one.count])),
    );
  });

  it('5: new outside addresses are the planted ones and the few ordinary new pages', () => {
    const rows = [...firewall, ...endpoint, ...agent];
    const outside = (row: Connection): string =>
      isInner(row.source) === isInner(row.destination) ? '' : isInner(row.source) ? row.destination : row.source;
    const before = new Set(rows.filter((row) => row.time <= END - DAY).map(outside));
    const fresh = new Set(
      lastDay(rows)
        .map(outside)
        .filter((address) => address !== '' && !before.has(address)),
    );
    const shown = network.planted.filter((one) => one.hunt === 5 || one.also.includes(5)).map((one) => one.remote);
    const pages = network.decoys.find((decoy) => decoy.id === 'new-but-ordinary')!.targets;
    expect([...fresh].sort()).toEqual([...new Set([...shown, ...pages])].sort());
  });

  it('5: the beacon keeps its beat on the server and on the firewall', () => {
    const [beacon] = planted(5);
    const times = agent.filter((row) => row.destination === beacon!.remote).map((row) => row.time);
    const gaps = times.slice(1).map((time, index) => (time - times[index]!) / 1000);
    expect(times.length).toBe(beacon!.count);
    expect(times.length).toBeGreaterThan(250);
    expect(Math.min(...gaps)).toBeGreaterThan(260);
    expect(Math.max(...gaps)).toBeLessThan(340);
    expect(firewall.filter((row) => row.destination === beacon!.remote).length).toBe(beacon!.count);
  });

  it('every quiet decoy is in the logs', () => {
    const seen = new Set([...firewall, ...endpoint, ...agent].flatMap((row) => [row.source, row.destination]));
    const names = new Set(queries.map((query) => query.name));
    for (const decoy of network.decoys) {
      const marks = [...decoy.targets, ...decoy.sources].filter((mark) => isIP(mark) !== 0 || mark.includes('.'));
      const present = marks.filter((mark) => seen.has(mark) || names.has(mark));
      if (marks.length > 0) expect(present, decoy.id).toEqual(marks);
    }
  });
});
