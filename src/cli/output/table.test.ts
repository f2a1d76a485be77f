import { expect, it } from 'vitest';
import { tableText } from './table.js';

const colors = new Proxy({}, { get: () => String }) as Parameters<typeof tableText>[1]['colors'];
const columns = [
  { name: 'TotalSentBytes', type: 'long' },
  { name: 'At', type: 'datetime' },
  { name: 'Address', type: 'string' },
  { name: 'Notes', type: 'dynamic' },
] as const;
const rows = [
  [5, '2026-01-31T10:00:00.0000000Z', '203.0.113.77', ['first thing', 'second thing']],
  [123456789, '2026-01-31T10:00:00.1230000Z', '2001:db8::1', { a: null }],
  [null, null, '', []],
];

it('stands in columns, numbers to the right', () => {
  expect(tableText({ columns, rows }, { width: 200, colors, rows: 10 })).toBe(`\
TotalSentBytes  At                       Address       Notes
──────────────  ───────────────────────  ────────────  ─────────────────────────
             5  2026-01-31 10:00:00      203.0.113.77  first thing, second thing
     123456789  2026-01-31 10:00:00.123  2001:db8::1   {"a":null}
                                                       []
`);
});

it('breaks headers, then texts, never numbers, and leaves out rows it is told to', () => {
  expect(tableText({ columns, rows }, { width: 62, colors, rows: 1 })).toBe(`\
Total
 Sent
Bytes  At                   Address       Notes
─────  ───────────────────  ────────────  ────────────────────
    5  2026-01-31 10:00:00  203.0.113.77  first thing, second
                                          thing
… and 2 more rows (--rows all shows them)
`);
});

it('is a block a row when there is no room for columns', () => {
  expect(tableText({ columns, rows }, { width: 36, colors, rows: 1 })).toBe(`\
── row 1 ───────────────────────────
TotalSentBytes  5
At              2026-01-31 10:00:00
Address         203.0.113.77
Notes           first thing, second
                thing
… and 2 more rows (--rows all shows them)
`);
});

it('in brief has times to the second and no columns that hold nothing', () => {
  const brief = tableText({ columns, rows: [[1, rows[1]![1], '', []]] }, { width: 80, colors, rows: 5, brief: true });
  expect(brief.split('\n')[0]).toBe('TotalSentBytes  At');
  expect(brief).toContain('2026-01-31 10:00:00\n');
});
