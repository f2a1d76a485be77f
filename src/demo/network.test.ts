import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR } from './clock.js';
import { type DemoNetwork, type DemoOptions, generateDemoNetwork } from './index.js';
import { lastNight } from './schedule.js';

const END = Date.UTC(2026, 0, 2, 9, 30, 0);
const SMALL: DemoOptions = { end: END, days: 3, scale: 0.1 };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'trawl-demo-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function hashes(folder: string, network: DemoNetwork): Promise<string[]> {
  return Promise.all(
    network.files.map(
      async ({ path }) =>
        `${path} ${createHash('sha256')
          .update(await readFile(join(folder, path)))
          .digest('hex')}`,
    ),
  );
}

describe('generateDemoNetwork', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const make = async (name: string, options: DemoOptions): Promise<string[]> =>
      hashes(join(root, name), await generateDemoNetwork(join(root, name), options));
    const one = await make('one', { ...SMALL, seed: 7 });
    expect(await make('two', { ...SMALL, seed: 7 })).toEqual(one);
    const other = await make('three', { ...SMALL, seed: 8 });
    for (const [index, line] of other.entries()) expect(line).not.toBe(one[index]);
  });

  it('ends at `end`, begins `days` before, and counts what is in the files', async () => {
    const folder = join(root, 'span');
    const progress: number[] = [];
    const network = await generateDemoNetwork(folder, { ...SMALL, onProgress: (fraction) => progress.push(fraction) });
    const rows = (await readFile(join(folder, 'azure/VMConnection.json'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.at(-1).TimeGenerated).toBe('2026-01-02T09:30:00.000Z');
    expect(Date.parse(rows[0].TimeGenerated)).toBeGreaterThanOrEqual(END - 3 * DAY);
    expect(Date.parse(rows[0].TimeGenerated)).toBeLessThan(END - 3 * DAY + HOUR);
    expect(network.files.map((file) => file.path)).toEqual([
      ...['2025-12-30', '2025-12-31', '2026-01-01', '2026-01-02'].map((day) => `firewall/pa-fw01-${day}.log`),
      'firewall/fgt-branch.log',
      'defender/DeviceNetworkEvents.json',
      'dns/dns-dc01.log',
      'azure/VMConnection.json',
      'intel/indicators.json',
    ]);
    for (const file of network.files) {
      const text = await readFile(join(folder, file.path), 'latin1');
      expect(text.length, file.path).toBe(file.bytes);
      const events =
        file.path.endsWith('.log') && file.path.startsWith('dns')
          ? / PACKET /g
          : file.path.startsWith('intel')
            ? /"type":"indicator"/g
            : /\n/g;
      expect(text.match(events)?.length, file.path).toBe(file.events);
      expect((await stat(join(folder, file.path))).mtimeMs, file.path).toBeLessThanOrEqual(END);
    }
    expect(network.events).toBe(network.files.reduce((sum, file) => sum + file.events, 0));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
  });

  it('writes well-formed lines in time order', async () => {
    const folder = join(root, 'form');
    const network = await generateDemoNetwork(folder, SMALL);
    const text = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
    const sorted = (times: number[]): void =>
      expect(times.every((time, i) => i === 0 || time >= times[i - 1]!)).toBe(true);

    for (const { path } of network.files.filter((file) => file.path.startsWith('firewall/'))) {
      for (const line of (await text(path)).trim().split('\n')) {
        expect(line).toMatch(
          /^<\d+>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w-]+ CEF:0\|(Palo Alto Networks\|PAN-OS|Fortinet\|Fortigate)\|[^|]+\|[^|]+\|[^|]+\|\d\|[A-Za-z]\w*=[^|]*$/,
        );
        expect(line).not.toMatch(/undefined(?!\s)|NaN|null|-\d+ /);
      }
    }
    const defender = (await text('defender/DeviceNetworkEvents.json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    sorted(defender.map((row) => Date.parse(row.properties.Timestamp)));
    for (const { properties } of defender) {
      expect(properties.DeviceName).toMatch(/^(fin|sal|eng|ops|bra)-ws\d\d\.corp\.example$/);
      expect(Date.parse(properties.InitiatingProcessCreationTime)).toBeLessThan(Date.parse(properties.Timestamp));
    }
    sorted(
      (await text('azure/VMConnection.json'))
        .trim()
        .split('\n')
        .map((line) => Date.parse(JSON.parse(line).TimeGenerated)),
    );
    const packets = (await text('dns/dns-dc01.log')).split('\r\n').filter((line) => line.includes(' PACKET '));
    for (const line of packets) {
      expect(line).toMatch(
        /^\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d [AP]M [0-9A-F]{4} PACKET {2}[0-9A-F]{16} UDP (Rcv|Snd) [\d.]+ +[0-9a-f]{4} (R| ) Q \[[0-9a-f]{4} [A ][T ][D ][R ] [ A-Z]{8}\] (A|AAAA|SRV|PTR) +(\(\d+\)[\w-]+)+\(0\)$/,
      );
    }
    sorted(packets.map((line) => Date.parse(`${/^\S+ \S+ [AP]M/.exec(line)![0]} UTC`)));
  });

  it('names no address or domain that could be anyone’s', async () => {
    const allowed = new BlockList();
    for (const range of [
      '10.0.0.0/8',
      '172.16.0.0/12',
      '192.168.0.0/16',
      '100.64.0.0/10',
      '169.254.0.0/16',
      '224.0.0.0/4',
      '192.0.2.0/24',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '198.18.0.0/15',
      '0.0.0.0/32',
    ]) {
      const [address, prefix] = range.split('/');
      allowed.addSubnet(address!, Number(prefix));
    }
    for (const [address, prefix] of [
      ['2001:db8::', 32],
      ['fd00::', 8],
      ['::', 128],
    ] as const)
      allowed.addSubnet(address, prefix, 'ipv6');
    const folder = join(root, 'names');
    const network = await generateDemoNetwork(folder, SMALL);
    for (const { path } of network.files) {
      const text = await readFile(join(folder, path), 'utf8');
      const bare = text
        .replaceAll(/"InitiatingProcess\w+Version":"[^"]*"/g, '')
        .replaceAll(/\bv?\d+\.\d+\.\d+-h3\b/g, '');
      for (const address of new Set(bare.match(/(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d.]|\.in-addr)/g)))
        expect(allowed.check(address), `${path} ${address}`).toBe(true);
      for (const address of new Set(bare.match(/(?<=[= "'])[0-9a-f]*:[0-9a-f:]*::[0-9a-f]*(?=[ "'/])/g))) {
        if (isIP(address) === 6) expect(allowed.check(address, 'ipv6'), `${path} ${address}`).toBe(true);
      }
      const domains = [
        ...text.matchAll(/(?:request=|"RemoteUrl":"|"DeviceName":"|"Computer":"|dvchost=)([\w.-]+)/g),
        ...[...text.matchAll(/((?:\(\d+\)[\w-]+)+)\(0\)/g)].map((match) => [
          '',
          match[1]!.replaceAll(/\(\d+\)/g, '.').slice(1),
        ]),
        ...text.matchAll(/(?:domain-name:value = '|https?:\/\/)([\w.-]+)/g),
      ].map((match) => match[1]!);
      for (const domain of new Set(domains))
        expect(domain, path).toMatch(/\.(example|test|example\.(com|net|org)|in-addr\.arpa)$/);
    }
  });

  it('refuses what makes no sense', async () => {
    for (const wrong of [
      { end: Number.NaN },
      { end: 1.5 },
      { days: 1 },
      { scale: 0 },
      { scale: Number.NaN },
      { hosts: 10 },
      { seed: 0.5 },
    ]) {
      await expect(generateDemoNetwork(join(root, 'wrong'), { ...SMALL, ...wrong })).rejects.toThrow(RangeError);
    }
  });

  it('keeps memory flat as events grow', async () => {
    const peak = async (scale: number): Promise<number> => {
      let most = 0;
      await generateDemoNetwork(join(root, 'memory'), {
        end: END,
        days: 2,
        scale,
        onProgress: () => {
          most = Math.max(most, process.memoryUsage().heapUsed);
        },
      });
      return most;
    };
    const small = await peak(0.5);
    expect(await peak(5)).toBeLessThan(small + 150 * 1024 * 1024);
  }, 60_000);
});

describe('lastNight', () => {
  it('lies in the dark of the last day, whenever the logs end', () => {
    for (let hour = 0; hour < 24; hour++) {
      const end = Date.UTC(2026, 2, 10, hour, 17);
      const start = lastNight(end, 100);
      expect(start).toBeGreaterThan(end - 23.1 * HOUR);
      expect(start + 100 * 60_000).toBeLessThan(end);
      for (const time of [start, start + 100 * 60_000]) {
        const at = new Date(time).getUTCHours();
        expect(at >= 22 || at < 5).toBe(true);
      }
    }
  });
});
