import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openWorkspace } from '../../src/index.js';
import type { RawLine } from '../../src/ingest/connector.js';
import { frameLines } from '../../src/ingest/frame-lines.js';
import { frame, temporaryDirectory } from './support.js';

test('lines as bytes are the lines as text, wherever chunks end', () => {
  const piece = fc.constantFrom('a', 'é', '😀', ' ', '\r', '\n', '\r\n', '\u00a0', '\u2028');
  const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (whole, sizes) => {
      const bytes = Buffer.from(whole);
      const cut: string[] = [];
      const asBytes = frame(
        (sink) =>
          frameLines(
            {
              ...sink,
              record: (record, line) => {
                const { source, start, end } = record as RawLine;
                cut.push(source.bytes.toString('utf8', start, end));
                sink.record(record, line);
              },
            },
            'bytes',
          ),
        bytes,
        sizes,
      );
      const asText = frame((sink) => frameLines(sink), bytes, sizes);
      expect(cut).toEqual(asText.records);
      expect(asBytes.lines).toEqual(asText.lines);
    }),
    { numRuns: 300 },
  );
});

test('CEF cells arrive typed, also beside rows of other connectors, other headers, and lines that are refused', async () => {
  const directory = temporaryDirectory();
  const head = 'CEF:0|V\u00e9ndor|P|1|id|name|5|';
  const lines = [
    `${head}src=10.0.0.1 dst=2001:db8::1 dpt=443 spt=70000 in=9007199254740993 cs1=a\x1fb cs2=x\x10y msg=caf\u00e9 \ud83d\ude00 rt=1700000000123`,
    'no CEF at all',
    `${head}src=010.0.0.1 dpt=x out=-5 act=deny end=2023-11-14T22:13:20Z own=kept`,
    `${head}`,
  ];
  const bytes = Buffer.concat([
    Buffer.from(lines.join('\r\n')),
    Buffer.from('\nCEF:0|V|P|1|i|n|5|msg=b\xe9d', 'latin1'),
  ]);
  writeFileSync(join(directory, 'a.cef'), bytes);
  writeFileSync(
    join(directory, 'b.json'),
    JSON.stringify([
      { TimeGenerated: '2023-11-15T00:00:00Z', DeviceVendor: 'Table', DestinationPort: 53, Message: 'row' },
    ]),
  );
  const workspace = await openWorkspace();
  await workspace.createTable('CommonSecurityLog', {
    TimeGenerated: 'datetime',
    SourcePort: 'string',
    SentBytes: 'int',
  });
  expect(await workspace.ingest(join(directory, 'a.cef'))).toMatchObject({ events: 4, rejected: 1 });
  expect(await workspace.ingest(join(directory, 'b.json'), { table: 'CommonSecurityLog' })).toMatchObject({
    events: 1,
  });
  const { tables } = await workspace.query(
    `CommonSecurityLog | extend Near = ipv4_is_in_range(SourceIP, '10.0.0.0/8')
     | project TimeGenerated, DeviceVendor, SourceIP, DestinationIP, DestinationPort, SourcePort, ReceivedBytes, SentBytes,
       DeviceCustomString1, DeviceCustomString2, Message, DeviceAction, AdditionalExtensions, Near
     | sort by DeviceVendor asc, Message desc`,
  );
  const shown = tables[0]!.rows.map((row) => row.filter((cell) => cell !== '' && cell !== null));
  expect(shown).toEqual([
    ['2023-11-15T00:00:00.0000000Z', 'Table', 53, 'row'],
    ['V', 'b\ufffdd'],
    [
      '2023-11-14T22:13:20.1230000Z',
      'V\u00e9ndor',
      '10.0.0.1',
      '2001:db8::1',
      443,
      '70000',
      9007199254740993n,
      'a\x1fb',
      'x\x10y',
      'caf\u00e9 \ud83d\ude00',
      true,
    ],
    ['2023-11-14T22:13:20.0000000Z', 'V\u00e9ndor', '010.0.0.1', -5, 'deny', 'dpt=x;end=2023-11-14T22:13:20Z;own=kept'],
    ['V\u00e9ndor'],
  ]);
  await workspace.close();
});
