import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { type CollectOptions, collect, readSamples } from '../testing.js';
import { readResults } from './dns.js';
import { sysmon } from './manifest.js';

const framingOf = (name: string): CollectOptions => ({ framing: name.endsWith('json') ? 'json' : 'xml-events' });

const eventXml = (data: Record<string, string>, id = 3, provider = 'Microsoft-Windows-Sysmon') =>
  `<Event><System><Provider Name="${provider}"/><EventID>${id}</EventID><TimeCreated SystemTime="2024-06-11T08:15:05Z"/><Computer>c</Computer></System><EventData>${Object.entries(
    data,
  )
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')}</EventData></Event>`;

const xml = (text: string, settings = {}) => collect(sysmon, text, { framing: 'xml-events', settings });
const row = (text: string, table: string, settings = {}) =>
  xml(text, settings).rows.find((found) => found.table === table)?.row;

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(sysmon, text, framingOf(name))).toEqual(expected);
      expect(detect(connectors, sampleOf(text, true), false)).toMatchObject({
        connector: { name: 'sysmon' },
        ...framingOf(name),
      });
    });

  test('each way of exporting is recognised by one event of it', () => {
    const exports = readSamples(new URL('./samples/', import.meta.url)).find(({ name }) => name === 'exports.ndjson')!;
    for (const line of exports.text.trim().split('\n').slice(0, 11))
      expect(detect(connectors, sampleOf(line, true), false)?.connector.name).toBe('sysmon');
  });

  test('other formats are not taken', () => {
    for (const text of [
      '',
      '{}',
      '{"EventID":3}',
      '<Event>',
      '<Events></Events>',
      '<a><Event/></a>',
      '{"data":{"win":1}}',
    ])
      expect(sysmon.detect(sampleOf(text, true))).toBe(0);
  }); // prettier-ignore
});

describe('connections', () => {
  test('an accepted one has its source as the remote side', () => {
    const data = {
      Initiated: 'false',
      SourceIp: '203.0.113.1',
      SourcePort: '9',
      DestinationIp: '10.0.0.1',
      DestinationPort: '22',
    };
    expect(row(eventXml(data), 'DeviceNetworkEvents')).toMatchObject({
      ActionType: 'InboundConnectionAccepted',
      RemoteIP: '203.0.113.1',
      RemotePort: 9,
      LocalIP: '10.0.0.1',
      LocalPort: 22,
    });
  }); // prettier-ignore

  test('what is no address or port stays in AdditionalFields', () => {
    expect(row(eventXml({ SourceIp: 'host', SourcePort: '70000' }), 'DeviceNetworkEvents')).toMatchObject({
      LocalIP: '',
      AdditionalFields: { SourceIp: 'host', SourcePort: '70000' },
    });
  });

  test('only of Sysmon, and only when wanted', () => {
    expect(row(eventXml({}, 3, 'Other'), 'DeviceNetworkEvents')).toBeUndefined();
    expect(row(eventXml({}, 3, 'Other'), 'Event')).toBeDefined();
    expect(row(eventXml({}), 'DeviceNetworkEvents', { 'hunt-rows': 'dns' })).toBeUndefined();
  });
});

describe('lookups', () => {
  test.each([
    ['-', [], []],
    ['::ffff:192.0.2.1;', ['192.0.2.1'], []],
    ['type:  5 a.example;type:  5 b.example;192.0.2.1;2001:db8::1;', ['192.0.2.1', '2001:db8::1'], ['CNAME', 'CNAME']],
    ['type:  16 ;', [], ['TXT']],
    ['type: 28 2001:db8::1;', [], ['AAAA']],
  ])('%s', (text, addresses, types) => expect(readResults(text)).toEqual({ addresses, types }));

  test.each([
    ['0', 0, 'NOERROR'],
    ['9003', 3, 'NXDOMAIN'],
    ['9002', 2, 'SERVFAIL'],
    ['9501', 0, 'NOERROR'],
    ['9701', 0, 'NOERROR'],
    ['1460', 1460, ''],
  ])('status %s', (QueryStatus, ResultCode, Result) =>
    expect(row(eventXml({ QueryName: 'a.example.', QueryStatus }, 22), 'DnsEvents')).toMatchObject({
      Name: 'a.example',
      ResultCode,
      Result,
    }),
  );

  test('the client is the setting when the event has no address', () => {
    expect(row(eventXml({}, 22), 'DnsEvents')?.ClientIP).toBe('127.0.0.1');
    expect(row(eventXml({}, 22), 'DnsEvents', { 'client-ip': '' })?.ClientIP).toBe('');
  });
});

describe('XML', () => {
  const refused = (text: string) => xml(text).rejected[0]?.reason;

  test('entities of a document are not known, whatever they say', () => {
    expect(refused('<Event><System>&a;</System></Event>')).toMatch(/not well-formed XML: .*undefined entity/);
    expect(refused('<Event><!DOCTYPE x [<!ENTITY a "b">]><System/></Event>')).toMatch(/not well-formed XML/);
    expect(refused('<Event><![CDATA[x]]><System><EventID>x</EventID></System></Event>')).toBe(
      'the event has no EventID',
    );
  });

  test('depth is bounded', () => {
    expect(refused(`<Event>${'<a>'.repeat(100_000)}</Event>`)).toBe('the XML is nested too deeply');
  });

  test('control characters, character references and CDATA are kept', () => {
    const data = row(eventXml({ QueryName: 'a&#x41;&#1;\u0002<![CDATA[<b>]]>' }, 22), 'DnsEvents');
    expect(data?.Name).toContain('aA');
    expect(data?.Name).toContain('<b>');
  });

  test('any text gives rows or is rejected', () => {
    const part = fc.constantFrom(
      '<Event>',
      '</Event>',
      '<System>',
      '</System>',
      '<EventID>3</EventID>',
      '<Data Name="',
      '"',
      '>',
      '<',
      '&amp;',
      '&',
      '<EventData>',
      '</EventData>',
      ']]>',
      '<TimeCreated SystemTime="2024-06-11T08:15:05Z"/>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 30 }), (parts) => {
        xml(`<Event>${parts.join('')}</Event>`);
      }),
    );
  }); // prettier-ignore
});

test('any JSON gives rows or is rejected', () => {
  const names = fc.constantFrom(
    'EventID',
    'Channel',
    'winlog',
    'event_id',
    'event_data',
    'Event',
    'System',
    'EventData',
    'Data',
    'Message',
    'Payload',
    '_source',
    'data',
    'win',
    'Image',
    '@timestamp',
    '#text',
    'Id',
    'ProviderName',
    'LogName',
    '__proto__',
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('3', '22', 'Microsoft-Windows-Sysmon', '2024-06-11T08:15:05Z', '<EventData'),
      fc.jsonValue(),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(names, tie('any')),
    ),
  })).any;
  fc.assert(
    fc.property(fc.dictionary(names, value), (record) => {
      collect(sysmon, `[${JSON.stringify(record)}]`, { framing: 'json' });
    }),
    { numRuns: 500 },
  );
}); // prettier-ignore
