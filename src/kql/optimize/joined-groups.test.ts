import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { joinedGroups } from './joined-groups.js';

const TABLES = {
  Large: { Key: 'string', Bytes: 'long' },
  Small: { Name: 'string' },
  Other: { Name: 'string' },
} as const;
const ROWS: Readonly<Record<string, number>> = { Large: 1_000_000, Small: 1_000, Other: 900_000 };
const plan = (kql: string): string =>
  printPlan(joinedGroups.apply(lowered(kql, TABLES), { rows: (table) => ROWS[table] }));
const lines = (...text: string[]): string => text.join('\n');

it('only rows that match few values are grouped', () => {
  const kql = 'Large | summarize n = count() by Key | join kind=inner Small on $left.Key == $right.Name';
  expect(printPlan(lowered(kql, TABLES))).toBe(
    lines(
      'join inner on $left.Key == $right.Name',
      '  aggregate n = count() by Key',
      '    scan Large [Key, Bytes]',
      '  scan Small [Name]',
    ),
  );
  expect(plan(kql)).toBe(
    lines(
      'join inner on $left.Key == $right.Name',
      '  aggregate n = count() by Key',
      '    join leftsemi on $left.Key == $right.Name',
      '      scan Large [Key, Bytes]',
      '      shared few1',
      '        scan Small [Name]',
      '  shared few1 (as above)',
    ),
  );
});

it('the keys of the groups that are looked up come from the table', () => {
  const after = plan(
    'let G = materialize(Large | summarize n = count() by Key, Bytes); G | join kind=inner (G | distinct Key | extend K = tolower(Key) | join kind=inner Small on $left.K == $right.Name | project Key) on Key',
  );
  expect(after).not.toContain('shared shared');
  expect(after).toContain(
    lines(
      '  aggregate n = count() by Key, Bytes',
      '    join leftsemi on $left.Key == $right.Key',
      '      scan Large [Key, Bytes]',
      '      shared few1',
    ),
  );
  expect(after).toContain(lines('aggregate  by Key', '                scan Large [Key, Bytes]'));
});

it.each([
  [
    'the other table is large',
    'Large | summarize n = count() by Key | join kind=inner Other on $left.Key == $right.Name',
  ],
  [
    'groups without a match are wanted',
    'Large | summarize n = count() by Key | join kind=leftouter Small on $left.Key == $right.Name',
  ],
  [
    'the key is no key of the groups',
    'Large | summarize n = max(Key) by Bytes | join kind=inner Small on $left.n == $right.Name',
  ],
  [
    'the groups are read elsewhere, too',
    'let G = materialize(Large | summarize n = count() by Key); union G, (G | join kind=inner Small on $left.Key == $right.Name)',
  ],
  [
    'rows are chosen by chance',
    'Large | where rand() < 0.5 | summarize n = count() by Key | join kind=inner Small on $left.Key == $right.Name',
  ],
])('nothing changes where %s', (_, kql) => {
  expect(plan(kql)).toBe(printPlan(lowered(kql, TABLES)));
});
