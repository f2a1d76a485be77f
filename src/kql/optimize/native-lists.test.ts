import { expect, it } from 'vitest';
import { lowered } from '../../../test/support/plans.js';
import { printPlan } from '../plan/print.js';
import { nativeLists } from './native-lists.js';

const TABLES = { T: { Name: 'string', Port: 'long', Bag: 'dynamic', At: 'datetime' } } as const;

/** The plan before the rule and after it, without the scan's line. */
function plans(kql: string): { before: string; after: string } {
  const rel = lowered(kql, TABLES);
  const text = (of: typeof rel): string => printPlan(of).replace(/\n\s*scan .*/g, '');
  return { before: text(rel), after: text(nativeLists.apply(rel, {})) };
}

it('a set that is only joined to a text never becomes JSON', () => {
  const { before, after } = plans('T | summarize Names = strcat_array(make_set(Name), "; ") by Port');
  expect(before).toBe('aggregate Names = strcat_array(make_set(dynamic_from(Name)), "; ") by Port');
  expect(after).toBe('aggregate Names = join_list(set_values(Name), "; ") by Port');
});

it('a column stays a list through joins, filters and projections until something else reads it', () => {
  const { after } = plans(
    'T | summarize Names = make_set_if(Name, Port > 5, 3) by Port | where array_length(Names) > 1 | join kind=inner T on Port | project Port, Names, Text = strcat_array(Names, ",")',
  );
  expect(after).toBe(
    [
      'project Port, Names = list_json(Names), Text',
      '  project Port, Names, Text = join_list(Names, ",")',
      '    join inner on $left.Port == $right.Port',
      '      filter (list_length(Names) > 1)',
      '        aggregate Names = set_values_if(Name, (Port > 5), 3) by Port',
    ].join('\n'),
  );
});

it('parts of a text are taken from the list, and ranges are expanded as numbers', () => {
  const { before, after } = plans(
    'T | extend Parts = split(Name, ".") | project First = tostring(Parts[0]), Last = tostring(Parts[-1]), Parts | mv-expand i = range(0, array_length(Parts) - 1) to typeof(long) | project First, Last, Rest = strcat_array(array_slice(Parts, i, -1), ".")',
  );
  expect(before).toContain('tostring([](Parts, 0))');
  expect(after).toBe(
    [
      'project First, Last, Rest = join_list(slice_list(Parts, i, -1), ".")',
      '  expand i = range_list(0, (list_length(Parts) - 1)): long',
      '    project First = list_text(Parts, 1), Last = list_text(Parts, -1), Parts',
      '      project Name, Port, Bag, At, Parts = split_list(Name, ".")',
    ].join('\n'),
  );
});

it('a union keeps a list only when all its tables have one', () => {
  const { after } = plans(
    'union (T | project L = split(Name, "."), M = split(Name, "-")), (T | project L = split(Name, "/"), M = Bag) | project strcat_array(L, ""), strcat_array(M, "")',
  );
  expect(after).toContain('join_list(L, "")');
  expect(after).toContain('strcat_array(M, "")');
  expect(after).toContain('L, M = list_json(M)');
});

it('leaves values alone that JSON writes otherwise or that are dynamic themselves', () => {
  for (const kql of ['T | summarize make_set(Bag)', 'T | summarize make_list(At)', 'T | project split(Name, ".", 1)']) {
    const { before, after } = plans(kql);
    expect(after).toBe(before);
  }
});

it('the body of mv-apply, which reads its row by name, gets a dynamic value', () => {
  const { after } = plans('T | extend L = split(Name, ".") | mv-apply x = L to typeof(string) on (where x has "a")');
  expect(after).toContain('L = list_json(L)');
});
