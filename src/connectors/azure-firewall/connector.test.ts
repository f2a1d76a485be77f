import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reject } from '../../ingest/connector.js';
import { detect, sampleOf } from '../../ingest/detect.js';
import { connectors } from '../index.js';
import { collect, noRows, readSamples } from '../testing.js';
import { readDnsMessage } from './dns-message.js';
import { azureFirewall } from './manifest.js';
import { endpoint, readRuleMessage } from './message.js';

describe('samples', () => {
  for (const { name, text, expected } of readSamples(new URL('./samples/', import.meta.url)))
    test(name, () => {
      const found = detect(connectors, sampleOf(text, true), false);
      expect(found?.connector.name).toBe('azure-firewall');
      expect(collect(azureFirewall, text, { framing: found?.framing as 'json' })).toEqual(expected);
      const [line] = text.split('\n');
      if (found?.framing === 'json')
        expect(detect(connectors, sampleOf(line!, true), false)?.connector.name).toBe('azure-firewall');
    });
});

describe('the text of rule logs', () => {
  test.each([
    [
      'HTTPS request from 10.0.0.1:6065. Action: Deny. Reason: SNI TLS extension was missing.',
      {
        source: { host: '10.0.0.1', port: 6065 },
        destination: { host: '', port: null },
        action: 'Deny',
        reason: 'SNI TLS extension was missing',
      },
    ],
    [
      'HTTP  request from 10.0.0.1:50776 to ocsp.example:80. Url: ocsp.example/a.b=. Action: Allow. Rule Collection: generic. Rule: One, HTTP',
      { protocol: 'HTTP', url: 'ocsp.example/a.b=', action: 'Allow', ruleCollection: 'generic', rule: 'One, HTTP' },
    ],
    [
      'TCP request from 10.0.0.1:1 to 192.0.2.1:2. Action: Allow.. Rule Collection: a.b. Rule: c',
      { action: 'Allow', reason: '', ruleCollection: 'a.b', rule: 'c' },
    ],
    [
      'TCP request from 10.0.0.1:1 to 192.0.2.1:2. Action: Alert. Rule: 9000005. IDS: LOCAL (test). Priority: 1. Classification: Trojan',
      { signature: '9000005', rule: '', description: 'LOCAL (test)', priority: '1', classification: 'Trojan' },
    ],
    [
      'HTTPS request from 10.0.0.1:1 to a.example:443. Action: Deny. Failed to resolve address b.example:443: lookup b.example on 10.0.0.53:53: no such host',
      {
        action: 'Deny',
        reason: 'Failed to resolve address b.example:443: lookup b.example on 10.0.0.53:53: no such host',
      },
    ],
    [
      "UDP request from 192.0.2.1:5 to 192.0.2.2:53 was DNAT'ed to 10.0.0.53:53",
      { translated: { host: '10.0.0.53', port: 53 }, action: '' },
    ],
  ])('%s', (message, expected) => {
    expect(readRuleMessage(message)).toMatchObject(expected);
  });

  test('endpoints', () => {
    expect(endpoint('[2001:db8::1]:443.')).toEqual({ host: '2001:db8::1', port: 443 });
    expect(endpoint('2001:db8::1')).toEqual({ host: '2001:db8::1', port: null });
    expect(endpoint('10.0.0.1:.')).toEqual({ host: '10.0.0.1', port: null });
    expect(endpoint('a.example:443')).toEqual({ host: 'a.example', port: 443 });
  });

  test('errors of the DNS proxy, with and without the connection', () => {
    expect(
      readDnsMessage(' Error: 2 a.example. AAAA: read udp 10.0.0.4:1234->192.0.2.53:53: i/o timeout'),
    ).toMatchObject({
      client: '10.0.0.4',
      name: 'a.example.',
      type: 'AAAA',
      error: 'i/o timeout',
    });
    expect(readDnsMessage(' Error: 2 a.example. A: dial tcp: no route to host')).toMatchObject({
      client: '',
      error: 'dial tcp: no route to host',
    });
  });
});

test('a text of a form not known is kept in AzureDiagnostics, and gives no connection', () => {
  const record = {
    category: 'AzureFirewallNetworkRule',
    operationName: 'x',
    time: '2024-06-15T10:00:00Z',
    resourceId: '',
    properties: { msg: 'something new' },
  };
  expect(collect(azureFirewall, JSON.stringify(record)).rows).toMatchObject([
    { table: 'AzureDiagnostics', row: { msg_s: 'something new', Category: 'AzureFirewallNetworkRule' } },
  ]);
});

test('an envelope of records, and properties as text', () => {
  const properties = JSON.stringify({
    SourceIp: '10.0.0.1',
    DestinationIp: '192.0.2.1',
    DestinationPort: '443',
    Action: 'Allow',
    Protocol: 'TCP',
  });
  const text = JSON.stringify({ records: [{ category: 'AZFWNetworkRule', time: '2024-06-15T10:00:00Z', properties }] });
  expect(detect(connectors, sampleOf(text, true), false)?.connector.name).toBe('azure-firewall');
  expect(collect(azureFirewall, text).rows[1]).toMatchObject({
    row: { DestinationIP: '192.0.2.1', DestinationPort: 443 },
  });
});

test('others are rejected by name', () => {
  const text =
    '{"category":"AuditEvent","time":"2024-06-15T10:00:00Z","properties":{}}\n{"category":"AZFWNetworkRule","properties":{}}';
  expect(azureFirewall.detect(sampleOf(text.split('\n')[0]!, true))).toBe(0);
  expect(collect(azureFirewall, text).rejected.map(({ reason }) => reason)).toEqual([
    "category 'AuditEvent' is none of Azure Firewall's",
    'no time',
  ]);
});

test('nothing but Reject is thrown', () => {
  const message = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          'TCP',
          'request from',
          '10.0.0.1:1',
          ' to ',
          '192.0.2.1:2',
          '. Action: ',
          'Deny',
          '. Rule: ',
          'DNS Request: ',
          ' Error: ',
          '. ',
        ),
      )
      .map((words) => words.join(' ')),
  );
  const record = fc.record({
    category: fc.constantFrom(
      'AzureFirewallNetworkRule',
      'AzureFirewallDnsProxy',
      'AZFWNetworkRule',
      'AZFWDnsQuery',
      'AZFWNew',
    ),
    time: fc.oneof(fc.constant('2024-06-15T10:00:00Z'), fc.string()),
    resourceId: fc.anything(),
    properties: fc.oneof(fc.record({ msg: message }), fc.dictionary(fc.string(), fc.jsonValue()), fc.string()),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(record, fc.jsonValue())), (records) => {
      const parser = azureFirewall.open({ framing: 'json', fileName: 'x', modified: 0, settings: {}, rows: noRows });
      for (const value of records)
        try {
          parser.parse(value, () => {}, { line: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(Reject);
        }
    }),
  );
});
