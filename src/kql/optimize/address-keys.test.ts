import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { addressKeys } from './address-keys.js';
import type { OptimizeOptions } from './rule.js';

const TABLES = {
  T: { TimeGenerated: 'datetime', Src: 'string', Dst: 'string', Text: 'string', Port: 'long' },
  U: { TimeGenerated: 'datetime', Src: 'string' },
} as const;

/** T keeps numbers of two columns, U only IPv4; Text has none. */
const options: OptimizeOptions = {
  addressKeys: (table, column) =>
    column === 'Text'
      ? undefined
      : table === 'U'
        ? { ipv4: `${column}$v4` }
        : { ipv4: `${column}$v4`, ipv6: `${column}$v6` },
};
const plan = (kql: string): string => printPlan(addressKeys.apply(lowered(kql, TABLES), options));
const lines = (...text: string[]): string => text.join('\n');

it('a test of a stored column reads the number beside it', () => {
  const kql = 'T | where ipv4_is_in_range(Src, "10.0.0.0/8")';
  expect(printPlan(lowered(kql, TABLES))).toBe(
    lines('filter ipv4_is_in_range(Src, "10.0.0.0/8")', '  scan T [TimeGenerated, Src, Dst, Text, Port]'),
  );
  expect(plan(kql)).toBe(
    lines(
      'project TimeGenerated, Src, Dst, Text, Port',
      '  filter address_key_in(Src$v4, no_ipv6_key(), 2, 167772160, 184549375)',
      '    scan T [TimeGenerated, Src, Dst, Text, Port, Src$v4, Src$v6]',
    ),
  );
});

it('the numbers are carried through renaming, grouping, unions and shared tables', () => {
  expect(plan('T | project A = Src | summarize count() by A | where ipv4_is_in_range(A, "10.0.0.0/8")')).toBe(
    lines(
      'project A, count_',
      '  filter address_key_in($v4 A, no_ipv6_key(), 2, 167772160, 184549375)',
      '    aggregate count_ = count(), $v4 A = take_any($v4 A), $v6 A = take_any($v6 A) by A',
      '      project A = Src, $v4 A = Src$v4, $v6 A = Src$v6',
      '        scan T [TimeGenerated, Src, Dst, Text, Port, Src$v4, Src$v6]',
    ),
  );
  expect(plan('union T, U | extend x = ipv4_is_private(Src)')).toContain('$v6 Src = no_ipv6_key()');
  const shared = plan('let S = materialize(T | distinct Src); union (S | where ipv4_is_private(Src)), S');
  expect(shared).toContain('aggregate $v4 Src = take_any(Src$v4), $v6 Src = take_any(Src$v6) by Src');
  expect(shared).toContain('shared shared1 (as above)');
});

it('a test of one of several addresses is made of the tests of each', () => {
  const test = (key: string): string => `address_key_in(${key}$v4, no_ipv6_key(), 2, 167772160, 184549375)`;
  expect(plan('T | project x = ipv4_is_in_range(iff(Port > 5, Src, Dst), "10.0.0.0/8")')).toContain(
    `x = case((Port > 5), ${test('Src')}, ${test('Dst')})`,
  );
  expect(plan('T | project x = ipv4_is_in_range(coalesce(Src, Dst), "10.0.0.0/8")')).toContain(
    `x = case(isnotempty(Src), ${test('Src')}, ${test('Dst')})`,
  );
});

it('IPv4 parts of IPv6 ranges are tested on the IPv4 number', () => {
  expect(plan('T | where ipv6_is_in_range(Src, "::ffff:10.0.0.0/104")')).toContain(
    'address_key_in(Src$v4, Src$v6, 2, 167772160, 184549375, "281470849515520", "281470866292735")',
  );
});

it('a test stays as it was where one of the addresses has no number, or the ranges are not known', () => {
  for (const kql of [
    'T | where ipv4_is_private(Text)',
    'T | where ipv4_is_private(iff(Port > 5, Src, Text))',
    'T | where ipv4_is_in_range(Src, Dst)',
    'T | where ipv4_is_in_range(Src, "nonsense")',
    'T | where ipv4_is_private(strcat(Src, ""))',
  ])
    expect(plan(kql)).toBe(printPlan(lowered(kql, TABLES)));
});
