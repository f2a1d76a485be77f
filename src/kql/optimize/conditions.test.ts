import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import type { Rel } from '../plan/nodes.js';
import { printExpr } from '../plan/print.js';
import { addressKeys } from './address-keys.js';
import { conditions } from './conditions.js';

const TABLES = { T: { IP: 'string', Port: 'int', Long: 'long', Real: 'real', Flag: 'bool' } } as const;

/** The first condition or computed expression of the query, before the rule and after it. */
function both(kql: string): { before: string; after: string } {
  const rel = addressKeys.apply(lowered(kql, TABLES), { addressKeys: () => ({ ipv4: 'IP$v4', ipv6: 'IP$v6' }) });
  return { before: shown(rel), after: shown(conditions.apply(rel, {})) };
}
function shown(rel: Rel): string {
  if (rel.kind === 'filter') return printExpr(rel.predicate);
  if (rel.kind === 'project' && rel.items.some(({ expr }) => expr.kind === 'call'))
    return rel.items
      .filter(({ expr }) => expr.kind === 'call')
      .map(({ expr }) => printExpr(expr))
      .join('; ');
  return 'input' in rel ? shown(rel.input) : '';
}

it('isnotnull goes where another condition fails for null', () => {
  expect(both('T | where isnotnull(Long) and Long > 5').after).toBe('(Long > 5)');
  expect(both('T | where isnotnull(Port) and Port in (1, 2)').after).toBe('in_values(tolong(Port), 1, 2)');
  expect(both('T | where isnotnull(Port) and Port !in (1, 2)').after).toBe('not(in_values(tolong(Port), 1, 2))');
  expect(both('T | where isnotnull(Long) and Flag').after).toBe('(isnotnull(Long) and Flag)');
});

it('!= needs no care for nulls where both have a value', () => {
  expect(both('T | where isnotnull(Long) and Long != 5').after).toBe('unequal_values(Long, 5)');
  expect(both('T | where Long != 5').after).toBe('(Long != 5)');
  expect(both('T | where isnotnull(Flag) and Flag != (Long > 5)').after).toBe(
    '(isnotnull(Flag) and (Flag != (Long > 5)))',
  );
  // NaN is a value
  expect(both('T | where isnotnull(Real) and Real != 5.0').after).toBe('(isnotnull(Real) and (Real != 5))');
});

it('tests of one address become one, their ranges sorted and joined', () => {
  const { before, after } = both(
    'T | where ipv4_is_in_any_range(IP, "10.0.0.0/9", "1.0.0.0/8") == false and Long > 1 and not(ipv4_is_in_range(IP, "10.128.0.0/9"))',
  );
  expect(before).toContain(
    '(address_key_in(IP$v4, no_ipv6_key(), 4, 16777216, 33554431, 167772160, 176160767) == false)',
  );
  expect(after).toBe(
    '(not(address_key_in(IP$v4, no_ipv6_key(), 4, 16777216, 33554431, 167772160, 184549375)) and (Long > 1))',
  );
});

it('or joins tests also outside of a filter', () => {
  expect(both('T | project x = ipv4_is_in_range(IP, "1.0.0.0/8") or ipv4_is_in_range(IP, "2.0.0.0/8")').after).toBe(
    'address_key_in(IP$v4, no_ipv6_key(), 2, 16777216, 50331647)',
  );
});

it('whether a test is null is read off the keys', () => {
  expect(
    both('T | project x = isnull(ipv6_is_in_range(IP, "2001:db8::/32")), y = isnotnull(ipv4_is_private(IP))').after,
  ).toBe('not(address_key_known(IP$v4, IP$v6)); address_key_known(IP$v4, no_ipv6_key())');
});
