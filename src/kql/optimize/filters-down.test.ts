import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { filtersDown } from './filters-down.js';

const TABLES = {
  T: { TimeGenerated: 'datetime', Name: 'string', Port: 'long' },
  U: { TimeGenerated: 'datetime', Host: 'string', Port: 'long' },
} as const;

const moved = (kql: string): string => printPlan(filtersDown.apply(lowered(kql, TABLES), {}));
const lines = (...text: string[]): string => text.join('\n');

it('moves through projections, with what the columns stand for, and joins other filters', () => {
  const kql = 'T | where Port > 1 | extend Host = tolower(Name) | project Host, P = Port | where Host == "a" and P < 9';
  expect(printPlan(lowered(kql, TABLES))).toBe(
    lines(
      'filter ((Host == "a") and (P < 9))',
      '  project Host, P = Port',
      '    project TimeGenerated, Name, Port, Host = tolower(Name)',
      '      filter (Port > 1)',
      '        scan T [TimeGenerated, Name, Port]',
    ),
  );
  expect(moved(kql)).toBe(
    lines(
      'project Host, P = Port',
      '  project TimeGenerated, Name, Port, Host = tolower(Name)',
      '    filter ((Port > 1) and ((tolower(Name) == "a") and (Port < 9)))',
      '      scan T [TimeGenerated, Name, Port]',
    ),
  );
});

it('moves into each table of a union, to the columns as they are called there', () => {
  const plan = moved(
    'union (T | project TimeGenerated, Who = Name), (U | project TimeGenerated, Who = Host) | where Who has "x"',
  );
  expect(plan).toContain(lines('filter has(Name, "x")', '        scan T'));
  expect(plan).toContain(lines('filter has(Host, "x")', '        scan U'));
});

it('moves below a sort, not below what looks at other rows', () => {
  expect(moved('T | sort by Port asc | where Port > 1')).toMatch(/^sort Port\n {2}filter/);
  expect(moved('T | sort by Port asc | extend p = prev(Port) | where Port > 1')).toMatch(/^(project .*\n\s*)?filter/);
  expect(moved('T | take 5 | where Port > 1')).toMatch(/^filter/);
  expect(moved('T | summarize n = count() by Port | where n > 1')).toMatch(/^filter/);
});

it('does not compute a random number or a subquery twice', () => {
  expect(moved('T | extend r = rand() | where r > 0.5')).toMatch(/^filter/);
  expect(moved('let m = toscalar(U | summarize max(Port)); T | extend x = m | where x == 3 and Port == 4')).toBe(
    lines(
      'filter (x == 3)',
      '  project TimeGenerated, Name, Port, x = toscalar(scan U [TimeGenerated, Host, Port] | aggregate max_Port = max(Port))',
      '    filter (Port == 4)',
      '      scan T [TimeGenerated, Name, Port]',
    ),
  );
});

it('stays where it would double with every step on its way', () => {
  const steps = Array.from(
    { length: 20 },
    (_, i) => `| extend Name = iff(Name has "x${i}", strcat(Name, "${i}"), Name)`,
  );
  expect(moved(`T ${steps.join(' ')} | where strlen(Name) > 3`).length).toBeLessThan(10_000);
});
