import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knobsOf } from '../../src/hunting/knobs.js';
import { prepare } from '../../src/hunting/prepare.js';
import { openWorkspace, type Workspace } from '../../src/index.js';
import { errorOf } from './support.js';

const QUERY = `// Logons that fail often
let lookback = 1d; // how far back logons are looked at
let Threshold = 100 * 1024; // bytes
let Half = Threshold / 2;
// who is left alone
let Users = dynamic(["svc-backup", "svc-scan"]);
let Ports = dynamic([80, 443]);
let since = datetime(2026-01-31T00:00:00Z);
let name = "a // b; c";
let strict = true;
let ratio = 0.5;
let start = ago(lookback);
let Recent = Logon_CL | where TimeGenerated > start;
let twice = (x: long) { x * 2 };
print lookback, Threshold, Half, Users, Ports, since, name, strict, ratio`;

const settingOf = (query: string, name: string, input: unknown): string =>
  prepare('the query', query, { [name]: input }).knobs.find((knob) => knob.name === name)!.value;

test('knobs are the top-level lets that hold constants, with type, default and comment', () => {
  expect(knobsOf(QUERY).map(({ name, type, defaultText, help }) => [name, type, defaultText, help])).toEqual([
    ['lookback', 'timespan', '1d', 'how far back logons are looked at'],
    ['Threshold', 'long', '100 * 1024', 'bytes'],
    ['Half', 'long', 'Threshold / 2', ''],
    ['Users', 'dynamic', 'dynamic(["svc-backup", "svc-scan"])', 'who is left alone'],
    ['Ports', 'dynamic', 'dynamic([80, 443])', ''],
    ['since', 'datetime', 'datetime(2026-01-31T00:00:00Z)', ''],
    ['name', 'string', '"a // b; c"', ''],
    ['strict', 'bool', 'true', ''],
    ['ratio', 'real', '0.5', ''],
  ]);
});

test('a knob replaces the value of its let and nothing else', () => {
  const { kql, knobs } = prepare('the query', QUERY, { lookback: '7d', Threshold: 50_000_000, Users: 'root,admin' });
  expect(kql).toBe(
    QUERY.replace('1d;', '7d;')
      .replace('100 * 1024;', '50000000;')
      .replace('dynamic(["svc-backup", "svc-scan"])', 'dynamic(["root", "admin"])'),
  );
  expect(knobs.filter(({ changed }) => changed).map(({ name }) => name)).toEqual([
    'lookback',
    'Threshold',
    'Half',
    'Users',
  ]);
});

test.each([
  ['lookback', '7d', '7d'],
  ['lookback', '90m', '90m'],
  ['lookback', 'timespan(01:30:00)', '90m'],
  ['lookback', '2 * 12h', '1d'],
  ['Threshold', '50 * 1024', '51200'],
  ['Threshold', '-1', 'long(-1)'],
  ['Ports', '8080', 'dynamic([8080])'],
  ['Ports', '[1, 2]', 'dynamic([1, 2])'],
  ['Users', '[]', 'dynamic([])'],
  ['Users', 'dynamic(["a"])', 'dynamic(["a"])'],
  ['Users', ['a', 'b'], 'dynamic(["a", "b"])'],
  ['since', '2026-02-01', 'datetime(2026-02-01T00:00:00.0000000Z)'],
  ['name', '"; drop', String.raw`"\"; drop"`],
  ['strict', 'FALSE', 'false'],
  ['ratio', '2', 'real(2)'],
])('%s set to %j is %s', (name, input, value) => {
  expect(settingOf(QUERY, name, input)).toBe(value);
});

test.each([
  ['lookback', '7', 'timespan'],
  ['lookback', 'a week', 'timespan'],
  ['Threshold', '1.5', 'long'],
  ['Threshold', '99999999999999999999', 'long'],
  ['Threshold', '1; print 2', 'long'],
  ['Ports', '["http"]', 'a list of numbers'],
  ['Ports', '{"a": 1}', 'a list of numbers'],
  ['since', 'yesterday', 'datetime'],
  ['strict', 'maybe', 'bool'],
  ['ratio', 'half', 'real'],
  ['lookback', null, 'timespan'],
])('%s is not set to %j', async (name, input, takes) => {
  const error = await errorOf(() => prepare('the query', QUERY, { [name]: input }));
  expect(error.code).toBe('bad-knob');
  expect(error.message).toContain(takes);
  expect(error.message).toContain('Threshold: long = 100 * 1024');
});

test('an unknown knob is answered with the list of knobs', async () => {
  const error = await errorOf(() => prepare('the query', QUERY, { lokback: '7d' }));
  expect(error.code).toBe('unknown-knob');
  expect(error.message).toContain('lookback: timespan = 1d');
  // what is no constant is none
  expect((await errorOf(() => prepare('the query', QUERY, { start: '7d' }))).code).toBe('unknown-knob');
});

test('whatever a knob is set to reaches the query as that value', async () => {
  const workspace: Workspace = await openWorkspace();
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('"); print 1 //', "'", '\\', '\n', '";drop table x;--', '\u2028', '```', '@"'),
  );
  try {
    await fc.assert(
      fc.asyncProperty(hostile, fc.array(hostile, { minLength: 1, maxLength: 3 }), async (text, list) => {
        fc.pre([text, ...list].every((of) => of.isWellFormed()));
        const query = 'let a = "x"; let b = dynamic(["y"]); print a, b';
        const { kql } = prepare('the query', query, { a: text, b: list });
        const { tables } = await workspace.query(kql);
        expect(tables.map(({ rows }) => rows)).toEqual([[[text, list]]]);
      }),
      { numRuns: 60 },
    );
  } finally {
    await workspace.close();
  }
});
