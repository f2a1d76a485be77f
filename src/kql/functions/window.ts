import { windows } from './registry.js';

/** In these templates `$OVER` (or the context's `over`) is the window: all rows in their serialized order. */
export const WINDOWS = windows([
  {
    name: 'row_number',
    returns: 'long',
    duckdb: ([start], { over }) => `(row_number() ${over}${start ? ` + ${start.sql} - 1` : ''})`,
    examples: [
      ['range x from 5 to 6 step 1 | extend r = row_number()', '5,1;6,2'],
      ['range x from 5 to 8 step 1 | extend r = row_number(0, x == 7)', '5,0;6,1;7,0;8,1'],
    ],
  },
  {
    name: 'prev',
    args: ['any', 'long', 'any'],
    returns: (types) => types[0] ?? 'dynamic',
    duckdb: ([value, offset, fallback], { type, over }) =>
      `lag(${value!.sql}, ${offset?.sql ?? '1'}, ${fallback?.sql ?? (type === 'string' ? "''" : 'NULL')}) ${over}`,
    examples: [['range x from 1 to 2 step 1 | extend p = prev(x)', '1,null;2,1']],
  },
  {
    name: 'next',
    args: ['any', 'long', 'any'],
    returns: (types) => types[0] ?? 'dynamic',
    duckdb: ([value, offset, fallback], { type, over }) =>
      `lead(${value!.sql}, ${offset?.sql ?? '1'}, ${fallback?.sql ?? (type === 'string' ? "''" : 'NULL')}) ${over}`,
    examples: [['range x from 1 to 2 step 1 | extend n = next(x)', '1,2;2,null']],
  },
  {
    name: 'row_cumsum',
    returns: 'long',
    duckdb: '',
    examples: [
      ['range x from 1 to 4 step 1 | extend c = row_cumsum(x)', '1,1;2,3;3,6;4,10'],
      ['range x from 1 to 4 step 1 | extend c = row_cumsum(x, x == 3)', '1,1;2,3;3,3;4,7'],
    ],
  },
  {
    name: 'row_rank_dense',
    returns: 'long',
    duckdb: '',
    examples: [['datatable(x:long)[5, 5, 7] | serialize r = row_rank_dense(x)', '5,1;5,1;7,2']],
  },
  {
    name: 'row_rank_min',
    returns: 'long',
    duckdb: '',
    examples: [['datatable(x:long)[5, 5, 7] | serialize r = row_rank_min(x)', '5,1;5,1;7,3']],
  },
  { name: 'rank', returns: 'long', internal: true, duckdb: '(rank() $OVER)', examples: [] },
  {
    name: 'row_rank',
    returns: 'long',
    duckdb: '',
    examples: [['datatable(x:long)[5, 5, 7] | serialize r = row_rank(x, false)', '5,1;5,1;7,3']],
  },
  {
    name: 'row_window_session',
    returns: 'datetime',
    duckdb: '',
    examples: [
      [
        'datatable(t:datetime)[datetime(2024-01-01 10:00), datetime(2024-01-01 10:02), datetime(2024-01-01 10:09)] | serialize | project s = row_window_session(t, 1h, 5m)',
        '2024-01-01T10:00:00.0000000Z;2024-01-01T10:00:00.0000000Z;2024-01-01T10:09:00.0000000Z',
      ],
      [
        'datatable(t:datetime)[datetime(2024-01-01 10:00), datetime(2024-01-01 10:02), datetime(2024-01-01 10:04)] | serialize | project s = row_window_session(t, 4m, 1h)',
        '2024-01-01T10:00:00.0000000Z;2024-01-01T10:00:00.0000000Z;2024-01-01T10:04:00.0000000Z',
      ],
    ],
  },
  {
    name: 'running_sum',
    returns: 'long',
    internal: true,
    duckdb: ([value], { type, over, wrapping }) => {
      const sum = `coalesce(sum(${value!.sql}) ${over}, 0)`;
      if (type === 'real' || type === 'decimal') return sum;
      return wrapping ? `kql_wrap_long(${sum})` : `CAST(${sum} AS BIGINT)`;
    },
    examples: [],
  },
  { name: 'running_min', returns: 'long', internal: true, duckdb: '(min($1) $OVER)', examples: [] },
  { name: 'running_max', returns: 'long', internal: true, duckdb: '(max($1) $OVER)', examples: [] },
  {
    name: 'row_changed',
    returns: 'bool',
    internal: true,
    duckdb: '(row_number() $OVER = 1 OR lag($1) $OVER IS DISTINCT FROM $1)',
    examples: [],
  },
]);
