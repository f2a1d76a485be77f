import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collect, readSamples } from '../testing.js';
import { ciscoAsa } from './manifest.js';
import { formOf, readFields, tableIds } from './messages/index.js';

const rowsOf = (text: string, settings = {}): Record<string, unknown>[] =>
  collect(ciscoAsa, text, { settings }).rows.map(({ row }) => row);
const rowOf = (text: string, settings = {}): Record<string, unknown> => rowsOf(text, settings)[0]!;

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url))) {
    test(name, () => expect(collect(ciscoAsa, text)).toEqual(expected));
  }
});

/** A row in one line: action, protocol, interfaces, both ends with their translations and users, activity, the rest. */
function brief(row: Record<string, unknown>): string {
  const text = (column: string): string => String(row[column] ?? '');
  const end = (name: string): string => {
    const translated = text(`${name}TranslatedAddress`);
    const user = text(`${name}UserName`);
    const nat = translated && `(${translated}:${text(`${name}TranslatedPort`)})`;
    return `${text(`${name}IP`)}|${text(`${name}HostName`)}:${text(`${name}Port`)}${nat}${user && `@${user}`}`;
  };
  const links = `${text('DeviceInboundInterface')}>${text('DeviceOutboundInterface')}`;
  return `[${text('DeviceAction')}] ${text('Protocol')} ${links} ${end('Source')} -> ${end('Destination')} "${text('Activity')}" ${text('AdditionalExtensions')}`;
}

describe('the tables of messages', () => {
  const lines = readFileSync(new URL('./messages/examples.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const examples = lines.filter((line) => !line.startsWith(' '));
  const expected = lines.filter((line) => line.startsWith(' ')).map((line) => line.trim());

  test('each example gives what stands under it', () => {
    const log = examples.map((text) => `<166>Jun 01 2024 10:00:00 fw01 : %ASA-6-${text.slice(0, 6)}: ${text.slice(7)}`);
    const rows = rowsOf(log.join('\n'));
    expect(rows).toHaveLength(examples.length);
    for (const [i, row] of rows.entries()) expect(expected[i]!, examples[i]!).toContain(brief(row).trim());
  });

  test('every row of the tables has an example that its patterns take', () => {
    const shown = new Set(examples.map((text) => formOf(text.slice(0, 6))));
    for (const text of examples) expect(readFields(formOf(text.slice(0, 6))!, text.slice(7)), text).not.toBeNull();
    expect(tableIds().filter((id) => !shown.has(formOf(id)))).toEqual([]);
  });
});

describe('who opened a connection', () => {
  const built = (direction: string): string =>
    `%ASA-6-302015: Built ${direction} UDP connection 5 for outside:203.0.113.4/5000 (203.0.113.4/5000) to inside:10.1.2.3/6000 (10.1.2.3/6000)`;
  const teardown =
    '%ASA-6-302016: Teardown UDP connection 5 for outside:203.0.113.4/5000 to inside:10.1.2.3/6000 duration 0:00:10 bytes 7';

  test('Teardown goes by the Built of the same device and number', () => {
    expect(rowsOf(`${built('outbound')}\n${teardown}`).map((row) => row.SourceIP)).toEqual(['10.1.2.3', '10.1.2.3']);
    expect(rowsOf(`${built('inbound')}\n${teardown}`).map((row) => row.SourceIP)).toEqual([
      '203.0.113.4',
      '203.0.113.4',
    ]);
    const other = `Jun  1 2024 10:00:00 fw02 ${built('outbound')}\nJun  1 2024 10:00:00 fw01 ${teardown}`;
    expect(rowsOf(other).map((row) => row.SourceIP)).toEqual(['10.1.2.3', '203.0.113.4']);
  });

  test.each([
    ['203.0.113.4/443', '10.1.2.3/51000', '10.1.2.3'],
    ['203.0.113.4/51000', '10.1.2.3/443', '203.0.113.4'],
    ['203.0.113.4/8443', '10.1.2.3/51000', '10.1.2.3'],
    ['203.0.113.4/53', '10.1.2.3/53', '203.0.113.4'],
    ['203.0.113.4/https', '10.1.2.3/2000', '10.1.2.3'],
  ])('without it by the ports: %s and %s', (first, second, source) => {
    const row = rowOf(
      `%ASA-6-302014: Teardown TCP connection 9 for outside:${first} to inside:${second} duration 0:00:01 bytes 0`,
    );
    expect(row.SourceIP).toBe(source);
  });

  test('the bytes of both directions are no SentBytes unless they are asked for', () => {
    const row = rowOf(teardown);
    expect([row.SentBytes, row.ReceivedBytes, row.FieldDeviceCustomNumber1, row.DeviceCustomNumber1Label]).toEqual([
      undefined,
      undefined,
      7,
      'Bytes',
    ]);
    expect(rowOf(teardown, { 'teardown-bytes': 'sent' }).SentBytes).toBe(7);
  });
});

describe('what stands before a message', () => {
  const message = '%ASA-5-111008: User ada executed the cmd: show run';
  test.each([
    ['', undefined, undefined],
    ['<165>', undefined, undefined],
    ['<165>fw01 : ', undefined, 'fw01'],
    ['<165>Jan 31 2020 17:24:03: ', '2020-01-31T17:24:03Z', undefined],
    ['<165>Jan 31 2020 17:24:03 10.0.0.1 : ', '2020-01-31T17:24:03Z', '10.0.0.1'],
    ['<165>2018-06-27T12:17:46Z: ', '2018-06-27T12:17:46Z', undefined],
    ['Jun  1 10:00:00 fw01 ', '2024-06-01T10:00:00Z', 'fw01'],
    ['<165>:Jun 01 10:00:00 UTC: ', '2024-06-01T10:00:00Z', undefined],
    ['Jun  1 10:00:00 10.0.0.9 :Jun 01 09:59:58 EDT: ', '2024-06-01T13:59:58Z', '10.0.0.9'],
    ['Jun  1 10:00:00 relay Jun 01 2024 09:59:58: ', '2024-06-01T09:59:58Z', 'relay'],
    ['<134>Jun  1 10:00:00 relay <166>Jun 01 2024 09:59:58 fw01 : ', '2024-06-01T09:59:58Z', 'relay'],
    ['<165>1 2024-06-01T10:00:00.5+02:00 fw01 - - - - ', '2024-06-01T08:00:00.5Z', 'fw01'],
    ['212 <165>Jun 01 2024 10:00:00 PDT fw01 : ', '2024-06-01T17:00:00Z', 'fw01'],
    ['2024-06-01 10:00:00\tLocal4.Info\t10.0.0.1\t', '2024-06-01T10:00:00Z', '10.0.0.1'],
  ])('%j', (prefix, time, computer) => {
    const row = rowOf(prefix + message);
    expect(row.TimeGenerated).toEqual(time === undefined ? undefined : expect.stringContaining(time.replace(/Z$/, '')));
    expect(row.Computer).toBe(computer);
    expect(row.Message).toBe(message);
  });

  test('the setting time-zone is for times that do not say theirs', () => {
    const row = rowOf(`<165>Jan 31 2020 17:24:03 fw : ${message}`, { 'time-zone': 'Europe/Berlin' });
    expect(row.TimeGenerated).toContain('2020-01-31T16:24:03');
  });
});

describe('detection', () => {
  const sample = (...lines: string[]) => ({ text: lines.join('\n'), lines, json: [] });
  test('a single message is certain', () => {
    expect(ciscoAsa.detect(sample('<165>%FTD-5-111008: User'))).toBe(1);
  });
  test('other formats are left alone', () => {
    expect(ciscoAsa.detect(sample('CEF:0|Cisco|ASA||106023|Deny|4|msg=%ASA-4-106023: Deny'))).toBe(0);
    expect(ciscoAsa.detect(sample('Jun  1 10:00:00 router %LINK-3-UPDOWN: Interface'))).toBe(0);
    expect(ciscoAsa.detect(sample())).toBe(0);
  });
});

test('any text gives rows or a reason', () => {
  const ids = tableIds().filter((id) => id.length === 6);
  fc.assert(
    fc.property(fc.constantFrom(...ids, '430003', '999999'), fc.string(), fc.string(), (id, prefix, text) => {
      const { events, rejected } = collect(
        ciscoAsa,
        `${prefix.replace(/[\r\n]/g, '')}%ASA-4-${id}: ${text.replace(/[\r\n]/g, '')}`,
      );
      expect(events + rejected.length).toBe(1);
    }),
  );
});
