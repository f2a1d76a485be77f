import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { constants } from './constants.js';

const TABLES = {
  T: { Name: 'string', Port: 'long', Gone: 'string', Never: 'long' },
  U: { Name: 'string', Port: 'long' },
} as const;
const absent = (table: string, column: string): boolean => table === 'T' && ['Gone', 'Never'].includes(column);
const plan = (kql: string): string => printPlan(constants.apply(lowered(kql, TABLES), { absent }));
const lines = (...text: string[]): string => text.join('\n');
const SCAN = 'scan T [Name, Port, Gone, Never]';

it('a column that no row has a value for is written as what it reads as', () => {
  const kql =
    'T | where isempty(Gone) and isnull(Never) | project A = coalesce(Gone, Name), B = iff(Gone has "x", 1, 2), Never';
  expect(printPlan(lowered(kql, TABLES))).toBe(
    lines(
      'project A = coalesce(Gone, Name), B = iff(has(Gone, "x"), 1, 2), Never',
      '  filter (isempty(Gone) and isnull(Never))',
      `    ${SCAN}`,
    ),
  );
  expect(plan(kql)).toBe(lines('project A = Name, B = 2, Never = long(null)', `  ${SCAN}`));
});

it('a condition that never holds stays as false, and aggregates of nothing are what they are', () => {
  expect(plan('T | where Gone == "x" and Port > 1')).toBe(lines('filter false', `  ${SCAN}`));
  expect(
    plan('T | summarize make_set_if(Gone, isnotempty(Gone)), n = countif(Gone == "x"), count() by Port'),
  ).toContain('aggregate set_Gone = dynamic([]), n = 0, count_ = count() by Port');
  // without groups there is a row all the same
  expect(plan('T | summarize n = countif(Gone == "x")')).toContain('aggregate n = countif((Gone == "x"))');
});

it('the name that a union adds is known in each of its tables', () => {
  const after = plan('union withsource=S (T | project Port), (U | project Port) | extend K = S');
  expect(after).toContain('S = "union_arg0"');
  // above the union it differs from row to row
  expect(after).toMatch(/^project .*K = S/);
});

it('the other side of an outer join may be missing', () => {
  const after = plan('T | extend E = "e" | join kind=leftouter (U | extend F = "f", G = "") on Port | project E, F, G');
  expect(after).toMatch(/^project E = "e", F, G = ""/);
});
