import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../../engine/engine.js';
import { runQuery } from '../../../engine/query.js';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(() => engine.store.close());

/** Three people over five days of March, and what they logged on to. */
const T = `let T = datatable(who:string, at:datetime, host:string)[
  'ana', datetime(2026-03-01 08:00), 'a',
  'ben', datetime(2026-03-01 09:00), 'b',
  'ana', datetime(2026-03-02 08:00), 'a',
  'cyd', datetime(2026-03-02 10:00), 'a',
  'cyd', datetime(2026-03-02 11:00), 'b',
  'ana', datetime(2026-03-04 08:00), 'b',
  'ben', datetime(2026-03-05 23:59), 'b'];
let start = datetime(2026-03-01); let end = datetime(2026-03-05 23:59:59);
`;

async function table(plugin: string, rest = ''): Promise<{ columns: string; rows: string[] }> {
  const { tables } = await runQuery(engine, `${T}T | evaluate ${plugin} ${rest}`);
  const [{ columns, rows }] = tables as [(typeof tables)[0]];
  const shown = (cell: unknown): string =>
    String(cell)
      .replace(/^2026-(\d\d-\d\d)T00:00:00.0000000Z$/, '$1')
      .replace(/^(\d\.\d\d)\d+$/, '$1');
  return {
    columns: columns.map((of) => `${of.name}:${of.type}`).join(' '),
    rows: rows.map((row) => row.map(shown).join(' ')),
  };
}
const byDay = '| sort by at asc';

describe('activity_counts_metrics', () => {
  it('counts new ids and all so far, for the days with rows', async () => {
    const found = await table('activity_counts_metrics(who, at, start, end, 1d)', byDay);
    expect(found.columns).toBe('at:datetime count:long dcount:long new_dcount:long aggregated_dcount:long');
    expect(found.rows).toEqual(['03-01 2 2 2 2', '03-02 3 2 1 3', '03-04 1 1 0 3', '03-05 1 1 0 3']);
  });
  it('slices by dimensions, each with its own history', async () => {
    const found = await table('activity_counts_metrics(who, at, start, end, 1d, host)', '| sort by host asc, at asc');
    expect(found.rows).toEqual([
      '03-01 a 1 1 1 1',
      '03-02 a 2 2 1 2',
      '03-01 b 1 1 1 1',
      '03-02 b 1 1 1 2',
      '03-04 b 1 1 1 3',
      '03-05 b 1 1 0 3',
    ]);
  });
  it('cuts windows from the start, not from midnight', async () => {
    const found = await table('activity_counts_metrics(who, at, datetime(2026-03-01 09:00), end, 2d)', byDay);
    expect(found.rows).toEqual([
      '2026-03-01T09:00:00.0000000Z 4 3 3 3',
      '2026-03-03T09:00:00.0000000Z 1 1 0 3',
      '2026-03-05T09:00:00.0000000Z 1 1 0 3',
    ]);
  });
});

describe('activity_metrics', () => {
  it('compares with the window before; NaN where that is empty', async () => {
    const found = await table('activity_metrics(who, at, start, end, 1d)', byDay);
    expect(found.columns).toBe(
      'at:datetime dcount_values:long dcount_newvalues:long retention_rate:real churn_rate:real',
    );
    expect(found.rows).toEqual(['03-01 2 2 NaN NaN', '03-02 2 1 0.5 0.5', '03-04 1 1 NaN NaN', '03-05 1 1 0 1']);
  });
  it('takes no start and end, calendar windows, and dimensions', async () => {
    expect((await table('activity_metrics(who, at, 1d, host)', '| where host == "b" | sort by at asc')).rows).toEqual([
      '03-01 b 1 1 NaN NaN',
      '03-02 b 1 1 0 1',
      '03-04 b 1 1 NaN NaN',
      '03-05 b 1 1 0 1',
    ]);
    expect((await table('activity_metrics(who, at, "month")')).rows).toEqual(['03-01 3 3 NaN NaN']);
  });
});

describe('activity_engagement', () => {
  it('is the ratio of an inner window to the outer one that ends with it', async () => {
    const found = await table('activity_engagement(who, at, start, end, 1d, 2d)', byDay);
    expect(found.columns).toBe(
      'at:datetime dcount_activities_inner:long dcount_activities_outer:long activity_ratio:real',
    );
    expect(found.rows).toEqual(['03-01 2 2 1', '03-02 2 3 0.66', '03-03 0 2 0', '03-04 1 1 1', '03-05 1 2 0.5']);
  });
  it('takes its bounds from the data', async () => {
    expect((await table('activity_engagement(who, at, 1d, 30d)', byDay)).rows).toEqual([
      '03-01 2 2 1',
      '03-02 2 3 0.66',
      '03-03 0 3 0',
      '03-04 1 3 0.33',
      '03-05 1 3 0.33',
    ]);
  });
});

describe('new_activity_metrics', () => {
  it('follows each cohort through the windows after it', async () => {
    const found = await table(
      'new_activity_metrics(who, at, start, end, 1d)',
      '| where from_at < datetime(2026-03-03) | sort by from_at asc, to_at asc',
    );
    expect(found.columns).toBe(
      'from_at:datetime to_at:datetime dcount_new_values:long dcount_retained_values:long dcount_churn_values:long retention_rate:real churn_rate:real',
    );
    expect(found.rows).toEqual([
      '03-01 03-01 2 2 0 1 0',
      '03-01 03-02 1 1 1 0.5 0.5',
      '03-01 03-03 0 0 2 0 1',
      '03-01 03-04 0 1 1 0.5 0.5',
      '03-01 03-05 0 1 1 0.5 0.5',
      '03-02 03-02 1 1 0 1 0',
      '03-02 03-03 0 0 1 0 1',
      '03-02 03-04 0 0 1 0 1',
      '03-02 03-05 0 0 1 0 1',
    ]);
  });
  it('takes one cohort, dimensions, and ids that are not new', async () => {
    expect(
      (
        await table(
          'new_activity_metrics(who, at, start, end, 1d, start, host)',
          '| where to_at < datetime(2026-03-03) | sort by host asc, to_at asc',
        )
      ).rows,
    ).toEqual([
      '03-01 03-01 a 1 1 0 1 0',
      '03-01 03-02 a 1 1 0 1 0',
      '03-01 03-01 b 1 1 0 1 0',
      '03-01 03-02 b 1 0 1 0 1',
    ]);
    const known = '(print who = "ana")';
    expect((await table(`new_activity_metrics(who, at, start, end, 7d, start, ${known})`)).rows).toEqual([
      '03-01 03-01 2 2 0 1 0',
    ]);
    expect((await table(`new_activity_metrics(who, at, start, end, 7d, ${known})`)).rows).toEqual([
      '03-01 03-01 2 2 0 1 0',
    ]);
  });
});

describe('active_users_count', () => {
  it('counts ids seen in enough periods before a row of the bin', async () => {
    const found = await table('active_users_count(who, at, start, end, 4d, 1d, 2, 1d)', byDay);
    expect(found.columns).toBe('at:datetime dcount:long');
    expect(found.rows).toEqual(['03-02 1', '03-04 1']);
    expect(
      (await table('active_users_count(who, at, start, end, 5d, 1d, 2, 7d, host)', '| sort by host asc')).rows,
    ).toEqual(['03-01 a 1', '03-01 b 1']);
  });
  it('looks back beyond the start', async () => {
    expect((await table('active_users_count(who, at, datetime(2026-03-02), end, 3d, 1d, 2, 7d)')).rows).toEqual([
      '03-02 1',
    ]);
  });
});

describe('session_count', () => {
  it('counts the runs of rows without a longer gap that are active in a bin', async () => {
    const found = await table('session_count(who, at, start, end, 1d, 2h)', byDay);
    expect(found.columns).toBe('at:datetime count_sessions:long');
    expect(found.rows).toEqual(['03-01 2', '03-02 2', '03-04 1', '03-05 1']);
    expect((await table('session_count(who, at, start, end, 1d, 30m)', byDay)).rows[1]).toBe('03-02 3');
    expect((await table('session_count(who, at, start, end, 7d, 24h, host)', '| sort by host asc')).rows).toEqual([
      '03-01 a 2',
      '03-01 b 4',
    ]);
  });
});

describe('sliding_window_counts', () => {
  it('counts rows and ids of the window that ends with each bin', async () => {
    const found = await table('sliding_window_counts(who, at, start, end, 2d, 1d)', byDay);
    expect(found.columns).toBe('at:datetime Count:long Dcount:long');
    expect(found.rows).toEqual(['03-01 2 2', '03-02 5 3', '03-03 3 2', '03-04 1 1', '03-05 2 2']);
  });
  it('looks back beyond the start, by dimensions, over calendar bins', async () => {
    expect(
      (
        await table(
          'sliding_window_counts(who, at, datetime(2026-03-02), datetime(2026-03-02), 2d, 1d, host)',
          '| sort by host asc',
        )
      ).rows,
    ).toEqual(['03-02 a 1 1', '03-02 b 1 1']);
    expect((await table('sliding_window_counts(who, at, start, end, 31d, "month")')).rows).toEqual(['03-01 7 3']);
  });
  it('says what a window may be', async () => {
    await expect(table('sliding_window_counts(who, at, start, end, 2d, "day")')).rejects.toThrow(
      'sliding_window_counts: a window is a distance, or week, month or year over datetimes, not day',
    );
  });
});

it('timelines may be numbers', async () => {
  const { tables } = await runQuery(
    engine,
    'datatable(n:long, k:int)[1, 1, 2, 1, 12, 1, 13, 2] | evaluate activity_counts_metrics(k, n, 0, 20, 10) | sort by n asc',
  );
  expect(tables[0]!.rows).toEqual([
    [0, 2, 1, 1, 1],
    [10, 2, 2, 1, 2],
  ]);
});
