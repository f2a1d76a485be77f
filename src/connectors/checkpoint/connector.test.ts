import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../ingest/detect.js';
import { collect, readSamples } from '../testing.js';
import { checkpoint } from './manifest.js';

const rowOf = (text: string): Record<string, unknown> => collect(checkpoint, text).rows[0]!.row;
const OWN = 'origin=192.0.2.1|ifdir=inbound|loguid={0x1,0x2,0x3,0x4}';

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url))) {
    test(name, () => {
      const framing = name.endsWith('.json') ? 'json' : 'raw-lines';
      expect(collect(checkpoint, text, { framing })).toEqual(expected);
      expect(checkpoint.detect(sampleOf(text, true))).toBe(1);
    });
    if (name.endsWith('.log'))
      test(`each line of ${name} is certain by itself`, () => {
        for (const line of text.trim().split('\n')) expect(checkpoint.detect(sampleOf(line, true)), line).toBe(1);
      });
  }
});

describe('the Splunk form', () => {
  test('a piece without a key is the rest of the value before it', () => {
    expect(rowOf(`time=1717236000|${OWN}|product=A|info=one|two three|src=10.0.0.1|`)).toMatchObject({
      SourceIP: '10.0.0.1',
      AdditionalExtensions: expect.stringContaining('info=one|two three'),
    });
  });

  test('escaped separators, equals signs and backslashes', () => {
    const row = rowOf(String.raw`time=1717236000|${OWN}|product=A|reason=a\|b=c\=d|resource=C:\\temp\\|src=10.0.0.1`);
    expect(row).toMatchObject({ Reason: 'a|b=c=d', RequestURL: 'C:\\temp\\', SourceIP: '10.0.0.1' });
  });

  test('the first value of a repeated key has the column, the others are kept', () => {
    const row = rowOf(`time=1717236000|${OWN}|product=A|rule_name=One|rule_name=Two|rule_name=Two`);
    expect(row.DeviceCustomString2).toBe('One');
    expect(row.AdditionalExtensions).toMatch(/rule_name=Two$/);
  });
});

describe('the quoted forms', () => {
  test('quotes that nobody escaped', () => {
    const row = rowOf(
      'x - [action:"Drop"; origin:"192.0.2.1"; ifdir:"inbound"; reason:"the "first" rule; of "all""; src:"10.0.0.1"; ]',
    );
    expect(row).toMatchObject({ Reason: 'the "first" rule; of "all"', SourceIP: '10.0.0.1' });
  });

  test('a line that is cut off', () => {
    const row = rowOf('x - [action:"Drop"; origin:"192.0.2.1"; ifdir:"inbound"; src:"10.0.0.1"; dst:"10.0.0.');
    expect(row).toMatchObject({ DeviceAction: 'Drop', SourceIP: '10.0.0.1' });
  });

  test('pipes in values', () => {
    const row = rowOf('x - [action:"Drop"; origin:"192.0.2.1"; ifdir:"inbound"; reason:"a=1|b=2|c=3"; src:"10.0.0.1"]');
    expect(row).toMatchObject({ Reason: 'a=1|b=2|c=3', SourceIP: '10.0.0.1' });
  });
});

describe('LEEF', () => {
  const text = (delimiter: string, between: string): string =>
    `LEEF:2.0|Check Point|SmartDefense|1.0|Prevent|${delimiter}${['cat=IPS', 'devTime=1717236004', 'src=10.0.0.1', 'dst=203.0.113.9', 'dstPort=80'].join(between)}`;
  test.each([
    ['', '\t'],
    ['x09|', '\t'],
    ['^|', '^'],
    ['0x5E|', '^'],
    ['', '|'],
  ])('delimiter %j', (delimiter, between) => {
    expect(rowOf(text(delimiter, between))).toMatchObject({
      DeviceProduct: 'IPS',
      DeviceAction: 'Prevent',
      SourceIP: '10.0.0.1',
      DestinationPort: 80,
      TimeGenerated: '2024-06-01T10:00:04.0000000Z',
    });
  });
});

test('bytes: those that the client sent, by the better of two fields', () => {
  const row = rowOf(
    `time=1717236000|${OWN}|product=A|client_outbound_bytes=1|client_inbound_bytes=2|sent_bytes=10|received_bytes=20`,
  );
  expect([row.SentBytes, row.ReceivedBytes]).toEqual([10, 20]);
  expect(row.AdditionalExtensions).toContain('client_outbound_bytes=1;client_inbound_bytes=2');
});

test('the time of the header stands in for a missing one', () => {
  const row = rowOf(
    '<134>1 2024-06-01T12:00:00+02:00 gw1 CheckPoint 1 - [action="Accept" ifdir="inbound" origin="192.0.2.1"]',
  );
  expect(row).toMatchObject({
    TimeGenerated: '2024-06-01T10:00:00.0000000Z',
    DeviceName: 'gw1',
    Computer: '192.0.2.1',
  });
});

describe('detection', () => {
  test.each([
    'CEF:0|Check Point|VPN-1 & FireWall-1|Check Point|Log|https|Unknown|act=Accept ifdir=inbound loguid={0x1} origin=1.1.1.1',
    'LEEF:2.0|Other|Product|1.0|Event|src=10.0.0.1\tdst=10.0.0.2',
    'date=2024-06-01 time=10:00:00 devname="fw" type="traffic" action="accept" srcip=10.0.0.1 service="HTTPS"',
    '{"action":"Accept","src":"10.0.0.1"}',
    'a=1|b=2|c=3|action=x|time=2',
  ])('leaves %s alone', (line) => expect(checkpoint.detect(sampleOf(line, true))).toBe(0));
});

test('any text gives a row or a reason', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'time=',
      '|',
      '="',
      '"',
      '; ',
      'src:"',
      '[',
      ']',
      '{"',
      '}',
      '\\',
      'LEEF:2.0|Check Point|',
      'ifdir=inbound|',
      'origin=1.1.1.1|',
      'ICMP Type="',
      ' ',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('').replace(/[\r\n]/g, ' ');
      const { events, rejected } = collect(checkpoint, text, { framing: 'raw-lines' });
      expect(events + rejected.length).toBe(text.trim() === '' ? 0 : 1);
    }),
  );
});
