import { expect, test } from 'vitest';
import { knownSchema, knownTables } from './known.js';

test('the shipped schemas hold the tables that hunts read', () => {
  expect(knownTables().length).toBeGreaterThan(1900);
  expect(knownSchema('CommonSecurityLog')).toMatchObject({ TimeGenerated: 'datetime', DestinationPort: 'int' });
  expect(knownSchema('DeviceNetworkEvents')).toMatchObject({ RemoteIP: 'string', AdditionalFields: 'dynamic' });
  expect(knownSchema('VMConnection')).toMatchObject({ BytesSent: 'long', RemoteLatitude: 'real', TenantId: 'guid' });
  expect(Object.keys(knownSchema('DnsEvents') ?? {})[0]).toBe('TimeGenerated');
});

test('a table that is not known has no schema', () => {
  expect(knownSchema('NoSuchTable')).toBeUndefined();
  expect(knownSchema('commonsecuritylog')).toBeUndefined();
});
