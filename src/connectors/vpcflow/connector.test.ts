import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../engine/store/open.js';
import { Reject } from '../../ingest/connector.js';
import { detect, sampleOf } from '../../ingest/detect.js';
import { ingest } from '../../ingest/ingest.js';
import { connectors } from '../index.js';
import { collect, noRows, readSamples } from '../testing.js';
import { vpcflow } from './manifest.js';

const LINE = '2 111122223333 eni-0a1b2c3d 10.0.0.1 192.0.2.1 50000 443 6 2 100 1718445600 1718445660 ACCEPT OK';

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      const found = detect(connectors, sampleOf(text, true), false);
      expect(found?.connector.name).toBe('vpcflow');
      expect(collect(vpcflow, text, { framing: found?.framing as 'lines' })).toEqual(expected);
    });
});

test('one line is enough', () => {
  expect(vpcflow.detect(sampleOf(LINE, true))).toBeGreaterThan(0.9);
  expect(vpcflow.detect(sampleOf('2 10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326', true))).toBe(
    0,
  );
});

describe('the order of fields', () => {
  const custom = 'eni-0a1b2c3d 10.0.0.1 192.0.2.1 443 ACCEPT OK';

  test('a custom one without a header is refused', () => {
    expect(detect(connectors, sampleOf(custom, true), false)?.connector.name).toBe('vpcflow');
    expect(() => collect(vpcflow, custom)).toThrow(
      '6 fields in no default format, and no header line says their order',
    );
  });

  test('or given', () => {
    for (const fields of [
      'interface-id srcaddr dstaddr dstport action log-status',
      ['interface-id', 'srcaddr', 'dstaddr', 'dstport', 'action', 'log-status'].map((name) => `\${${name}}`).join(' '),
    ])
      expect(collect(vpcflow, custom, { settings: { fields } }).rows).toMatchObject([
        { table: 'AWSVPCFlow', row: { DstPort: 443, DstAddr: '192.0.2.1', LogStatus: 'OK' } },
        { table: 'CommonSecurityLog', row: { DestinationPort: 443, DeviceAction: 'ACCEPT' } },
      ]);
  });

  test('a header where files were put together', () => {
    const text = `${LINE}\nsrcaddr dstaddr log-status\n10.0.0.2 192.0.2.2 OK\n`;
    expect(collect(vpcflow, text).rows.map(({ row }) => row.SrcAddr ?? row.SourceIP)).toEqual([
      '10.0.0.1',
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.2',
    ]);
  });
});

test("another sender's lines after a header", () => {
  const { rows } = collect(vpcflow, `srcaddr dstaddr log-status\n${LINE}`);
  expect(rows[0]?.row).toMatchObject({ SrcAddr: '10.0.0.1', DstPort: 443 });
});

test('what CloudWatch Logs puts before a line', () => {
  for (const prefix of ['2024-06-15T10:00:00.000Z ', '2024-06-15T10:00:00+00:00 eni-0a1b2c3d-all '])
    expect(collect(vpcflow, prefix + LINE).rows[0]?.row).toMatchObject({
      SrcAddr: '10.0.0.1',
      Start: '2024-06-15T10:00:00.0000000Z',
    });
});

test('a record without times has that of its event, or of its file', () => {
  const fields = { fields: 'srcaddr dstaddr' };
  const message = JSON.stringify({ timestamp: 1718445600000, message: '10.0.0.1 192.0.2.1' });
  const time = '2024-06-15T10:00:00.0000000Z';
  expect(collect(vpcflow, message, { framing: 'json', settings: fields }).rows[1]?.row.TimeGenerated).toBe(time);
  const fileName = '111122223333_vpcflowlogs_eu-west-1_fl-1234_20240615T1000Z_abcd.log.gz';
  expect(collect(vpcflow, '10.0.0.1 192.0.2.1', { fileName, settings: fields }).rows[0]?.row.TimeGenerated).toBe(time);
});

test('lines that are cut, or whose values are none, say so', () => {
  const { rejected } = collect(vpcflow, `${LINE}\n${LINE.slice(0, 60)}\n${LINE.replace('443', 'https')}`);
  expect(rejected.map(({ reason }) => reason)).toEqual([
    '9 fields in no default format, and no header line says their order: give it with --connector-setting "vpcflow.fields=version srcaddr dstaddr …"',
    "dstport: 'https' is no number",
  ]);
});

test('hunt-rows turns the rows of CommonSecurityLog off', () => {
  expect(collect(vpcflow, LINE, { settings: { 'hunt-rows': false } }).rows).toHaveLength(1);
});

test('Parquet as delivered to S3', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'trawl-vpcflow-'));
  const store = await openStore();
  try {
    const path = join(directory, 'flows.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT 5::INT AS version, '111122223333' AS account_id, 'eni-0a1b2c3d' AS interface_id, '10.0.0.' || i AS srcaddr,
      '192.0.2.1' AS dstaddr, 443::INT AS dstport, 6::INT AS protocol, (i * 5000000000)::BIGINT AS bytes, 1718445600::BIGINT AS start,
      1718445660::BIGINT AS "end", 'ACCEPT' AS action, NULL::VARCHAR AS pkt_dst_aws_service, 'OK' AS log_status FROM range(3) r(i))
      TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    const report = await ingest(store, connectors, path);
    expect(report).toMatchObject({
      events: 3,
      rejected: 0,
      byTable: { AWSVPCFlow: 3, CommonSecurityLog: 3 },
      files: [{ connector: 'vpcflow' }],
    });
  } finally {
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

test('nothing but Reject is thrown', () => {
  const token = fc.oneof(
    fc.string(),
    fc.constantFrom('-', 'OK', 'srcaddr', '10.0.0.1', '6', 'ACCEPT', '1718445600', '__proto__'),
  );
  const line = fc.array(token, { maxLength: 40 }).map((tokens) => tokens.join(' '));
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.constant(LINE), fc.jsonValue()), { maxLength: 20 }), (records) => {
      const parser = vpcflow.open({ framing: 'lines', fileName: 'x', modified: 0, settings: {}, rows: noRows });
      for (const record of records)
        try {
          parser.parse(record, () => {}, { line: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
    }),
  );
});
