import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, readSamples } from '../testing.js';
import { cef } from './manifest.js';

const run = (line: string, options = {}) => collect(cef, line, options).rows[0]?.row;
const extension = (text: string, header = 'CEF:0|V|P|1|id|name|5|') => run(`${header}${text}`);
const time = (text: string, options = {}) => run(`CEF:0|V|P|1|id|name|5|rt=${text}`, options)?.TimeGenerated;

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(cef, text)).toEqual(expected);
      const lines = text.split('\n').filter((line) => line !== '');
      expect(cef.detect({ text, lines, json: [] })).toBeGreaterThan(0.5);
    });
  test('other formats are not taken', () => {
    expect(cef.detect({ text: '', lines: [], json: [] })).toBe(0);
    expect(cef.detect({ text: '', lines: ['LEEF:1.0|a|b|c|d|', '{"a":"CEF:"}'], json: [] })).toBe(0);
  });
});

describe('syslog headers', () => {
  const event = 'CEF:0|V|P|1|id|name|5|';
  test.each([
    ['', '', undefined],
    ['<134> ', '', undefined],
    ['Jul 27 23:31:58 VAULT ', 'VAULT', '2023-07-27T23:31:58.0000000Z'],
    ['<190>Jul  7 23:31:58 10.0.0.1 ', '10.0.0.1', '2023-07-07T23:31:58.0000000Z'],
    ['<30>May 18 10:46:16 10.1.1.2 named[23276]: ', '10.1.1.2', '2024-05-18T10:46:16.0000000Z'],
    ['<30>May 18 10:46:16 named[23276]: ', '', '2024-05-18T10:46:16.0000000Z'],
    ['May 18 2022 10:46:16 CET fw: ', '', '2022-05-18T09:46:16.0000000Z'],
    ['May 18 10:46:16 FGT cef[1]: ', 'FGT', '2024-05-18T10:46:16.0000000Z'],
    ['Sat, May 18 10:46:16 2024 gw ', 'gw', '2024-05-18T10:46:16.0000000Z'],
    ['2021-03-03T20:14:22.226Z ', '', '2021-03-03T20:14:22.2260000Z'],
    ['2020-05-15T13:25:05.123456+02:00 host ', 'host', '2020-05-15T11:25:05.1234560Z'],
    ['2020-05-15 13:25:05 fe80::1 ', 'fe80::1', '2020-05-15T13:25:05.0000000Z'],
    ['<5>1 2020-01-24T22:53:03Z HOST ', 'HOST', '2020-01-24T22:53:03.0000000Z'],
    ['<5>1 2020-01-24T22:53:03Z - app - - - ', '', '2020-01-24T22:53:03.0000000Z'],
    ['<5>1 - HOST app 12 ID [x@1 a="b c"] \uFEFF', 'HOST', undefined],
    ['412 <5>1 2020-01-24T22:53:03Z HOST a b c - ', 'HOST', '2020-01-24T22:53:03.0000000Z'],
    [
      'Mar 1 20:46:50 relay 220 458 <14>1 2021-03-01T20:46:50.869Z inner a - b - ',
      'relay',
      '2021-03-01T20:46:50.8690000Z',
    ],
    ['1718352905.5 meraki ', 'meraki', '2024-06-14T08:15:05.5000000Z'],
    ['lonely-host ', 'lonely-host', undefined],
  ])('%j', (prefix, host, at) => {
    expect(run(prefix + event)?.Computer ?? '').toBe(host);
    expect(run(prefix + event)?.TimeGenerated).toBe(at);
  });

  test('a time without a year is in the last year that is not after the file', () => {
    const at = (modified: number) => run(`Dec 31 23:59:59 h ${event}`, { modified })?.TimeGenerated;
    expect(at(Date.UTC(2024, 0, 1, 0, 1))).toBe('2023-12-31T23:59:59.0000000Z');
    expect(at(Date.UTC(2023, 11, 31, 23, 0))).toBe('2023-12-31T23:59:59.0000000Z');
    expect(run(`Feb 29 10:00:00 h ${event}`, { modified: Date.UTC(2023, 5, 1) })?.TimeGenerated).toBe(
      '2020-02-29T10:00:00.0000000Z',
    );
  });

  test('the zone setting is for times that do not say theirs', () => {
    const settings = { 'time-zone': 'America/New_York' };
    expect(run(`2024-07-01 08:00:00 h ${event}`, { settings })?.TimeGenerated).toBe('2024-07-01T12:00:00.0000000Z');
    expect(run(`2024-07-01T08:00:00Z h ${event}`, { settings })?.TimeGenerated).toBe('2024-07-01T08:00:00.0000000Z');
    expect(() => collect(cef, '', { settings: { 'time-zone': 'Mars' } })).toThrow("'Mars' is no time zone");
  });
});

describe('times', () => {
  test.each([
    ['1589549105456', '2020-05-15T13:25:05.4560000Z'],
    ['1589549105', '2020-05-15T13:25:05.0000000Z'],
    ['1589549105.25', '2020-05-15T13:25:05.2500000Z'],
    ['1589549105456789', '2020-05-15T13:25:05.4567890Z'],
    ['1589549105456789123', '2020-05-15T13:25:05.4567891Z'],
    ['May 15 2020 13:25:05', '2020-05-15T13:25:05.0000000Z'],
    ['May 15 2020 13:25:05.123', '2020-05-15T13:25:05.1230000Z'],
    ['May 15 2020 13:25:05.123 PDT', '2020-05-15T20:25:05.1230000Z'],
    ['May 15 2020 13:25:05 GMT+05:30', '2020-05-15T07:55:05.0000000Z'],
    ['May 15 2020 13:25:05 -0700', '2020-05-15T20:25:05.0000000Z'],
    ['May 15 2020 13:25:05 Europe/Berlin', '2020-05-15T11:25:05.0000000Z'],
    ['Mar 03 2021:20:07:54 UTC', '2021-03-03T20:07:54.0000000Z'],
    ['May 15 13:25:05', '2024-05-15T13:25:05.0000000Z'],
    ['2022-07-05 23:50:04', '2022-07-05T23:50:04.0000000Z'],
    ['2022-07-05T23:50:04.1234567-01:00', '2022-07-06T00:50:04.1234567Z'],
    ['2022-07-05 23:50:04 CEST', '2022-07-05T21:50:04.0000000Z'],
    ['0', undefined],
    ['Feb 30 2020 13:25:05', undefined],
    ['May 15 2020 13:25:05 XYZ', undefined],
    ['yesterday', undefined],
  ])('%s', (text, at) => expect(time(text)).toBe(at));

  test('dtz is the zone of a device that writes bare times', () => {
    expect(time('May 15 2020 13:25:05 dtz=Asia/Tokyo')).toBe('2020-05-15T04:25:05.0000000Z');
    expect(time('1589549105456 dtz=Asia/Tokyo')).toBe('2020-05-15T13:25:05.4560000Z');
  });

  test.each([
    ['ad.eventtime=1718352901123456789 ad.tz="+0200"', '2024-06-14T08:15:01.1234567Z'],
    ['ad.tz=+0200 ad.eventtime=1718352901123', '2024-06-14T08:15:01.1230000Z'],
    ['ad.eventtime=1718352901', '2024-06-14T08:15:01.0000000Z'],
    ['ad.eventtime=0 ad.date=2024-06-14 ad.time=10:15:02 ad.tz=+0200', '2024-06-14T08:15:02.0000000Z'],
    ['ad.tz=+0200', '2024-06-14T08:15:00.0000000Z'],
    ['ad.logid=13', '2024-06-14T10:15:00.0000000Z'],
  ])('FortiAnalyzer forwards a wall clock as start: %s', (own, at) => {
    const line = `Jun 14 2024 08:15:09 faz CEF:0|Fortinet|FortiGate-60F|7.4.3,build2573|0000000013|traffic:forward accept|3|start=Jun 14 2024 10:15:00 src=10.20.30.40 dst=198.51.100.7 ${own} act=accept`;
    expect(run(line)?.TimeGenerated).toBe(at);
    expect(run(line)?.DeviceAction).toBe('accept');
  });

  test('rt before end before start before the syslog header', () => {
    const at = (text: string) => run(`2020-01-01T00:00:00Z h CEF:0|V|P|1|id|name|5|${text}`)?.TimeGenerated;
    expect(at('start=1577840461000 end=1577840462000 rt=1577840463000')).toBe('2020-01-01T01:01:03.0000000Z');
    expect(at('start=1577840461000 end=1577840462000 rt=never')).toBe('2020-01-01T01:01:02.0000000Z');
    expect(at('start=1577840461000 end=')).toBe('2020-01-01T01:01:01.0000000Z');
    expect(at('act=x')).toBe('2020-01-01T00:00:00.0000000Z');
  });
});

describe('extension', () => {
  test.each([
    ['src=1.2.3.4 dst=5.6.7.8', { SourceIP: '1.2.3.4', DestinationIP: '5.6.7.8' }],
    ['msg=a b  c   act=deny  ', { Message: 'a b  c', DeviceAction: 'deny' }],
    ['act= msg= x', { Message: ' x' }],
    ['msg=', {}],
    ['msg=a\\=b\\\\c\\nd\\|e\\qf', { Message: 'a=b\\c\nd|e\\qf' }],
    ['request=http://h/p?a=1&b=2#c=3 act=x', { RequestURL: 'http://h/p?a=1&b=2#c=3', DeviceAction: 'x' }],
    ['requestCookies=sid=1; theme=dark; act=x', { RequestCookies: 'sid=1; theme=dark;', DeviceAction: 'x' }],
    ['msg=where 1=1 act=x', { Message: 'where 1=1', DeviceAction: 'x' }],
    ['suser=CORP\\\\n a act=x', { SourceUserName: 'CORP\\n a', DeviceAction: 'x' }],
    ['filePath=C:\\new\\x\\=y', { FilePath: 'C:\\new\\x=y' }],
    ['x.y-z[0]_1=v cs9=w', { AdditionalExtensions: 'x.y-z[0]_1=v;cs9=w' }],
    ['empty= vendor=a\\=b', { AdditionalExtensions: 'empty=;vendor=a=b' }],
    ['stray words act=x', { AdditionalExtensions: 'stray words', DeviceAction: 'x' }],
    ['no pairs at all', { AdditionalExtensions: 'no pairs at all' }],
    ['CAT=a Request=b', { DeviceEventCategory: 'a', RequestURL: 'b' }],
    ['act=one act=two', { DeviceAction: 'one', AdditionalExtensions: 'act=two' }],
    ['act= act=two', { DeviceAction: 'two' }],
    [
      'spt=70000 dpt=x cnt=-1 fsize=2147483648',
      { SourcePort: 70000, EventCount: -1, AdditionalExtensions: 'dpt=x;fsize=2147483648' },
    ],
    ['externalId=12 cn1=5', { ExternalID: 12, ExtID: '12', DeviceCustomNumber1: 5, FieldDeviceCustomNumber1: 5 }],
    ['cn1=5000000000 cn2=abc', { FieldDeviceCustomNumber1: 5000000000, AdditionalExtensions: 'cn2=abc' }],
    ['in=9223372036854775807', { ReceivedBytes: 9223372036854775807n }],
    ['in=9223372036854775808', { AdditionalExtensions: 'in=9223372036854775808' }],
    ['cfp1=1.5 cfp2=x', { DeviceCustomFloatingPoint1: 1.5, AdditionalExtensions: 'cfp2=x' }],
    ['sourceAddress=1.1.1.1', { SourceIP: '1.1.1.1', AdditionalExtensions: 'sourceAddress=1.1.1.1' }],
    [
      'deviceDirection=0 src=1.1.1.1 spt=5',
      { SourceIP: '1.1.1.1', SourcePort: 5, RemoteIP: '1.1.1.1', RemotePort: '5', CommunicationDirection: '0' },
    ],
    ['c6a2=::1 c6a2Label=Post NAT Source IPv6', { DeviceCustomIPv6Address2: '::1' }],
  ])('%s', (text, columns) => {
    const row = extension(text)!;
    for (const column of Object.keys(row)) {
      if (
        /^(Computer|Device(Vendor|Product|Version|EventClassID)|Activity|LogSeverity|SimplifiedDeviceAction)$/.test(
          column,
        )
      ) {
        delete row[column];
      } else if (column.endsWith('Label') && !(column in columns)) delete row[column];
    }
    // The helper shows big integers as numbers.
    const shown = Object.entries(columns).map(([k, v]) => [k, typeof v === 'bigint' ? row[k] : v]);
    expect(row).toEqual(Object.fromEntries(shown));
  });

  test('64-bit integers are exact', () => {
    expect(extension('in=9223372036854775807')).toMatchObject({ ReceivedBytes: '9223372036854775807' });
    expect(extension('in=9223372036854775808')).toMatchObject({ AdditionalExtensions: 'in=9223372036854775808' });
  });

  test("PAN-OS's in and out are put right, unless told not to; other products' are as they say", () => {
    const pan = 'CEF:0|Palo Alto Networks|PAN-OS|10|end|TRAFFIC|1|';
    expect(extension('in=10 out=20', pan)).toMatchObject({ SentBytes: 10, ReceivedBytes: 20 });
    expect(run(`${pan}in=10 out=20`, { settings: { 'pan-os-swapped-bytes': false } })).toMatchObject({ SentBytes: 20 });
    const lf = 'CEF:0|Palo Alto Networks|LF|2.0|TRAFFIC|end|3|';
    expect(extension('in=10 out=20', lf)).toMatchObject({ SentBytes: 20, ReceivedBytes: 10 });
    expect(extension('in=10 out=20')).toMatchObject({ SentBytes: 20, ReceivedBytes: 10 });
  });

  test('rows do not share values', () => {
    const { rows } = collect(
      cef,
      'CEF:0|V|P|1|i|n|5|act=a msg=b\nCEF:0|V|P|1|i|n|5|dst=1.1.1.1\nCEF:0|V|P|1|i|n|5|msg=c',
    );
    expect(rows.map(({ row }) => [row.DeviceAction, row.Message, row.DestinationIP])).toEqual([
      ['a', 'b', undefined],
      [undefined, undefined, '1.1.1.1'],
      [undefined, 'c', undefined],
    ]);
  });
});

describe('properties', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_.@:/-]{1,12}$/);
  const value = fc
    .array(fc.oneof(word, fc.constantFrom('=', '\\', '\n', '|', 'a=b', 'ü', '"')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(' ').trim())
    .filter((text) => text !== '' && !/(?:^|[\s"'])[A-Za-z]:\\/.test(text));
  const headerEscape = (text: string) => text.replace(/[\\|]/g, '\\$&');
  const valueEscape = (text: string) => text.replace(/[\\=]/g, '\\$&').replace(/\n/g, '\\n');
  const keys = ['act', 'msg', 'src', 'dst', 'suser', 'cs1', 'cs1Label', 'fname', 'request'];
  const columns = [
    'DeviceAction',
    'Message',
    'SourceIP',
    'DestinationIP',
    'SourceUserName',
    'DeviceCustomString1',
    'DeviceCustomString1Label',
    'FileName',
    'RequestURL',
  ]; // prettier-ignore

  test('what is written by the rules is read back', () => {
    const header = fc.array(fc.oneof(word, fc.constantFrom('a|b', 'c\\d', '\\', '|', 'e f')), {
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        header,
        fc.uniqueArray(fc.nat(keys.length - 1), { minLength: 1 }),
        fc.array(value, { minLength: 9, maxLength: 9 }),
        (fields, order, values) => {
          const pairs = order.map((i) => `${keys[i]}=${valueEscape(values[i]!)}`).join(' ');
          const row = run(`<14>Jul 01 10:00:00 h CEF:0|${fields.map(headerEscape).join('|')}|${pairs}`)!;
          const named = [
            row.DeviceVendor,
            row.DeviceProduct,
            row.DeviceVersion,
            row.DeviceEventClassID,
            row.Activity,
            row.LogSeverity,
          ];
          expect(named).toEqual(fields);
          for (const i of order) expect(row[columns[i]!]).toBe(values[i]);
        },
      ),
      { numRuns: 300 },
    );
  });

  const samples = readSamples(new URL('./samples/', import.meta.url)).flatMap(({ text }) => text.split('\n'));
  test('garbled lines give a row or a reason', () => {
    const cut = fc.record({
      line: fc.constantFrom(...samples),
      at: fc.nat(900),
      drop: fc.nat(60),
      put: fc.string({ unit: 'binary', maxLength: 20 }),
    });
    fc.assert(
      fc.property(cut, ({ line, at, drop, put }) => {
        const { events, skipped, rejected } = collect(
          cef,
          `${line.slice(0, at)}${put.replace(/[\r\n]/g, '')}${line.slice(at + drop)}`,
        );
        expect(events + skipped + rejected.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('long hostile lines take linear time', () => {
    const begin = performance.now();
    for (const unit of ['a=', ' a=', '\\', '|', '=', ' ', '; b=', 'CEF:', 'CEF:0|', '\\|', '<1>', 'a:\\'])
      collect(cef, `${unit.repeat(200_000)}CEF:0|a|b|c|d|e|5|x=${unit.repeat(200_000)}`);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
