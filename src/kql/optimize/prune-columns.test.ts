import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { pruneColumns } from './prune-columns.js';

const TABLES = { T: { TimeGenerated: 'datetime', A: 'string', B: 'string', C: 'long', D: 'long' } } as const;
const plan = (kql: string): string => printPlan(pruneColumns.apply(lowered(kql, TABLES), {}));

it('a scan gives the columns that are read above it', () => {
  const kql = 'T | where C > 1 | extend E = strcat(A, B) | summarize count() by E';
  expect(printPlan(lowered(kql, TABLES))).toContain('scan T [TimeGenerated, A, B, C, D]');
  expect(plan(kql)).toContain('scan T [A, B, C]');
});

it('a shared table gives what any of its readers needs', () => {
  const before = printPlan(
    lowered('let S = materialize(T | where C > 1); union (S | project A), (S | project A = B)', TABLES),
  );
  expect(before).toContain('scan T [TimeGenerated, A, B, C, D]');
  const after = plan('let S = materialize(T | where C > 1); union (S | project A), (S | project A = B)');
  expect(after).toContain('scan T [A, B, C]');
  expect(after).toContain('shared shared1 (as above)');
});

it('what a shared table needs of another one counts as well', () => {
  const after = plan(
    'let S = materialize(T | extend X = 1); let R = materialize(S | summarize N = max(C), M = max(D) by A); R | join kind=inner (S | project A, B) on A | project B, N',
  );
  expect(after).toContain('aggregate N = max(C) by A');
  expect(after).toContain('scan T [A, B, C]');
});
