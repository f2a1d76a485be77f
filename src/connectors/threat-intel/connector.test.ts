import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { collect, noRows, readSamples } from '../testing.js';
import { threatIntel } from './manifest.js';
import { attributeColumns } from './misp/attributes.js';
import { observe } from './observable.js';

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
const sampleOf = (text: string, json: readonly unknown[] = []) => ({ text, lines: linesOf(text), json });

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      const framing = name.endsWith('.json') ? 'json' : 'lines';
      expect(collect(threatIntel, text, { framing, fileName: name })).toEqual(expected);
      expect(
        threatIntel.detect(sampleOf(text, framing === 'json' ? recordsOf(JSON.parse(text)) : [])),
      ).toBeGreaterThanOrEqual(0.6);
    });
});

const recordsOf = (value: { objects?: unknown[]; response?: unknown[] }): unknown[] =>
  value.objects ?? value.response ?? [value];

test.each([
  ['1.2.3[.]4', { NetworkIP: '1.2.3.4' }],
  ['1.2.3.4:443', { NetworkIP: '1.2.3.4', NetworkPort: 443 }],
  ['10.0.0.0/8', { NetworkCidrBlock: '10.0.0.0/8' }],
  ['10.0.0.1/32', { NetworkIP: '10.0.0.1' }],
  ['2001:DB8::1', { NetworkIP: '2001:db8::1' }],
  ['bücher.example', { DomainName: 'xn--bcher-kva.example' }],
  ['evil.example:8080', { DomainName: 'evil.example', NetworkPort: 8080 }],
  ['hxxp://evil[.]example/x', { Url: 'http://evil.example/x' }],
  ['evil.example/x', { Url: 'evil.example/x' }],
  ['someone@evil.example', { EmailSenderAddress: 'someone@evil.example' }],
  ['999.1.1.1', null],
  ['hello', null],
  ['1.2.3.4:99999', null],
])('%s is told by its look', (value, columns) => expect(observe(value)).toEqual(columns));

test.each([
  ['ip-src', '203.0.113.0/24', { NetworkCidrBlock: '203.0.113.0/24', NetworkSourceCidrBlock: '203.0.113.0/24' }],
  ['hostname|port', 'c2.example|443', { DomainName: 'c2.example', NetworkPort: 443 }],
  [
    'ip-dst|port',
    '203.0.113.7:443',
    { NetworkIP: '203.0.113.7', NetworkDestinationIP: '203.0.113.7', NetworkDestinationPort: 443, NetworkPort: 443 },
  ],
  ['regkey|value', 'HKLM\\x|y', {}],
  ['AS', 'AS64500', { NetworkDestinationAsn: 64500 }],
  ['filename|imphash', 'a.exe|ABC', { FileName: 'a.exe', FileHashType: 'imphash', FileHashValue: 'abc' }],
])('MISP %s', (type, value, columns) => expect(attributeColumns(type, value)).toEqual(columns));

describe('lists and tables', () => {
  const rows = (text: string, fileName = 'feed.txt') => collect(threatIntel, text, { framing: 'lines', fileName });

  test('a feed without dates is as old as its file, and has ids that stay', () => {
    const [first, again] = [rows('203.0.113.7\n'), rows('# new\n203.0.113.7\n')];
    expect(first.rows[0]?.row).toMatchObject({
      TimeGenerated: '2024-06-15T12:00:00.0000000Z',
      IndicatorProvider: 'feed',
      Active: true,
    });
    expect(first.rows[0]?.row.IndicatorId).toBe(again.rows[0]?.row.IndicatorId);
  });

  test('default-validity-days gives an end', () => {
    const { row } = collect(threatIntel, '203.0.113.7', { framing: 'lines', settings: { 'default-validity-days': 30 } })
      .rows[0]!;
    expect(row.ExpirationDateTime).toBe('2024-07-15T12:00:00.0000000Z');
  });

  test('a header names the columns; what has no column is kept', () => {
    const found = rows(
      'ip,confidence,first_seen,threat,our note\n203.0.113.7,80,6/1/2024 1:02:03 PM,C2,look\nbroken,1,,,\n',
    );
    expect(found.events).toBe(1);
    expect(found.rejected[0]?.reason).toContain("not an indicator: 'broken'");
    expect(found.rows[0]?.row).toMatchObject({
      NetworkIP: '203.0.113.7',
      ConfidenceScore: 80,
      TimeGenerated: '2024-06-01T13:02:03.0000000Z',
      ThreatType: 'C2',
      AdditionalInformation: expect.stringContaining('"our note":"look"'),
    });
  });

  test('two hashes of an entry are two rows of one event', () => {
    const found = rows(
      'md5,sha1,malware\nd41d8cd98f00b204e9800998ecf8427e,da39a3ee5e6b4b0d3255bfef95601890afd80709,Heron\n',
    );
    expect([found.events, found.rows.map(({ row }) => row.FileHashType)]).toEqual([1, ['MD5', 'SHA1']]);
  });

  test('JSON: entries of a document, with what the document says of all', () => {
    const text = JSON.stringify({
      Metadata: { Source: 'Someone' },
      List: [
        { Indicator: 'bad.example', IndicatorType: 'domain' },
        { Indicator: 'CVE-2020-1', IndicatorType: 'cve' },
      ],
      n: [],
    });
    const found = collect(threatIntel, text, { framing: 'json' });
    expect([found.events, found.rows[0]?.row]).toMatchObject([
      2,
      { DomainName: 'bad.example', IndicatorProvider: 'Someone' },
    ]);
    expect(found.rows[1]?.row.AdditionalInformation).toContain('CVE-2020-1');
  });
});

test.each([
  [
    'a botnet list',
    '# Botnet C2 list (CSV)\n#\n"first_seen_utc","dst_ip","dst_port","c2_status","malware"\n"2024-06-01 07:44:46","203.0.113.94","443","offline","Heron"\n# END (1) entries\n',
    { NetworkIP: '203.0.113.94', NetworkDestinationPort: 443, MalwareNames: 'Heron' },
  ],
  [
    'a commented header',
    '# id,dateadded,url,url_status,threat,tags\n"3","2024-06-01 10:00:05","http://203.0.113.9:4000/i","online","malware_download","elf,mips"\n',
    { Url: 'http://203.0.113.9:4000/i', Tags: '["elf","mips"]' },
  ],
  [
    'MISP as CSV',
    'uuid,event_id,category,type,value,comment,to_ids,date\n"u1",2,"Network activity","ip-dst","203.0.113.7","c",0,1717400000\n',
    { NetworkIP: '203.0.113.7', Active: false, ExternalIndicatorId: 'u1' },
  ],
  ['a list under one name', '# DstIP\n203.0.113.94\n', { NetworkIP: '203.0.113.94', Description: '' }],
])('%s', (_, text, row) => {
  expect(threatIntel.detect(sampleOf(text))).toBeGreaterThan(0.6);
  expect(collect(threatIntel, text, { framing: 'lines' })).toMatchObject({ events: 1, rejected: [], rows: [{ row }] });
});

test('a warninglist is no list of indicators', () => {
  const list = {
    name: 'Resolvers',
    description: 'd',
    version: 3,
    type: 'cidr',
    matching_attributes: ['ip-dst'],
    list: ['192.0.2.1', '10.0.0.0/8'],
  };
  const found = collect(threatIntel, JSON.stringify(list), { framing: 'json' });
  expect([
    found.events,
    found.rows.map(({ table, row }) => [table, row.Value, row.NetworkIP, row.NetworkCidrBlock]),
  ]).toEqual([
    2,
    [
      ['MispWarninglist_CL', '192.0.2.1', '192.0.2.1', undefined],
      ['MispWarninglist_CL', '10.0.0.0/8', undefined, '10.0.0.0/8'],
    ],
  ]);
});

test('the same source read on after its end starts its count afresh', () => {
  const parser = threatIntel.open({ framing: 'json', fileName: 'x', modified: 0, settings: {}, rows: noRows });
  const indicator = (id: string) => ({
    type: 'indicator',
    id: `indicator--${id}`,
    pattern: "[ipv4-addr:value = '192.0.2.1']",
    pattern_type: 'stix',
  });
  parser.parse(indicator('1'), () => {}, { line: 1 });
  expect(parser.end?.(() => {})).toBe(1);
  parser.parse(indicator('2'), () => {}, { line: 2 });
  expect(parser.end?.(() => {})).toBe(1);
});

test.each([
  [
    'a web server log',
    '203.0.113.7 - - [01/Jun/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n203.0.113.8 - - [01/Jun/2024:10:00:01 +0000] "GET /x HTTP/1.1" 200 5\n',
  ],
  ['a firewall table', 'time,src_ip,dst_ip,dst_port,action\n2024-06-01,10.0.0.1,203.0.113.7,443,allow\n'],
  [
    'a table without header',
    '2024-06-01 10:00:00,10.0.0.1,203.0.113.7,443,allow\n2024-06-01 10:00:01,10.0.0.1,203.0.113.7,443,allow\n',
  ],
  ['prose', 'The quick brown fox\njumps over the lazy dog.\n'],
  ['a table of Sentinel', 'TimeGenerated [UTC],IndicatorId,NetworkIP,ThreatType,Url\n2024-06-01,x,203.0.113.7,C2,\n'],
])('%s is not claimed', (_, text) => expect(threatIntel.detect(sampleOf(text))).toBe(0));

test('JSON of others is not claimed', () => {
  expect(threatIntel.detect(sampleOf('{', [{ timestamp: 'x', src_ip: '10.0.0.1', host: 'a.example' }]))).toBe(0);
  expect(threatIntel.detect(sampleOf('{', [{ Event: { System: { EventID: 1 } } }]))).toBe(0);
});

test('nothing but Reject is thrown, whatever comes', () => {
  const names = fc.constantFrom(
    'type',
    'id',
    'pattern',
    'Event',
    'Attribute',
    'Object',
    'value',
    'list',
    'response',
    'indicator',
    'name',
    'version',
    'objects',
    'to_ids',
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue({ maxDepth: 1 }),
      fc.constantFrom('indicator', 'ip-dst', 'bundle', 'indicator--x', 'cidr'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(names, tie('value'), { maxKeys: 6 }),
    ),
  })).value;
  const line = fc.oneof(
    fc.string(),
    fc
      .array(fc.oneof(fc.string(), fc.constantFrom('ip', 'indicator', 'threat', '1.2.3.4', 'a.example', '"')), {
        maxLength: 6,
      })
      .map((cells) => cells.join(',')),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(json, line), { maxLength: 20 }), (records) => {
      const parser = threatIntel.open({ framing: 'json', fileName: 'x', modified: 0, settings: {}, rows: noRows });
      for (const record of records)
        try {
          parser.parse(record, () => {}, { line: 1 });
        } catch (error) {
          if (!(error instanceof Reject)) throw error;
        }
      parser.end?.(() => {});
    }),
    { numRuns: 500 },
  );
});
