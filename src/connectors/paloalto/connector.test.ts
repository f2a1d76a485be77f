import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cef } from '../cef/manifest.js';
import { collect, readSamples } from '../testing.js';
import { CONFIG_WITH_DETAILS, FIELDS } from './fields.js';
import { paloalto } from './manifest.js';

const run = (line: string, options = {}) => collect(paloalto, line, options).rows[0]?.row;
const detect = (...lines: string[]) => paloalto.detect({ text: lines.join('\n'), lines, json: [] });

/** A message of a type with the given fields filled, all others empty. */
function message(type: string, values: Record<string, string>, order = FIELDS[type]!): string {
  const all: Record<string, string> = {
    domain: '1',
    receive_time: '2024/06/14 08:15:02',
    serial: '0132',
    type,
    time_generated: '2024/06/14 08:15:01',
    ...values,
  };
  return order.map((name) => all[name] ?? '').join(',');
}

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(paloalto, text)).toEqual(expected);
      const lines = text.split('\n').filter((line) => line !== '');
      expect(detect(...lines)).toBeGreaterThan(0.8);
    });

  test('detection is certain of a single line, and takes no other format', () => {
    expect(detect(message('TRAFFIC', {}))).toBe(1);
    expect(detect(`<14>Jun 14 08:15:02 fw ${message('SYSTEM', {})}`)).toBe(1);
    expect(detect('CEF:0|Palo Alto Networks|PAN-OS|10.2|end|TRAFFIC|1|rt=Jun 14 2024 08:15:01 GMT src=10.0.0.1')).toBe(
      0,
    );
    expect(detect('1,2024/06/14 08:15:02,a,b,c,d,e,f,g')).toBe(0);
    expect(detect('')).toBe(0);
    expect(cef.detect({ text: '', lines: [message('TRAFFIC', {})], json: [] })).toBe(0);
  });
});

describe('times', () => {
  const at = (line: string, options = {}) => run(line, options)?.TimeGenerated;
  test.each([
    [{}, '2024-06-14T08:15:01.0000000Z'],
    [{ high_res_timestamp: '2024-06-14T08:15:01.250-07:00' }, '2024-06-14T15:15:01.0000000Z'],
    [{ high_res_timestamp: '2024-06-14T06:15:01.250Z' }, '2024-06-14T06:15:01.2500000Z'],
    [{ high_res_timestamp: '1970-01-01T00:00:00.000Z' }, '2024-06-14T08:15:01.0000000Z'],
    [{ time_generated: '2024-06-14T08:15:01.500000Z' }, '2024-06-14T08:15:01.5000000Z'],
    [{ time_generated: '' }, '2024-06-14T08:15:02.0000000Z'],
  ])('%j', (fields, time) => expect(at(message('TRAFFIC', fields as Record<string, string>))).toBe(time));

  test('the zone of an RFC 5424 header counts when its clock shows the same', () => {
    const line = message('TRAFFIC', {});
    expect(at(`<14>1 2024-06-14T08:15:03+02:00 fw - - - - ${line}`)).toBe('2024-06-14T06:15:01.0000000Z');
    expect(at(`<14>1 2024-06-14T10:15:03+02:00 fw - - - - ${line}`)).toBe('2024-06-14T08:15:01.0000000Z');
  });

  test('the zone setting is for times that do not say theirs', () => {
    const settings = { 'time-zone': 'America/New_York' };
    expect(at(message('TRAFFIC', {}), { settings })).toBe('2024-06-14T12:15:01.0000000Z');
    expect(run(message('TRAFFIC', { start: '2024/06/14 08:00:00' }), { settings })?.StartTime).toBe(
      '2024-06-14T12:00:00.0000000Z',
    );
  });
});

describe('fields', () => {
  test('bytes sent are those of the source', () => {
    expect(run(message('TRAFFIC', { bytes_sent: '10', bytes_received: '2000000000000' }))).toMatchObject({
      SentBytes: 10,
      ReceivedBytes: 2_000_000_000_000,
    });
  });

  test('what does not fit its column is kept', () => {
    expect(run(message('TRAFFIC', { sport: 'http', bytes: '5000000000' }))?.AdditionalExtensions).toBe(
      'sport=http;bytes=5000000000',
    );
  });

  test.each([
    ['"a,b"', 'a,b'],
    ['"a""b"', 'a"b'],
    ['""', undefined],
    ['"a"b"', 'a"b'],
    [' padded ', 'padded'],
    ['"C:\\dir\\"', 'C:\\dir\\'],
  ])('%s', (cell, rule) => expect(run(message('TRAFFIC', { rule: cell }))?.DeviceCustomString1).toBe(rule));

  test('a line that was cut off inside quotes', () => {
    const line = message('THREAT', { subtype: 'url', misc: '"shop.example/a,b' });
    expect(run(line.slice(0, line.indexOf('a,b') + 3))).toMatchObject({
      RequestURL: 'shop.example/a,b',
      DestinationHostName: 'shop.example',
    });
  });

  test.each([
    ['shop.example/cart', 'shop.example'],
    ['shop.example:8443/', 'shop.example'],
    ['https://shop.example/cart', 'shop.example'],
    ['shop.example', 'shop.example'],
    ['192.0.2.1/cart', undefined],
    ['[2001:db8::1]/cart', undefined],
  ])('host of %s', (misc, host) =>
    expect(run(message('THREAT', { subtype: 'url', misc }))?.DestinationHostName).toBe(host),
  );

  test('a host name in the place of an address', () => {
    expect(run(message('TRAFFIC', { src: 'lab-host', dst: '203.0.113.5' }))).toMatchObject({
      SourceHostName: 'lab-host',
      DestinationIP: '203.0.113.5',
    });
  });

  test('CONFIG with and without the details of a change', () => {
    const values = {
      seqno: '77',
      actionflags: '0x0',
      path: 'shared',
      before_change_detail: 'a',
      after_change_detail: 'b',
    };
    expect(run(message('CONFIG', values))).toMatchObject({ ExtID: '77', Message: 'shared' });
    expect(run(message('CONFIG', values, CONFIG_WITH_DETAILS))).toMatchObject({
      ExtID: '77',
      DeviceCustomString1: 'a',
      DeviceCustomString2: 'b',
    });
  });

  test('types of Strata Logging Service', () => {
    expect(run(message('AUTH', { ip: '10.0.0.1', user: 'lena' }))).toMatchObject({
      Activity: 'AUTHENTICATION',
      SourceIP: '10.0.0.1',
      DestinationUserName: 'lena',
    });
  });
});

test('syslog lines after an export are read as such', () => {
  const header = 'Domain,Receive Time,Serial #,Type,Source address';
  const line = message('TRAFFIC', { src: '10.0.0.1', dst: '10.0.0.2' });
  const { rows, skipped } = collect(
    paloalto,
    `${header}\n1,2024/06/14 08:00:00,0132,TRAFFIC,10.0.0.9,,\n<14>fw ${line}`,
  );
  expect(skipped).toBe(1);
  expect(rows.map(({ row }) => row.SourceIP)).toEqual(['10.0.0.9', '10.0.0.1']);
});

test('a message within JSON is not taken apart', () => {
  const line = `{"message":"${message('TRAFFIC', {})}"}`;
  expect(detect(line)).toBe(0);
  expect(collect(paloalto, line).rejected).toHaveLength(1);
});

test('any text gives a row or a reason', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(',', '"', '""', '1,2024/06/14 08:15:02,', 'TRAFFIC', 'Domain,', 'é'),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('').replace(/[\r\n]/g, ' '));
  fc.assert(
    fc.property(text, fc.constantFrom(...Object.keys(FIELDS)), (line, type) => {
      expect(() => collect(paloalto, line)).not.toThrow();
      expect(collect(paloalto, `${message(type, {})}${line}`).events).toBe(1);
    }),
  );
});
