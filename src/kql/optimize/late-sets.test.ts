import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { lateSets } from './late-sets.js';
import { nativeLists } from './native-lists.js';

const TABLES = { T: { Key: 'string', Name: 'string', Bytes: 'long' } } as const;
const plan = (kql: string, rows: number | undefined): string =>
  printPlan(lateSets.apply(nativeLists.apply(lowered(kql, TABLES), {}), { rows: () => rows }));
const lines = (...text: string[]): string => text.join('\n');

const KQL = 'T | summarize Total = sum(Bytes), Names = make_set(Name, 5) by Key | where Total > 100';
const EARLY = lines(
  'project Key, Total, Names = list_json(Names)',
  '  filter (Total > 100)',
  '    aggregate Total = sum(Bytes), Names = set_values(Name, 5) by Key',
  '      scan T [Key, Name, Bytes]',
);

it('sets are made of the groups that a condition leaves', () => {
  expect(plan(KQL, 1000)).toBe(
    lines(
      'project Key, Total, Names = list_json(Names)',
      '  project Key, Total, Names = distinct_list(Names, 5)',
      '    filter (Total > 100)',
      '      aggregate Total = sum(Bytes), Names = all_values(Name) by Key',
      '        scan T [Key, Name, Bytes]',
    ),
  );
});

it('not of so many rows, or of an unknown number', () => {
  expect(plan(KQL, 1e9)).toBe(EARLY);
  expect(plan(KQL, undefined)).toBe(EARLY);
  expect(plan(KQL.replace('T |', 'T | mv-expand x = range(1, Bytes) |'), 1000)).toContain('set_values(Name, 5)');
});

it('not when the condition is about the set', () => {
  expect(plan('T | summarize Names = make_set(Name) by Key | where array_length(Names) > 3', 10)).toContain(
    'set_values(Name)',
  );
});
