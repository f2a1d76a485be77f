import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cef } from '../cef/manifest.js';
import { collect, readSamples } from '../testing.js';
import { fortinet } from './manifest.js';

const START = 'date=2024-06-14 time=08:15:01 devname="fgt" devid="FGT60F0000000001" logid="0000000013" type="traffic"';
const run = (text: string, options = {}) => collect(fortinet, text, options).rows[0]?.row;
const fields = (text: string) => run(`${START} ${text}`);
const detect = (...lines: string[]) => fortinet.detect({ text: lines.join('\n'), lines, json: [] });

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(fortinet, text)).toEqual(expected);
      const lines = text.split('\n').filter((line) => line !== '');
      expect(detect(...lines)).toBeGreaterThan(0.8);
    });

  test('detection is certain of a single line, and takes no other format', () => {
    expect(detect(START)).toBe(1);
    expect(detect(`<189>${START}`)).toBe(1);
    expect(detect(START.replaceAll(' ', ','))).toBe(1);
    expect(detect('eventtime=1718352901123456789 tz="+0200" logid="0000000013" type="traffic"')).toBe(1);
    expect(
      detect('CEF:0|Fortinet|Fortigate|v7.0.1|00013|traffic:forward deny|4|FTNTFGTlogid=0000000013 src=10.0.0.1'),
    ).toBe(0);
    expect(detect('date=2024-06-14 time=08:15:01 host=a level=info')).toBe(0);
    expect(detect('ts=1718352901 logid=5')).toBe(0);
    expect(cef.detect({ text: '', lines: [START], json: [] })).toBe(0);
  });
});

describe('times', () => {
  const at = (text: string, options = {}) => run(`${text} logid=0000000013 type=traffic`, options)?.TimeGenerated;
  test.each([
    ['date=2024-06-14 time=08:15:01', '2024-06-14T08:15:01.0000000Z'],
    ['date=2024-06-14 time=08:15:01 tz="-0700"', '2024-06-14T15:15:01.0000000Z'],
    ['date=2024-06-14 time=08:15:01 tz="+05:30"', '2024-06-14T02:45:01.0000000Z'],
    ['date=2024-06-14 time=08:15:01 eventtime=1718352901', '2024-06-14T08:15:01.0000000Z'],
    ['date=2024-06-14 time=08:15:01 eventtime=1718352901123', '2024-06-14T08:15:01.1230000Z'],
    ['date=2024-06-14 time=08:15:01 eventtime=1718352901123456', '2024-06-14T08:15:01.1234560Z'],
    ['date=2024-06-14 time=08:15:01 eventtime=1718352901123456789', '2024-06-14T08:15:01.1234567Z'],
    ['date=2024-06-14 time=08:15:01 eventtime=0', '2024-06-14T08:15:01.0000000Z'],
    ['date=2024-06-14 time=08:15:01 timezone="(GMT-5:00)Eastern Time(US & Canada)"', '2024-06-14T13:15:01.0000000Z'],
    ['<189>Jun 14 08:15:02 fgt devid=FGT1 itime=1718352902', '2024-06-14T08:15:02.0000000Z'],
    ['<189>Jun 14 08:15:03 fgt devid=FGT1', '2024-06-14T08:15:03.0000000Z'],
  ])('%s', (text, time) => expect(at(text)).toBe(time));

  test('the zone setting is for times that do not say theirs', () => {
    const settings = { 'time-zone': 'Asia/Tokyo' };
    expect(at('date=2024-06-14 time=08:15:01', { settings })).toBe('2024-06-13T23:15:01.0000000Z');
    expect(at('date=2024-06-14 time=08:15:01 tz="+0000"', { settings })).toBe('2024-06-14T08:15:01.0000000Z');
  });
});

describe('values', () => {
  test.each([
    ['msg="a b"', 'a b'],
    ['msg="a, b=c d"', 'a, b=c d'],
    ['msg="say \\"hi\\" x=1 now" action=deny', 'say "hi" x=1 now'],
    ['msg="say "hi" there" action=deny', 'say "hi" there'],
    ['msg="C:\\dir\\" action=deny', 'C:\\dir\\'],
    ['msg="\\\\server\\share" action=deny', '\\\\server\\share'],
    ['msg=two words action=deny', 'two words'],
    ['msg="cut off', 'cut off'],
    ['msg="" action=deny', undefined],
    ['msg=', undefined],
  ])('%s', (text, message) => expect(fields(text)?.Message).toBe(message));

  test('what does not fit its column is kept', () => {
    expect(fields('srcport=any sentbyte=lots')?.AdditionalExtensions).toContain(
      'FTNTFGTsrcport=any;FTNTFGTsentbyte=lots',
    );
  });

  test('of repeated fields the first stands', () => {
    expect(fields('msg=a msg=b')).toMatchObject({
      Message: 'a',
      AdditionalExtensions: expect.stringContaining('FTNTFGTmsg=b'),
    });
  });

  test('any separator', () => {
    const line = START.replaceAll(' ', ',');
    expect(run(`${line},srcip=10.0.0.1,msg=a,b,dstip=10.0.0.2`)).toMatchObject({
      SourceIP: '10.0.0.1',
      Message: 'a,b',
      DestinationIP: '10.0.0.2',
    });
  });
});

describe('columns', () => {
  test.each([
    [
      'direction=outgoing srcip=10.0.0.1 dstip=203.0.113.1 dstport=80',
      { CommunicationDirection: '1', RemoteIP: '203.0.113.1', RemotePort: '80' },
    ],
    [
      'direction=incoming srcip=203.0.113.1 srcport=90',
      { CommunicationDirection: '0', RemoteIP: '203.0.113.1', RemotePort: '90' },
    ],
    ['remip=203.0.113.7', { RemoteIP: '203.0.113.7', DestinationIP: '203.0.113.7' }],
    [
      'locip=198.51.100.9 locport=500 remip=203.0.113.7 remport=4500 outintf="wan1"',
      {
        SourceIP: '198.51.100.9',
        SourcePort: 500,
        DestinationIP: '203.0.113.7',
        DestinationPort: 4500,
        RemotePort: '4500',
        DeviceOutboundInterface: 'wan1',
      },
    ],
    ['user="lena" to="x@example.com"', { DestinationUserName: 'lena', SourceUserName: 'lena' }],
    [
      'from="a@example.com" to="b@example.com"',
      { SourceUserName: 'a@example.com', DestinationUserName: 'b@example.com' },
    ],
    ['srcip=lab-host', { SourceHostName: 'lab-host' }],
    ['action="deny"', { DeviceAction: 'deny', SimplifiedDeviceAction: 'Deny', Activity: 'traffic deny' }],
    ['level=emergency', { LogSeverity: '8' }],
    ['level=debug', { LogSeverity: '1' }],
  ])('%s', (text, expected) => expect(fields(text)).toMatchObject(expected));

  test('a DNS log also gives a row of DnsEvents, unless the setting says no', () => {
    const line = `${START} subtype="dns" eventtype="dns-response" srcip=10.0.0.1 qname="c2.example" qtype="A" ipaddr="203.0.113.9"`;
    expect(collect(fortinet, line).rows.map(({ table }) => table)).toEqual(['DnsEvents', 'CommonSecurityLog']);
    expect(collect(fortinet, line, { settings: { 'hunt-rows': '' } }).rows).toHaveLength(1);
  });
});

test('a message within JSON is not taken apart', () => {
  const line = `{"message":"${START}"}`;
  expect(detect(line)).toBe(0);
  expect(collect(fortinet, line).rejected).toHaveLength(1);
});

test('any text gives a row or a reason', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('=', '"', '\\"', ' ', ',', 'date=2024-06-14', '"msg=""', 'srcip=', 'é'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('').replace(/[\r\n]/g, ' ');
      expect(() => collect(fortinet, text)).not.toThrow();
      expect(collect(fortinet, `${START} ${text}`).events).toBe(1);
      expect(collect(fortinet, `"date=2024-06-14","time=08:15:01","logid=1",${text}`).events).toBe(1);
    }),
    { numRuns: 300 },
  );
});
