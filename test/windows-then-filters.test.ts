import { expect, it } from 'vitest';
import { openWorkspace } from '../src/index.js';

/** Window functions read all rows of their input: what comes after them must not take rows away from them. */
it.each([
  [
    'range x from 1 to 5 step 1 | serialize | extend p = prev(x) | where x > 3',
    [
      [4, 3],
      [5, 4],
    ],
  ],
  [
    'range x from 1 to 4 step 1 | sort by x desc | extend s = row_cumsum(x) | where x < 3',
    [
      [2, 9],
      [1, 10],
    ],
  ],
  ['range x from 1 to 4 step 1 | serialize | extend p = prev(x) | project x, y = p * 10 | where x == 4', [[4, 30]]],
  [
    'range x from 1 to 3 step 1 | serialize | extend p = prev(x, 1, 0) | summarize n = count() by p | sort by p asc',
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  ],
  [
    'range x from 1 to 4 step 1 | sort by x desc | extend n = row_number() | where n > 1 | summarize make_list(x)',
    [[[3, 2, 1]]],
  ],
])('%s', async (kql, rows) => {
  const workspace = await openWorkspace();
  expect((await workspace.query(kql)).tables[0]!.rows).toEqual(rows);
  await workspace.close();
});
