import { describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { rows, set, columns, refusal } = asked();
const LOG = `let Log = datatable(host:string, line:string)[
  "a","user ann logged in from 10.0.0.1", "a","user bob logged in from 10.0.0.2", "b","disk sda1 is full",
  "b","disk sdb2 is full", "a","user cy logged in from 10.0.0.9", "b","something else"]; Log`;

describe('reduce', () => {
  it('gives the pattern of like texts, their count and one of them', async () => {
    expect(await columns(`${LOG} | reduce by line`)).toEqual(['Pattern:string', 'Count:long', 'Representative:string']);
    expect(await rows(`${LOG} | reduce by line with threshold=0.3`)).toEqual([
      ['user * logged in from *', 3, 'user ann logged in from 10.0.0.1'],
      ['disk * is full', 2, 'disk sda1 is full'],
      ['others', 1, ''],
    ]);
  });
  it('reduces an expression, with terms that named characters part', async () => {
    expect(
      await rows(
        'range i from 1 to 20 step 1 | reduce by strcat("job-", i, "/done") with threshold=0.5, characters="/-"',
      ),
    ).toEqual([['job*done', 20, 'job-1/done']]);
  });
  it('puts the pattern beside each row', async () => {
    expect(
      await set(
        `${LOG} | reduce kind=source by line with threshold=0.5 | project host, Pattern, line | where host == "b"`,
      ),
    ).toEqual([
      ['b', 'others', 'disk sda1 is full'],
      ['b', 'others', 'disk sdb2 is full'],
      ['b', 'others', 'something else'],
    ]);
    expect(
      await set(
        `${LOG} | partition by host (reduce kind=source by line with threshold=0.5 | summarize count() by Pattern)`,
      ),
    ).toEqual([
      ['disk * is full', 2],
      ['others', 1],
      ['user * logged in from *', 3],
    ]);
  });
  it('gives no group of no rows', async () => {
    expect(await rows(`${LOG} | where false | reduce by line`)).toEqual([]);
  });
  it('refuses a threshold that is no part', async () => {
    expect(await refusal(`${LOG} | reduce by line with threshold=2`)).toContain('threshold');
  });
});
