import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { collect, readSamples } from '../testing.js';
import { syslog } from './manifest.js';

const run = (line: string, options = {}) => collect(syslog, line, options).rows[0]?.row;
const sureness = (text: string) => syslog.detect(sampleOf(text, true));

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(syslog, text)).toEqual(expected);
      expect(detect(connectors, sampleOf(text, true), false)?.connector.name).toBe('syslog');
    });

  test('no sample of another connector is taken, nor any line of one', () => {
    const folder = new URL('../', import.meta.url);
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of names.filter((entry) => entry.name !== 'syslog')) {
      const files = readdirSync(new URL(`${name}/`, folder)).includes('samples')
        ? readSamples(new URL(`${name}/samples/`, folder))
        : [];
      for (const { text } of files)
        expect(detect(connectors, sampleOf(text, true), false)?.connector.name ?? name).not.toBe('syslog');
    }
  });
});

describe('headers', () => {
  test.each([
    ['<13>Jun 11 10:00:00 host app: text', { HostName: 'host', ProcessName: 'app', SyslogMessage: 'text' }],
    ['<13>Jun 11 10:00:00 fe80::1 app[7]: text', { HostName: 'fe80::1', HostIP: 'fe80::1', ProcessID: 7 }],
    ['<13>Jun 11 10:00:00 host no tag: here', { HostName: 'host', SyslogMessage: 'no tag: here' }],
    ['<13>Jun 11 10:00:00.123 host app text', { EventTime: '2024-06-11T10:00:00.1230000Z', SyslogMessage: 'app text' }],
    ['<13>2024 Jun 11 10:00:00 host a: b', { EventTime: '2024-06-11T10:00:00.0000000Z', HostName: 'host' }],
    ['<13>Jun 11 2024 10:00:00 host a: b', { EventTime: '2024-06-11T10:00:00.0000000Z', HostName: 'host' }],
    ['<13>Tue Jun 11 10:00:00 2024 host a: b', { EventTime: '2024-06-11T10:00:00.0000000Z', HostName: 'host' }],
    ['<13>Jun 11 10:00:00 CEST host a: b', { EventTime: '2024-06-11T08:00:00.0000000Z', HostName: 'host' }],
    ['<13>Jun 11 10:00:00 CORE1 a: b', { HostName: 'CORE1', ProcessName: 'a' }],
    ['<13>1718352905.5 host a: b', { EventTime: '2024-06-14T08:15:05.5000000Z', HostName: 'host' }],
    ['<13>Tue 2024-06-11 10:00:00 UTC host a: b', { EventTime: '2024-06-11T10:00:00.0000000Z', HostName: 'host' }],
    ['<13>2024/06/11 10:00:00 host a: b', { EventTime: '2024-06-11T10:00:00.0000000Z', HostName: 'host' }],
    ['<191>text only', { Facility: 'local7', SeverityLevel: 'debug', SyslogMessage: 'text only' }],
    ['<13> app: text', { ProcessName: 'app', SyslogMessage: 'text' }],
    ['<5>1 2024-06-11T10:00:00Z HOST text without fields', { HostName: 'HOST', SyslogMessage: 'text without fields' }],
    ['<5>1 2024-06-11T10:00:00Z h a - - [not data', { HostName: 'h', SyslogMessage: 'a - - [not data' }],
    ['<5>1 2024-06-11T10:00:00Z h a - - [x@1] t', { StructuredData: { 'x@1': {} }, SyslogMessage: 't' }],
    ['<5>1 2024-06-11T10:00:00Z h a - - [__proto__ k="\\]"]', { SyslogMessage: '' }],
    [
      'Jun 11 10:00:00 relay Jun 11 11:00:00 inner app[1]: t',
      { Computer: 'relay', HostName: 'inner', ProcessName: 'app', SyslogMessage: 't' },
    ],
    [
      '<13>Jun 11 10:00:00 relay <34>1 2024-06-11T09:59:58Z inner app - - - t',
      { Computer: 'relay', HostName: 'inner', Facility: 'auth', EventTime: '2024-06-11T09:59:58.0000000Z' },
    ],
    ['<189>1w2d: %SYS-5-RESTART: up', { SyslogMessage: '%SYS-5-RESTART: up', AdditionalFields: { uptime: '1w2d' } }],
    ['Jun 11 10:00:00: %SYS-5-RESTART: up', { SeverityLevel: 'notice', ProcessName: '%SYS-5-RESTART' }],
    ['<189>Jun 11 10:00:00 sw 5: *Mar  1 00:00:01: %SYS-5-X: y', { EventTime: '2024-06-11T10:00:00.0000000Z' }],
    ['Jun 11 10:00:00 host load is 5% of %d-5-x', { HostName: 'host', SyslogMessage: 'load is 5% of %d-5-x' }],
  ])('%s', (line, columns) => expect(run(line)).toMatchObject(columns));

  test('an unknown priority is text', () => {
    expect(collect(syslog, '<192>x').rejected).toHaveLength(1);
    expect(run('<192>x', { settings: { 'any-text': true } })).toMatchObject({ SyslogMessage: '<192>x' });
  });

  test('the line of an application that only begins with a time keeps its words', () => {
    const row = run('2024-06-11 10:00:00,123 INFO [main] started');
    expect(row).toMatchObject({ EventTime: '2024-06-11T10:00:00.1230000Z', SyslogMessage: 'INFO [main] started' });
    expect(row?.HostName).toBe('');
  });
});

describe('detection', () => {
  test.each([
    ['one message with a priority', '<34>anything', true],
    ['one message of a log file', 'Jun 11 10:00:01 web01 sshd[4242]: Accepted', true],
    ['journalctl -o short-iso', '2024-06-11T10:00:07+0200 db01 CRON[99]: (root) CMD', true],
    ['prose', 'Dear all,\nplease find enclosed the log: it is long.\nRegards', false],
    ['an application log', '2024-06-11 10:00:00 INFO started\n2024-06-11 10:00:01 WARN: slow', false],
    ['JSON', '{"time":"Jun 11 10:00:00"}', false],
    ['key: value', 'name: x\nkind: y', false],
    ['XML', '<13><a>b</a></13>\n<xml>', false],
    ['nothing', '', false],
  ])('%s', (_name, text, is) => {
    expect(sureness(text) > 0).toBe(is);
    expect(sureness(text)).toBeLessThanOrEqual(0.3);
  });
});

describe('any text', () => {
  const settings = { 'any-text': true };

  test('a line without header is a message of the time of its arrival', () => {
    expect(run('hello: world', { settings })).toMatchObject({
      TimeGenerated: '2024-06-15T12:00:00.0000000Z',
      SyslogMessage: 'hello: world',
    });
    expect(run('hello: world', { settings })).not.toHaveProperty('EventTime');
  });

  test('in a file, a message without a time has that of the one before it', () => {
    const text = '<13>Jun 11 10:00:00 host a: b\n<13>c';
    const times = (given = {}) => collect(syslog, text, { settings: given }).rows.map(({ row }) => row.TimeGenerated);
    expect(times()).toEqual(['2024-06-11T10:00:00.0000000Z', '2024-06-11T10:00:00.0000000Z']);
    expect(times(settings)[1]).toBe('2024-06-15T12:00:00.0000000Z');
  });

  test('every message gives one row, whatever it is', () => {
    const start = fc.constantFrom(
      '',
      '<13>',
      '<13>1 ',
      'Jun 11 10:00:00 ',
      '<13>1 - ',
      '1: ',
      '%A-5-B: ',
      '<14>1 2024-06-11T10:00:00Z h a p m [x a="',
    );
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 300 }));
    fc.assert(
      fc.property(start, text, (before, after) => {
        const line = (before + after).replace(/[\r\n]/g, ' ');
        fc.pre(line.trim() !== '');
        const { rows, rejected } = collect(syslog, line, { settings });
        expect(rows).toHaveLength(1);
        expect(rejected).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  }); // prettier-ignore

  test('long lines made to be slow are not', () => {
    const began = performance.now();
    for (const part of ['1 ', 'a: ', '[a b="', '<13>', '%A-', '1: ', ' ', '\\"', '10:00:00 ', 'Jun 11 10:00:00 '])
      collect(syslog, `<13>1 - h a p m [x a="${part.repeat(60_000)}\n<13>${part.repeat(60_000)}`, { settings });
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
