import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatDatetime } from '../../util/ticks.js';
import { collect, noRows, readSamples } from '../testing.js';
import { defender } from './manifest.js';
import { readTime } from './time.js';

const framingOf = (name: string) => (name.endsWith('.csv') ? 'csv' : 'json');
const json = (...values: unknown[]) => collect(defender, JSON.stringify(values), { framing: 'json' });
const TIME = '2024-06-14T08:15:01.1234567Z';
const detect = (...values: unknown[]) => defender.detect({ text: '', lines: ['{'], json: values });

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => expect(collect(defender, text, { framing: framingOf(name) })).toEqual(expected));
});

describe('detection', () => {
  test('JSON by its envelope, a named table, its columns', () => {
    expect(detect({ category: 'AdvancedHunting-DeviceInfo', properties: { Timestamp: TIME } })).toBe(1);
    expect(detect({ Timestamp: TIME, Type: 'EmailEvents' })).toBeGreaterThan(0.9);
    expect(
      detect({ Timestamp: TIME, RemoteIP: '1.1.1.1', RemotePort: 1, LocalIP: '2.2.2.2', RemoteUrl: 'x' }),
    ).toBeGreaterThan(0.8);
    expect(detect({ Timestamp: TIME, host: 'a', message: 'b' }, 7, null, 'x')).toBe(0);
    expect(detect({ category: 'AzureFirewallNetworkRule', properties: { msg: 'x' }, time: TIME })).toBe(0);
  });

  test('CSV by its header', () => {
    const csv = (header: string) => defender.detect({ text: '', lines: [header], json: [] });
    expect(csv('\uFEFF"Timestamp","DeviceName","RemoteIP","RemotePort","ActionType"')).toBeGreaterThan(0.8);
    expect(csv('TimeGenerated [UTC],DeviceName,FileName,SHA1,FolderPath')).toBeGreaterThan(0.8);
    expect(csv('TimeGenerated,DeviceVendor,DeviceProduct,SourceIP,DestinationIP,Activity')).toBe(0);
    expect(csv('a,b,c')).toBe(0);
    expect(csv('')).toBe(0);
  });
});

describe('tables', () => {
  const tableOf = (row: Record<string, unknown>) => json({ Timestamp: TIME, ...row }).rows[0]?.table;
  test.each([
    [
      { DeviceName: 'a', RemoteIP: '1.1.1.1', RemotePort: 1, LocalIP: '2.2.2.2', LocalPort: 3, Protocol: 'Tcp' },
      'DeviceNetworkEvents',
    ],
    [
      {
        ActionType: 'RegistryValueSet',
        DeviceName: 'a',
        RegistryKey: 'k',
        RegistryValueName: 'v',
        RegistryValueData: 'd',
      },
      'DeviceRegistryEvents',
    ],
    [{ ActionType: 'FileCreated', DeviceName: 'a', FileName: 'f', FolderPath: 'p', SHA1: 's' }, 'DeviceFileEvents'],
    [
      { ActionType: 'ImageLoaded', DeviceName: 'a', FileName: 'f', FolderPath: 'p', SHA1: 's' },
      'DeviceImageLoadEvents',
    ],
    [
      { ActionType: 'LogonSuccess', DeviceName: 'a', LogonType: 'Network', AccountName: 'n', RemoteIP: '1.1.1.1' },
      'DeviceLogonEvents',
    ],
    [
      { NetworkMessageId: 'n', SenderFromAddress: 'a', RecipientEmailAddress: 'b', Subject: 's', DeliveryAction: 'd' },
      'EmailEvents',
    ],
    [{ NetworkMessageId: 'n', Url: 'u', UrlDomain: 'd', UrlLocation: 'Body' }, 'EmailUrlInfo'],
    [{ AlertId: 'a', Title: 't', Category: 'c', Severity: 's', ServiceSource: 'x', DetectionSource: 'y' }, 'AlertInfo'],
    [{ AlertId: 'a', EntityType: 'Ip', EvidenceRole: 'Related', RemoteIP: '1.1.1.1' }, 'AlertEvidence'],
    [
      { Application: 'AD', LogonType: 'i', FailureReason: 'f', AccountUpn: 'u', DestinationDeviceName: 'd' },
      'IdentityLogonEvents',
    ],
    [{ Application: 'AD', QueryType: 'q', Query: 'q', QueryTarget: 't', AccountUpn: 'u' }, 'IdentityQueryEvents'],
    [
      { Application: 'Office', ActivityObjects: [], ActivityType: 'Run', RawEventData: {}, ObjectName: 'o' },
      'CloudAppEvents',
    ],
    [{ Url: 'u', UrlChain: '[]', IsClickedThrough: true, Workload: 'Email', NetworkMessageId: 'n' }, 'UrlClickEvents'],
    [{ Type: 'DeviceInfo', DeviceName: 'a' }, 'DeviceInfo'],
    [{ SourceTable: 'devicenetworkevents', OSPlatform: 'x' }, undefined],
    [{ Colour: 'red' }, undefined],
  ])('%j', (row, table) => expect(tableOf(row)).toBe(table));

  test('the category counts for more than columns, and its case does not matter', () => {
    const rows = json({
      category: 'advancedhunting-devicenetworkevents',
      properties: { Timestamp: TIME, Subject: 's' },
    }).rows;
    expect(rows[0]?.table).toBe('DeviceNetworkEvents');
  });
});

describe('columns', () => {
  test('the answer of the hunting API, whole', () => {
    const answer = {
      Stats: {},
      Schema: [{ Name: 'Timestamp', Type: 'DateTime' }],
      Results: [1, 2].map((n) => ({ Timestamp: TIME, DeviceName: `d${n}`, RemoteIP: '1.1.1.1', RemotePort: n })),
    };
    const result = collect(defender, JSON.stringify(answer), { framing: 'json' });
    expect([result.events, result.rows.map(({ row }) => row.RemotePort)]).toEqual([2, [1, 2]]);
  });

  test('parts that a union split by type are folded back', () => {
    const split = {
      ReportId_string: 'a',
      ReportId_long: 7,
      UserAgent_dynamic: null,
      UserAgent_string: 'ua',
      Extra_dynamic: { a: 1 },
    };
    const row = json({ category: 'AdvancedHunting-DeviceEvents', properties: { Timestamp: TIME, ...split } }).rows[0]!
      .row;
    expect(row).toMatchObject({ ReportId: 7, ReportId_string: 'a', UserAgent: 'ua', Extra: { a: 1 } });
    expect(row).not.toHaveProperty('ReportId_long');
  });

  test('AdditionalFields as object, JSON text, broken text', () => {
    const fields = (value: unknown) =>
      json({ category: 'AdvancedHunting-DeviceEvents', properties: { Timestamp: TIME, AdditionalFields: value } })
        .rows[0]!.row.AdditionalFields;
    expect(fields({ a: 1 })).toEqual({ a: 1 });
    expect(fields('{"a":"{\\"b\\":1}"}')).toEqual({ a: '{"b":1}' });
    expect(fields('[1]')).toEqual([1]);
    expect(fields('{broken')).toBe('{broken');
    expect(fields('')).toBeUndefined();
    expect(fields(null)).toBeUndefined();
  });

  test('an export of Sentinel has its TimeGenerated as Timestamp', () => {
    const row = json({ TimeGenerated: TIME, Type: 'DeviceNetworkEvents', RemoteIP: '1.1.1.1' }).rows[0]!.row;
    expect([row.TimeGenerated, row.Timestamp, row.Type]).toEqual([TIME, TIME, 'DeviceNetworkEvents']);
  });

  test('ragged CSV rows are rejected', () => {
    const result = collect(defender, 'sep=,\nTimestamp,DeviceName,RemoteIP,RemotePort\n2024-01-01,a,1.1.1.1\n', {
      framing: 'csv',
    });
    expect(result.rejected).toEqual([{ line: 3, reason: '3 cells where the header has 4' }]);
  });
});

test('a Timestamp that is an object is rejected', () => {
  expect(
    json({ category: 'AdvancedHunting-DeviceEvents', properties: { Timestamp: { toString: 0 } } }).rejected,
  ).toEqual([{ line: 0, reason: 'its Timestamp is no time: {"toString":0}' }]);
});

test.each([
  ['2024-06-14T08:15:01.1234567Z', '2024-06-14T08:15:01.1234567Z'],
  ['2024-06-14T10:15:01+02:00', '2024-06-14T08:15:01.0000000Z'],
  ['Jun 14, 2024 8:15:01 AM', '2024-06-14T08:15:01.0000000Z'],
  ['June 14, 2024, 8:15:01\u202FAM', '2024-06-14T08:15:01.0000000Z'],
  ['6/14/2024, 8:15:01.5 AM', '2024-06-14T08:15:01.5000000Z'],
  ['6/14/2024 12:15 PM', '2024-06-14T12:15:00.0000000Z'],
  ['6/14/2024 20:15', '2024-06-14T20:15:00.0000000Z'],
  ['14/6/2024 20:15', null],
  ['Foo 14, 2024 8:15:01 AM', null],
  ['', null],
])('time %s', (text, time) => {
  const ticks = readTime(text);
  expect(ticks && formatDatetime(ticks)).toBe(time);
});

describe('properties', () => {
  const property = fc.dictionary(
    fc.oneof(fc.string(), fc.constantFrom('Timestamp', 'RemoteIP', 'Type', 'records', 'Results', '__proto__')),
    fc.jsonValue(),
  );
  test('any JSON gives rows or a reason', () => {
    fc.assert(
      fc.property(fc.jsonValue(), property, (value, properties) => {
        const result = json(
          value,
          { category: 'AdvancedHunting-DeviceEvents', properties, time: TIME },
          { Timestamp: TIME, ...properties },
        );
        expect(result.rows.every(({ row }) => typeof row.TimeGenerated === 'string')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('any CSV gives rows or a reason', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('Timestamp', TIME, 'RemoteIP', '1.1.1.1'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (table) => {
        const parser = defender.open({ framing: 'csv', fileName: '', modified: 0, settings: {}, rows: noRows });
        for (const record of table)
          try {
            parser.parse(record, () => {}, { line: 1 });
          } catch (error) {
            expect((error as Error).name).toBe('Reject');
          }
      }),
      { numRuns: 500 },
    );
  });
});
