import { isIP } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIpv4, parseIpv6 } from '../../util/ip.js';
import { isAddressColumn } from './address-columns.js';
import { addressKey } from './address-keys.js';

test('IPv4 in its usual writing', () => {
  expect(parseIpv4('10.0.0.1')).toBe(0x0a000001);
  expect(parseIpv4('255.255.255.255')).toBe(0xffffffff);
  for (const wrong of ['1.2.3', '1.2.3.4.5', '01.2.3.4', '1.2.3.256', '1.2.3.4 ', '1..2.3', '1.2.3.', '.1.2.3.4', ''])
    expect(parseIpv4(wrong), wrong).toBe(-1);
});

test('IPv6 in every form of RFC 4291', () => {
  expect(parseIpv6('::')).toBe(0n);
  expect(parseIpv6('::1')).toBe(1n);
  expect(parseIpv6('2001:db8::1')).toBe(0x20010db8000000000000000000000001n);
  expect(parseIpv6('::ffff:192.0.2.1')).toBe(0xffffc0000201n);
  expect(parseIpv6('1:2:3:4:5:6:7::')).toBe(0x00010002000300040005000600070000n);
});

test('what is an IPv6 address is decided as Node decides it', () => {
  const group = fc.constantFrom('0', '1', 'ffff', 'g', '', '12345', '1.2.3.4', '0db8');
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 10 }), (groups) => {
      const text = groups.join(':');
      expect(parseIpv6(text) !== null, text).toBe(isIP(text) === 6);
    }),
    { numRuns: 3000 },
  );
});

test('a text that Kusto may still read as an address is told apart from other text', () => {
  expect(addressKey('10.0.0.0/8')).toEqual({ none: 'inexact' });
  expect(addressKey('010.0.0.1')).toEqual({ none: 'inexact' });
  expect(addressKey('fe80::1%eth0'.replace('eth0', '3'))).toEqual({ none: 'inexact' });
  expect(addressKey('host.example')).toEqual({ none: 'text' });
  expect(addressKey('-')).toEqual({ none: 'text' });
  expect(addressKey('')).toEqual({ none: 'text' });
});

test('names of address columns', () => {
  for (const name of [
    'SourceIP',
    'DestinationIP',
    'LocalIP',
    'RemoteIP',
    'ClientIP',
    'NetworkIP',
    'SourceIp',
    'RemoteIp',
    'IPAddress',
    'CallerIpAddress',
    'DeviceAddress',
    'SourceTranslatedAddress',
    'DestinationTranslatedAddress',
    'id_orig_h',
    'id_resp_h',
    'SrcIpAddr',
    'NetworkSourceIP',
    'ip',
    'src_ip_s',
    'RemoteAddressIP6',
    'MaliciousIP',
    'DeviceCustomIPv6Address1',
  ])
    expect(isAddressColumn(name), name).toBe(true);
  for (const name of [
    'Description',
    'RemoteIPCountry',
    'SourceMACAddress',
    'EmailAddress',
    'RecipientEmailAddress',
    'RemoteIPType',
    'Script',
    'SubscriptionId',
    'DeviceCustomIPv6Address1Label',
    'Principal',
    'Zip',
    'IPAddresses',
  ])
    expect(isAddressColumn(name), name).toBe(false);
});
