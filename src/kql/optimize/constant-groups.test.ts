import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { constantGroups } from './constant-groups.js';
import { constants } from './constants.js';

const TABLES = { T: { Name: 'string', Port: 'long', Gone: 'string' } } as const;
const lines = (...text: string[]): string => text.join('\n');

/** The plan before the rule and after it; `Gone` has no values. */
function plans(kql: string): { before: string; after: string } {
  const rel = constants.apply(lowered(kql, TABLES), { absent: (_, column) => column === 'Gone' });
  return { before: printPlan(rel), after: printPlan(constantGroups.apply(rel, {})) };
}

it('a key that is the same in every row is written beside the groups', () => {
  const { before, after } = plans('T | summarize n = count() by Gone, Port');
  expect(before).toBe(lines('aggregate n = count() by Gone = "", Port', '  scan T [Name, Port, Gone]'));
  expect(after).toBe(
    lines('project Gone = "", Port, n', '  aggregate n = count() by Port', '    scan T [Name, Port, Gone]'),
  );
});

it('conditions stay at the groups', () => {
  const { before, after } = plans('T | summarize n = count() by Gone, Port | where n > 1 and isempty(Gone)');
  expect(before).toBe(
    lines('filter (n > 1)', '  aggregate n = count() by Gone = "", Port', '    scan T [Name, Port, Gone]'),
  );
  expect(after).toBe(
    lines(
      'project Gone = "", Port, n',
      '  filter (n > 1)',
      '    aggregate n = count() by Port',
      '      scan T [Name, Port, Gone]',
    ),
  );
});

it('the last key stays: without any there is a row even of nothing', () => {
  expect(plans('T | summarize n = count() by Gone').after).toBe(
    lines('aggregate n = count() by Gone', '  scan T [Name, Port, Gone]'),
  );
  expect(plans('T | summarize n = count() by Gone, Where = "here"').after).toBe(
    lines('project Gone, Where = "here", n', '  aggregate n = count() by Gone', '    scan T [Name, Port, Gone]'),
  );
});
