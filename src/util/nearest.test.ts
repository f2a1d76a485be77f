import { expect, it } from 'vitest';
import { nearest } from './nearest.js';

const names = [
  'CommonSecurityLog',
  'DnsEvents',
  'SecurityEvent',
  'SecurityAlert',
  'SigninLogs',
  'SourceIP',
  'SourcePort',
];

it.each([
  ['commonsecuritylog', ['CommonSecurityLog']],
  ['DnsEvent', ['DnsEvents']],
  ['SecuirtyEvent', ['SecurityEvent']],
  ['SourcIP', ['SourceIP']],
  ['Source_IP', ['SourceIP']],
  ['SecurityEvents', ['SecurityEvent']],
  ['SecurityLog', ['CommonSecurityLog']],
  ['banana', []],
  ['x', []],
])('%s → %j', (typed, expected) => {
  expect(nearest(typed, names)).toEqual(expected);
});
