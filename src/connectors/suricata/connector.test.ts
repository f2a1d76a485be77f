import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { collect, noRows, readSamples } from '../testing.js';
import { suricata } from './manifest.js';

const flow = (more: object, flags?: [string, string]) =>
  collect(
    suricata,
    JSON.stringify({
      timestamp: '2024-06-15T10:00:00.000000+0000',
      flow_id: 1,
      event_type: 'flow',
      src_ip: '10.0.0.1',
      dest_ip: '192.0.2.1',
      proto: 'TCP',
      flow: { pkts_toserver: 2, pkts_toclient: 2, ...more },
      ...(flags && { tcp: { tcp_flags_ts: flags[0], tcp_flags_tc: flags[1] } }),
    }),
  ).rows[1]?.row;

const dns = (dns: object, more: object = {}) =>
  JSON.stringify({
    timestamp: '2024-06-15T10:00:00.000000+0000',
    flow_id: 7,
    event_type: 'dns',
    src_ip: '10.0.0.1',
    src_port: 40000,
    dest_ip: '10.0.0.2',
    dest_port: 53,
    dns,
    ...more,
  });

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      expect(collect(suricata, text, { framing: 'json' })).toEqual(expected);
      expect(detect(connectors, sampleOf(text, true), false)?.connector.name).toBe('suricata');
    });
});

test('what became of a flow', () => {
  expect(flow({}, ['1b', '1b'])).toMatchObject({ DeviceAction: 'allow' });
  expect(flow({}, ['02', '14'])).toMatchObject({ DeviceAction: 'reject', EventOutcome: 'Failure' });
  expect(flow({ pkts_toclient: 0 }, ['02', '00'])).toMatchObject({ DeviceAction: 'no reply' });
  expect(flow({}, ['18', '10'])).toMatchObject({ DeviceAction: 'partial' });
  expect(flow({ pkts_toclient: 0 })).toMatchObject({ DeviceAction: 'no reply' });
  expect(flow({ action: 'drop' }, ['02', '12'])).toMatchObject({ DeviceAction: 'drop' });
});

test('behind a syslog header, in any place', () => {
  const event = dns({ type: 'query', id: 1, rrname: 'a.example.', rrtype: 'A' });
  const lines = [
    `<141>Jun 15 10:00:00 ids-1 suricata[812]: ${event}`,
    `<141>1 2024-06-15T10:00:00Z ids-1 suricata 812 - - ${event}`,
    `Jun 15 10:00:00 ids-1 suricata: @cee: ${event}`,
  ];
  for (const line of lines) {
    expect(suricata.detect(sampleOf(line, true))).toBeGreaterThan(0.9);
    expect(collect(suricata, line, { framing: 'lines' }).rows[1]).toMatchObject({
      table: 'DnsEvents',
      row: { Computer: 'ids-1', Name: 'a.example', SubType: 'LookupQuery' },
    });
  }
});

test("in a shipper's message", () => {
  const event = dns({ type: 'query', rrname: 'a.example', rrtype: 'A' });
  expect(collect(suricata, JSON.stringify({ '@timestamp': 'x', message: event })).rows).toHaveLength(2);
});

describe('dns', () => {
  test('queries are requests where answers are logged', () => {
    const text = `${dns({ type: 'query', rrname: 'a.example', rrtype: 'A' })}\n${dns({ type: 'answer', rrname: 'a.example', rrtype: 'A', rcode: 'NOERROR', answers: [] })}`;
    const rows = collect(suricata, text, { framing: 'json' }).rows.filter(({ table }) => table === 'DnsEvents');
    expect(rows.map(({ row }) => row.SubType)).toEqual(['LookupRequest', 'LookupQuery']);
  });

  test('version 1: an answer is a record, from the server', () => {
    const answer = dns(
      { type: 'answer', id: 3, rcode: 'NOERROR', rrname: 'a.example', rrtype: 'A', ttl: 60, rdata: '192.0.2.3' },
      { src_ip: '10.0.0.2', src_port: 53, dest_ip: '10.0.0.1', dest_port: 40000 },
    );
    expect(collect(suricata, answer).rows[1]?.row).toMatchObject({
      ClientIP: '10.0.0.1',
      IPAddresses: '192.0.2.3',
      ResultCode: 0,
    });
  });

  test('answers grouped by type only', () => {
    const answer = dns({
      type: 'answer',
      rrname: 'a.example',
      rrtype: 'A',
      grouped: { A: ['192.0.2.3'], CNAME: ['b.example'] },
    });
    expect(collect(suricata, answer).rows[1]?.row).toMatchObject({ IPAddresses: '192.0.2.3' });
  });
});

test('netflow: one row a flow, none where flows are logged', () => {
  const half = (turned: boolean) => ({
    timestamp: '2024-06-15T10:00:00.000000+0000',
    flow_id: 5,
    event_type: 'netflow',
    src_ip: turned ? '192.0.2.1' : '10.0.0.1',
    src_port: turned ? 443 : 50000,
    dest_ip: turned ? '10.0.0.1' : '192.0.2.1',
    dest_port: turned ? 50000 : 443,
    proto: 'TCP',
    netflow: { pkts: 3, bytes: 300, start: '2024-06-15T09:59:00.000000+0000', end: '2024-06-15T10:00:00.000000+0000' },
  });
  const text = [half(false), half(true)].map((event) => JSON.stringify(event)).join('\n');
  const hunted = (source: string) =>
    collect(suricata, source, { framing: 'json' }).rows.filter(
      ({ table, row }) => table === 'CommonSecurityLog' && row.DeviceEventClassID === 'netflow',
    );
  expect(hunted(text)).toMatchObject([{ row: { SourceIP: '10.0.0.1', DestinationPort: 443, SentBytes: 300 } }]);
  const withFlow = JSON.stringify({ ...half(false), event_type: 'flow', flow: { pkts_toserver: 3 } });
  expect(hunted(`${text}\n${withFlow}`)).toEqual([]);
});

test('unknown events and fields are kept', () => {
  const event = {
    timestamp: '2024-06-15T10:00:00Z',
    event_type: 'new-thing',
    flow_id: 1,
    'new-thing': { a: 1, b: { c: 2 } },
    x: [1],
  };
  expect(collect(suricata, JSON.stringify(event)).rows).toEqual([
    {
      table: 'Suricata_new_thing_CL',
      row: {
        TimeGenerated: '2024-06-15T10:00:00.0000000Z',
        event_type: 'new-thing',
        flow_id: 1,
        new_thing_a: 1,
        new_thing_b: { c: 2 },
        x: [1],
      },
    },
  ]);
});

test('what is no event is rejected with its reason', () => {
  const { rejected } = collect(
    suricata,
    '{"event_type":"flow"\n{"a":1}\n{"event_type":"flow","flow_id":1,"timestamp":"soon"}',
    {
      framing: 'lines',
    },
  );
  expect(rejected.map(({ reason }) => reason)).toEqual([
    'no event of Suricata: not JSON, or without event_type',
    'no event of Suricata: not JSON, or without event_type',
    "timestamp: 'soon' is no time",
  ]);
});

test('nothing but Reject is thrown', () => {
  const event = fc.record(
    {
      timestamp: fc.oneof(fc.constant('2024-06-15T10:00:00.000000+0200'), fc.string()),
      event_type: fc.oneof(fc.constantFrom('flow', 'dns', 'alert', 'http', 'tls', 'netflow', 'drop'), fc.string()),
      flow_id: fc.oneof(fc.integer(), fc.string()),
      src_ip: fc.anything(),
      flow: fc.anything(),
      dns: fc.anything(),
      http: fc.anything(),
      alert: fc.anything(),
      tls: fc.anything(),
    },
    { requiredKeys: ['timestamp', 'event_type'] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.jsonValue(), event)), (records) => {
      const parser = suricata.open({
        framing: 'json',
        fileName: 'x',
        modified: 0,
        settings: { 'hunt-rows': 'flow,dns,alert,http,tls,netflow,drop' },
        rows: noRows,
      });
      for (const record of records)
        try {
          parser.parse(record, () => {}, { line: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
    }),
  );
});
