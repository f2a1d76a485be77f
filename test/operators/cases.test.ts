import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../src/index.js';
import type { Case } from './cases/case.js';
import { COLUMNS } from './cases/columns.js';
import { EXPAND } from './cases/expand.js';
import { JOIN } from './cases/join.js';
import { PARSE } from './cases/parse.js';
import { ROWS } from './cases/rows.js';
import { SEARCH } from './cases/search.js';
import { SEQUENCE } from './cases/sequence.js';
import { SERIES } from './cases/series.js';
import { SOURCES } from './cases/sources.js';
import { SUMMARIZE } from './cases/summarize.js';
import { UNION } from './cases/union.js';

const FAMILIES: Readonly<Record<string, readonly Case[]>> = {
  rows: ROWS,
  columns: COLUMNS,
  sources: SOURCES,
  summarize: SUMMARIZE,
  join: JOIN,
  union: UNION,
  search: SEARCH,
  expand: EXPAND,
  parse: PARSE,
  series: SERIES,
  sequence: SEQUENCE,
};

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.createTable('Hosts_CL', { Host: 'string', Os: 'string', TimeGenerated: 'datetime' });
});
afterAll(() => workspace.close());

const sorted = (rows: readonly unknown[]): unknown[] => rows.map((row) => JSON.stringify(row)).sort();

describe.each(Object.entries(FAMILIES))('%s', (_family, cases) => {
  it.each(cases.map((each) => [each[0], each] as const))('%s', async (_what, [, kql, expected, rows, ordered]) => {
    const running = workspace.query(kql, { asOf: '2026-03-04T05:06:07Z' });
    if (typeof expected === 'object') {
      await expect(running).rejects.toMatchObject({
        code: expected.code,
        message: expect.stringContaining(expected.says),
      });
      return;
    }
    const table = (await running).tables[0]!;
    const typed = expected.split(', ').map((name) => name.includes(':'));
    expect(table.columns.map(({ name, type }, i) => (typed[i] ? `${name}:${type}` : name)).join(', ')).toBe(expected);
    if (ordered) expect(table.rows).toEqual(rows);
    else expect(sorted(table.rows)).toEqual(sorted(rows!));
  });
});

it('no case stands twice', () => {
  const queries = Object.values(FAMILIES).flatMap((cases) => cases.map(([, kql]) => kql));
  expect(new Set(queries).size).toBe(queries.length);
});
