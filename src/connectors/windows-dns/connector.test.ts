import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CollectOptions, collect, readSamples } from '../testing.js';
import { typeName } from './codes.js';
import { windowsDns } from './manifest.js';
import { readCountedName } from './name.js';
import { formatIpv6, readDnsMessage } from './wire.js';

const framingOf = (name: string) => (name.endsWith('.json') ? 'json' : 'lines');
const packet = (date: string, rest = 'UDP Rcv 10.0.0.2  c049   Q [0001   D   NOERROR] A      (1)a(0)') =>
  `${date} 0FE0 PACKET  000002C53117D990 ${rest}`;
const times = (lines: string[], options: CollectOptions = {}) =>
  collect(windowsDns, lines.join('\n'), options).rows.map(({ row }) => row.TimeGenerated);

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => expect(collect(windowsDns, text, { framing: framingOf(name) })).toEqual(expected));

  test('are recognised', () => {
    const lines = [packet('1/20/2026 11:00:16 PM'), packet('1/20/2026 11:00:17 PM')];
    expect(windowsDns.detect({ text: '', lines, json: [] })).toBe(1);
    expect(windowsDns.detect({ text: '', lines: ['1/20/2026 11:00:16 PM hello'], json: [] })).toBe(0);
    const events = [{ winlog: { event_data: { QNAME: 'a.' } }, event: { code: '256' } }];
    expect(windowsDns.detect({ text: '', lines: ['{'], json: events })).toBe(1);
    expect(windowsDns.detect({ text: '', lines: ['{'], json: [{ EventID: 4624, XID: 1 }] })).toBe(0);
  });
});

describe('dates', () => {
  test.each([
    ['1/20/2026 11:00:16 PM', '2026-01-20T23:00:16.0000000Z'],
    ['20/01/2026 12:00:16 a.m.', '2026-01-20T00:00:16.0000000Z'],
    ['20.01.2026 23:00:16', '2026-01-20T23:00:16.0000000Z'],
    ['20. 1. 2026 9:00:16', '2026-01-20T09:00:16.0000000Z'],
    ['20-01-2026 23.00.16', '2026-01-20T23:00:16.0000000Z'],
    ['2026-01-20 23:00:16', '2026-01-20T23:00:16.0000000Z'],
    ['2026/1/20 下午 11:00:16', '2026-01-20T23:00:16.0000000Z'],
    ['20260120 23:00:16', '2026-01-20T23:00:16.0000000Z'],
  ])('%s', (date, ticks) => expect(times([packet(date)])).toEqual([ticks]));

  test('the order is found in the rest of the file', () => {
    expect(times([packet('1/2/2026 10:00:00'), packet('13/2/2026 10:00:00')])[0]).toBe('2026-02-01T10:00:00.0000000Z');
    expect(times([packet('1/2/2026 10:00:00'), packet('2/13/2026 10:00:00')])[0]).toBe('2026-01-02T10:00:00.0000000Z');
    const header = 'DNS Server log file creation at 31/1/2026 10:00:00 PM';
    expect(times([header, packet('1/2/2026 10:00:00 PM')])).toEqual(['2026-02-01T22:00:00.0000000Z']);
  });

  test("else in the file's own date, else in its clock", () => {
    const modified = Date.UTC(2026, 1, 3, 12);
    expect(times([packet('3/2/2026 10:00:00 AM')], { modified })).toEqual(['2026-02-03T10:00:00.0000000Z']);
    const later = Date.UTC(2026, 11, 3);
    expect(times([packet('3/2/2026 10:00:00 AM')], { modified: later })).toEqual(['2026-03-02T10:00:00.0000000Z']);
    expect(times([packet('3/2/2026 10:00:00')], { modified: later })).toEqual(['2026-02-03T10:00:00.0000000Z']);
  });

  test('settings', () => {
    const settings = { 'date-order': 'mdy', 'time-zone': 'Europe/Berlin' };
    expect(times([packet('3/2/2026 10:00:00')], { settings })).toEqual(['2026-03-02T09:00:00.0000000Z']);
    expect(times([packet('7/2/2026 10:00:00')], { settings })).toEqual(['2026-07-02T08:00:00.0000000Z']);
    expect(() => times([], { settings: { 'date-order': 'dym' } })).toThrow("'dym' is none of");
  });
});

describe('rows', () => {
  test('without responses in the file, queries are the lookups', () => {
    const rows = collect(windowsDns, packet('2026-01-20 23:00:16')).rows;
    expect(rows.map(({ row }) => [row.SubType, row.EventId, row.ResultCode])).toEqual([
      ['LookupQuery', 256, undefined],
    ]);
  });

  test('a packet without pointer and type, of an old server; and one of an unknown opcode', () => {
    const old = '20041021 10:40:53 758 PACKET  UDP Rcv 10.10.10.10     0f33   Q [0001   D   NOERROR] (3)www(1)x(0)';
    const odd = packet('20041021 10:40:53', 'UDP Snd 10.1.1.1   0f33 R ? [0001   D   NOTIMP] ');
    const rows = collect(windowsDns, `${old}\n${odd}`).rows.map(({ row }) => row);
    expect(rows).toMatchObject([
      { Name: 'www.x', QueryType: '', ClientIP: '10.10.10.10', EventId: 256 },
      { Name: '', SubType: 'Other', Result: 'NOTIMP', ResultCode: 4 },
    ]);
  });

  test('a rejected line does not take the held row with it', () => {
    const result = collect(windowsDns, `${packet('20260120 23:00:16')}\n20260120 23:00:17 0FE0 PACKET broken`);
    expect([result.events, result.rows.length, result.rejected.length]).toEqual([1, 1, 1]);
  });
});

describe('names and types', () => {
  test.each([
    ['(3)odc(10)officeapps(4)live(3)com(0)', 'odc.officeapps.live.com'],
    ['[C00C](3)www(1)x(0)', 'www.x'],
    ['(4)a(3)(1)b(0)', 'a(3).b'],
    ['(3)a.b(1)c(0)', 'a\\.b.c'],
    ['(5)größe(1)x(0)', 'größe.x'],
    ['(7)größe(1)x(0)', 'größe.x'],
    ['(3)ab', 'ab'],
    ['(0)', '.'],
    ['plain.example', 'plain.example'],
  ])('%s', (text, name) => expect(readCountedName(text)).toBe(name));

  test('types', () => {
    expect(['28', 'aaaa', 'TYPE65', 'ALL', '0x1c', '12345'].map(typeName)).toEqual([
      'AAAA',
      'AAAA',
      'HTTPS',
      'ANY',
      'AAAA',
      'TYPE12345',
    ]);
  });
});

describe('DNS messages', () => {
  test('addresses in the form of RFC 5952', () => {
    const show = (hex: string) => formatIpv6(Buffer.from(hex, 'hex'));
    expect(show('20010db8000000000001000000000001')).toBe('2001:db8::1:0:0:1');
    expect(show('00000000000000000000000000000000')).toBe('::');
    expect(show('20010db8000100010001000100010000')).toBe('2001:db8:1:1:1:1:1:0');
  });

  test('hostile bytes end in time', () => {
    const loop = `0001818000010001000000000161c00cc00c${'00'.repeat(20)}`;
    expect(readDnsMessage(`0x${loop}`)?.addresses).toEqual([]);
    expect(readDnsMessage('0x00')).toBeNull();
    expect(readDnsMessage('zz'.repeat(40))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 200 }), (bytes) => {
        const message = readDnsMessage(Buffer.from(bytes).toString('hex'));
        expect(message!.addresses.length).toBeLessThan(20);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('properties', () => {
  test('names that are written with lengths are read back', () => {
    const label = fc.stringMatching(/^[a-z0-9_()-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 6 }), (labels) => {
        const text = `${labels.map((l) => `(${l.length})${l}`).join('')}(0)`;
        expect(readCountedName(text)).toBe(labels.join('.'));
      }),
    );
  });

  const samples = readSamples(new URL('./samples/', import.meta.url));
  test('garbled logs give rows or reasons', () => {
    const log = samples.find(({ name }) => name.endsWith('.log'))!.text;
    const garbled = fc.record({
      at: fc.nat(log.length),
      drop: fc.nat(300),
      put: fc.string({ unit: 'binary', maxLength: 30 }),
    });
    fc.assert(
      fc.property(garbled, ({ at, drop, put }) => {
        const { events, rows } = collect(windowsDns, log.slice(0, at) + put + log.slice(at + drop));
        expect(rows.length).toBe(events);
      }),
      { numRuns: 200 },
    );
  });

  test('any JSON gives a row or a reason', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 250, max: 285 }), (value, id) => {
        for (const record of [
          value,
          { EventID: id, EventData: value, QNAME: 'x.' },
          { Id: id, Message: value, TimeCreated: value },
        ])
          collect(windowsDns, JSON.stringify([record]), { framing: 'json' });
      }),
      { numRuns: 500 },
    );
  });

  test('long hostile lines take linear time', () => {
    const begin = performance.now();
    for (const unit of [' ', '(1)a', '(9)', '[C00C]', '1/1/2026 ', 'UDP ', ';', '=', '\\.'])
      collect(
        windowsDns,
        `${packet('20260120 23:00:16', 'UDP Rcv 10.0.0.2  c049   Q [0001')}${unit.repeat(200_000)}\n${packet('20260120 23:00:16')}${unit.repeat(200_000)}\n${unit.repeat(200_000)}`,
      );
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
