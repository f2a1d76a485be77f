import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { collect, noRows, readSamples } from '../testing.js';
import { unescapeZeek } from './escape.js';
import { kindFromFields, kindFromFileName } from './kind.js';
import { zeek } from './manifest.js';

const HEADER = '#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n';
const sampleOf = (text: string) => ({ text, lines: text.split('\n').filter((line) => line !== ''), json: [] });

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(zeek, text, { fileName: name })).toEqual(expected);
      expect(zeek.detect(sampleOf(text))).toBeGreaterThan(0.6);
    });
});

describe('TSV', () => {
  test('an unknown path keeps its fields with the types of the header', () => {
    const text = `${HEADER}#path\tour/scan\n#fields\tts\thost\thits\tscore\twhen\ttags\n#types\ttime\taddr\tcount\tdouble\ttime\tset[string]\n1718445600.5\t10.0.0.1\t3\t0.25\t1718445600.0\ta,b\n`;
    expect(collect(zeek, text).rows).toEqual([
      {
        table: 'Zeek_our_scan_CL',
        row: {
          TimeGenerated: '2024-06-15T10:00:00.5000000Z',
          host: '10.0.0.1',
          hits: 3,
          score: 0.25,
          when: '2024-06-15T10:00:00.0000000Z',
          tags: ['a', 'b'],
        },
      },
    ]);
  });

  test('the types of unknown fields are declared before their rows', () => {
    const declared: unknown[] = [];
    const parser = zeek.open({
      framing: 'lines',
      fileName: 'x',
      modified: 0,
      settings: {},
      rows: noRows,
      declare: (...columns) => declared.push(columns),
    });
    for (const line of `${HEADER}#path\tconn\n#fields\tts\tseen\trisk\n#types\ttime\ttime\tdouble\n1.0\t2.0\t3.0`.split(
      '\n',
    ))
      parser.parse(line, (_, row) => expect(row).toMatchObject({ seen: 621_355_968_020_000_000n, risk: 3 }), {
        line: 1,
      });
    expect(declared).toEqual([['Zeek_conn_CL', { TimeGenerated: 'datetime', seen: 'datetime', risk: 'real' }]]);
  });

  test('a header of another version does not change the type of a column', () => {
    const text = `${HEADER}#path\tconn\n#fields\tts\tservice\ttunnel_parents\n#types\ttime\tset[string]\tstring\n1718445600.0\thttp,ssl\tCa,Cb\n`;
    expect(collect(zeek, text).rows[0]?.row).toMatchObject({ service: 'http,ssl', tunnel_parents: ['Ca', 'Cb'] });
  });

  test('escapes: separators inside values and inside sets, a literal unset mark, UTF-8, what is no text', () => {
    const text = `${HEADER}#path\tour\n#fields\tts\thost\tname\tunparsed_version\n#types\ttime\taddr\tstring\tset[string]\n1718445600.0\t10.0.0.1\t\\x2d a\\x09b \\xc3\\xa9 C:\\\\x \\x00\\xff\tone\\x2ctwo,three\n`;
    expect(collect(zeek, text).rows[0]?.row).toMatchObject({
      name: '- a\tb é C:\\x \\x00\\xff',
      unparsed_version: ['one,two', 'three'],
    });
  });

  test('a file without headers is read by the default columns, or refused by name', () => {
    const line =
      '1718445600.000001\tC1\t10.1.1.5\t51000\t203.0.113.9\t443\ttcp\tssl\t1.5\t1\t2\tSF\tT\tF\t0\tSh\t1\t2\t3\t4\t-';
    expect(collect(zeek, line).rows[0]).toMatchObject({
      table: 'Zeek_conn_CL',
      row: { conn_state: 'SF', resp_ip_bytes: 4 },
    });
    expect(collect(zeek, '1718445600.0\tx\ty').rejected[0]?.reason).toContain(
      "no #fields header, and 3 columns fit no Zeek log's default",
    );
  });

  test('the writer’s tsv mode: one row of names', () => {
    const text =
      'ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tversion\tserver_name\n1718445600.0\tC1\t10.1.1.5\t51000\t203.0.113.9\t443\tTLSv13\tc2.example\n';
    expect(zeek.detect(sampleOf(text))).toBe(0.9);
    expect(collect(zeek, text, { fileName: 'ssl.log' }).rows[1]).toMatchObject({
      table: 'CommonSecurityLog',
      row: { DeviceEventClassID: 'ssl', DestinationHostName: 'c2.example', DestinationPort: 443 },
    });
  });

  test('a value that is not of its type rejects the line and names the field', () => {
    const text = `${HEADER}#path\tconn\n#fields\tts\torig_bytes\n#types\ttime\tcount\n1718445600.0\tmany\n`;
    expect(collect(zeek, text).rejected).toEqual([{ line: 8, reason: "orig_bytes: 'many' is not a Zeek count" }]);
  });
});

describe('kinds', () => {
  test('from a file name', () => {
    expect(kindFromFileName('dns.00:00:00-01:00:00.log')).toBe('dns');
    expect(kindFromFileName('HOST_smb_mapping.log')).toBe('smb_mapping');
    expect(kindFromFileName('firewall.log')).toBeUndefined();
  });

  test('from the fields of JSON', () => {
    expect(kindFromFields(['ts', 'uid', 'id.orig_h', 'conn_state', 'history', 'duration', 'proto'])).toBe('conn');
    expect(kindFromFields(['ts', 'uid', 'id_orig_h', 'server_name', 'cipher', 'version', 'ja3'])).toBe('ssl');
    expect(kindFromFields(['ts', 'fuid', 'mime_type', 'seen_bytes', 'md5'])).toBe('files');
    expect(kindFromFields(['time', 'level', 'msg', 'host'])).toBeUndefined();
  });
});

test('http: the URL that a hunt compares, without bytes of its own', () => {
  const record = {
    _path: 'http',
    ts: 1718445600,
    'id.orig_h': '10.0.0.1',
    'id.resp_h': '192.0.2.1',
    'id.resp_p': 8080,
    method: 'GET',
    host: 'A.example',
    uri: '/x',
  };
  const row = (more: object) => collect(zeek, JSON.stringify({ ...record, ...more })).rows[1]?.row;
  expect(row({})).toMatchObject({ RequestURL: 'http://A.example:8080/x', DestinationHostName: 'a.example' });
  expect(row({})).not.toHaveProperty('SentBytes');
  expect(row({ method: 'CONNECT', uri: 'b.example:443' })).toMatchObject({
    RequestURL: 'b.example:443',
    DestinationHostName: 'b.example',
  });
  expect(row({ uri: 'http://c.example/y' })).toMatchObject({ RequestURL: 'http://c.example/y' });
});

test('hunt-rows leaves logs out of the shared tables', () => {
  const text = '{"_path":"dns","ts":1718445600,"query":"a.example"}';
  expect(collect(zeek, text, { settings: { 'hunt-rows': 'conn' } }).rows.map(({ table }) => table)).toEqual([
    'Zeek_dns_CL',
  ]);
});

test('other JSON and text is not Zeek', () => {
  expect(
    zeek.detect({
      text: '{}',
      lines: ['{}'],
      json: [{ timestamp: '2024-01-01', event_type: 'dns', src_ip: '10.0.0.1' }],
    }),
  ).toBe(0);
  expect(zeek.detect(sampleOf('2024-06-15 10:00:00\tsome\tlog\n'))).toBe(0);
});

describe('properties', () => {
  test('escaped text comes back', () => {
    const escapeZeek = (text: string) =>
      [...Buffer.from(text)]
        .map((byte) =>
          byte === 92
            ? '\\\\'
            : byte < 32 || byte > 126
              ? `\\x${byte.toString(16).padStart(2, '0')}`
              : String.fromCharCode(byte),
        )
        .join('');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\0') && !text.includes('\ufffd'));
        expect(unescapeZeek(escapeZeek(text))).toBe(text);
      }),
    );
  });

  test('nothing but Reject is thrown', () => {
    const line = fc.oneof(
      fc.string(),
      fc
        .array(fc.oneof(fc.string(), fc.constantFrom('-', '(empty)', '1718445600.1', '10.0.0.1')), { maxLength: 40 })
        .map((cells) => cells.join('\t')),
      fc
        .tuple(
          fc.constantFrom('#separator', '#fields', '#types', '#path', '#set_separator', '#empty_field'),
          fc.string(),
        )
        .map((words) => words.join('\t')),
      fc.json(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const parser = zeek.open({
          framing: 'lines',
          fileName: 'x',
          modified: 0,
          settings: { 'hunt-rows': 'conn,dns,http,ssl' },
          rows: noRows,
        });
        for (const text of lines)
          try {
            parser.parse(text, () => {}, { line: 1 });
          } catch (error) {
            expect(error).toBeInstanceOf(Reject);
          }
      }),
    );
  });
});
