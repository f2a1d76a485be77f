import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { collect, noRows, readSamples } from '../testing.js';
import { tableOf } from './columns.js';
import { trafficAnalytics } from './manifest.js';
import { publicAddresses } from './public-addresses.js';

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      const found = detect(connectors, { ...sampleOf(text, true), fileName: name }, false);
      expect(found?.connector.name).toBe('traffic-analytics');
      expect(collect(trafficAnalytics, text, { framing: found?.framing as 'json' })).toEqual(expected);
    });
});

test('the table by the columns', () => {
  expect(tableOf(['FlowDirection', 'L4Protocol', 'FlowType', 'SrcIP'])).toBe('AzureNetworkAnalytics_CL');
  expect(tableOf(['FlowDirection', 'L4Protocol', 'FlowType', 'SrcIp', 'AclRule'])).toBe('NTANetAnalytics');
  expect(tableOf(['FlowDirection_s', 'L4Protocol_s', 'FlowType_s', 'SrcIP_s'])).toBe('AzureNetworkAnalytics_CL');
  expect(tableOf(['TimeGenerated', 'SrcIp', 'DestIp', 'L4Protocol'])).toBeUndefined();
});

test('lists of public addresses', () => {
  expect(publicAddresses("['192.0.2.1', '192.0.2.2']").map(({ address }) => address)).toEqual([
    '192.0.2.1',
    '192.0.2.2',
  ]);
  expect(publicAddresses('192.0.2.1|1|1|10|20|1000|2000')).toEqual([
    { address: '192.0.2.1', bytesSent: 1000, bytesReceived: 2000 },
  ]);
  expect(publicAddresses('none')).toEqual([]);
});

test("names without suffixes, as notebooks' exports have them", () => {
  const text =
    ',TimeGenerated,FlowStartTime,FlowType,VMName,VMIPAddress,PublicIPs,SrcIP,DestIP,L4Protocol,DestPort,FlowDirection,AllowedOutFlows,AllExtIPs\n' +
    "7,2024-06-15 11:00:00,2024-06-15 10:00:00,AzurePublic,web,10.40.0.4,\"['192.0.2.1', '192.0.2.2']\",,,T,443.0,O,4.0,192.0.2.2\n";
  expect(collect(trafficAnalytics, text, { framing: 'csv' }).rows).toMatchObject([
    {
      table: 'AzureNetworkAnalytics_CL',
      row: { FlowStartTime_t: '2024-06-15 10:00:00', VM_s: 'web', DestPort_d: '443.0' },
    },
    {
      table: 'CommonSecurityLog',
      row: { SourceIP: '10.40.0.4', DestinationIP: '192.0.2.2', DestinationPort: 443, EventCount: 4 },
    },
  ]);
});

test('nothing but Reject is thrown', () => {
  const columns = fc.constantFrom(
    'FlowDirection_s',
    'L4Protocol_s',
    'FlowType_s',
    'SrcIP_s',
    'DestIP_s',
    'FlowStartTime_t',
    'PublicIPs_s',
    '__proto__',
  );
  const row = fc.dictionary(
    columns,
    fc.oneof(fc.string(), fc.jsonValue(), fc.constantFrom('I', 'O', '192.0.2.1', '2024-06-15T10:00:00Z')),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(row, fc.jsonValue())), (records) => {
      const parser = trafficAnalytics.open({ framing: 'json', fileName: 'x', modified: 0, settings: {}, rows: noRows });
      for (const value of records)
        try {
          parser.parse(value, () => {}, { line: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
    }),
  );
});
