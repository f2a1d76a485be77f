import { windows } from './registry.js';

/** In these templates `$OVER` becomes the window: all rows in their serialized order. */
export const WINDOWS = windows([
  {
    name: 'row_number',
    returns: 'long',
    duckdb: ([start]) => `(row_number() $OVER${start ? ` + ${start.sql} - 1` : ''})`,
    examples: [['range x from 5 to 6 step 1 | extend r = row_number()', '5,1;6,2']],
  },
  {
    name: 'prev',
    args: ['any', 'long', 'any'],
    returns: (types) => types[0] ?? 'dynamic',
    duckdb: ([value, offset, fallback], { type }) =>
      `lag(${value!.sql}, ${offset?.sql ?? '1'}, ${fallback?.sql ?? (type === 'string' ? "''" : 'NULL')}) $OVER`,
    examples: [['range x from 1 to 2 step 1 | extend p = prev(x)', '1,null;2,1']],
  },
  {
    name: 'next',
    args: ['any', 'long', 'any'],
    returns: (types) => types[0] ?? 'dynamic',
    duckdb: ([value, offset, fallback], { type }) =>
      `lead(${value!.sql}, ${offset?.sql ?? '1'}, ${fallback?.sql ?? (type === 'string' ? "''" : 'NULL')}) $OVER`,
    examples: [['range x from 1 to 2 step 1 | extend n = next(x)', '1,2;2,null']],
  },
]);
