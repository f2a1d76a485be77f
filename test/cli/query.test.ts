import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folderWith, trawl } from './trawl.js';

/** A row with every type and everything that formats trip over. */
const ROW = String.raw`print n = 1, big = 9223372036854775807, s = "a \"q\", |x|\nnext", d = datetime(2020-01-31 10:20:30.1234567), t = time(1.02:03:04), b = true, r = 1.5, bag = dynamic({"k": [1, "ü"]}), none = long(null), esc = "\u001b[31mred"`;

describe('trawl query --format', () => {
  it('json: a document with the clock, types and exact values', async () => {
    const { code, stdout } = await trawl(['query', ROW, '--format', 'json', '--as-of', '2026-01-01']);
    expect(code).toBe(0);
    expect(stdout).toContain('"big":9223372036854775807');
    expect(stdout).not.toContain('\u001b');
    const document = JSON.parse(stdout);
    expect(document.asOf).toBe('2026-01-01T00:00:00.0000000Z');
    const [table] = document.tables;
    expect(table.columns.map((of: { type: string }) => of.type)).toEqual([
      'long',
      'long',
      'string',
      'datetime',
      'timespan',
      'bool',
      'real',
      'dynamic',
      'long',
      'string',
    ]);
    expect(table.rows[0]).toMatchObject({
      n: 1,
      s: 'a "q", |x|\nnext',
      d: '2020-01-31T10:20:30.1234567Z',
      t: '1.02:03:04',
      b: true,
      r: 1.5,
      bag: { k: [1, 'ü'] },
      none: null,
      esc: '\u001b[31mred',
    });
  });

  it('csv: RFC 4180, the clock on standard error, no escape sequences', async () => {
    const { stdout, stderr } = await trawl(['query', ROW, '--format', 'csv']);
    const [header, row, ...rest] = parse(stdout) as string[][];
    expect(rest).toEqual([]);
    expect(header).toEqual(['n', 'big', 's', 'd', 't', 'b', 'r', 'bag', 'none', 'esc']);
    expect(row).toEqual([
      '1',
      '9223372036854775807',
      'a "q", |x|\nnext',
      '2020-01-31T10:20:30.1234567Z',
      '1.02:03:04',
      'true',
      '1.5',
      '{"k":[1,"ü"]}',
      '',
      '\\e[31mred',
    ]);
    expect(stderr).toMatch(/1 row in .*, as of \d{4}-/);
  });

  it('ndjson: an object a line', async () => {
    const { stdout } = await trawl(['query', 'range x from 1 to 3 step 1', '--format', 'ndjson']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([{ x: 1 }, { x: 2 }, { x: 3 }]);
  });

  it('markdown: cells that break neither table nor page', async () => {
    const { stdout } = await trawl(['query', ROW, '--format', 'markdown']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]!.split('|')).toHaveLength(12);
    expect(lines[2]!.split(/(?<!\\)\|/)).toHaveLength(12);
  });

  it('parquet: types, all digits, to a file or down a pipe', async () => {
    const folder = folderWith();
    const file = join(folder, 'out', 'r.parquet');
    const { code } = await trawl(['query', ROW, '--format', 'parquet', '--output', file]);
    expect(code).toBe(0);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const types = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`);
    expect(Object.fromEntries(types.getRows().map(([name, type]) => [name, type]))).toMatchObject({
      n: 'BIGINT',
      d: 'TIMESTAMP_NS',
      bag: 'JSON',
      b: 'BOOLEAN',
      r: 'DOUBLE',
    });
    const rows = await connection.runAndReadAll(`SELECT big, d::VARCHAR, s, bag, "none" FROM '${file}'`);
    expect(rows.getRows()).toEqual([
      [9223372036854775807n, '2020-01-31 10:20:30.1234567', 'a "q", |x|\nnext', '{"k":[1,"ü"]}', null],
    ]);
    connection.closeSync();
    instance.closeSync();
  });

  it('table: aligned, control characters visible, whole on a pipe', async () => {
    const { stdout } = await trawl(['query', ROW]);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('\\e[31mred');
    expect(stdout).toContain('2020-01-31 10:20:30.1234567');
    expect(stdout.split('\n').at(-2)).toMatch(/^1 row in .*as of/);
  });

  it('refuses several tables in a format that holds one, unless they go to a folder', async () => {
    const folder = folderWith();
    const refused = await trawl(['query', 'print 1; print 2', '--format', 'csv']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('output-format');
    const kept = await trawl(['query', 'print a=1; print b=2', '--format', 'csv', '--output', `${folder}/`]);
    expect(kept.code).toBe(0);
    expect(readFileSync(join(folder, 'PrimaryResult_1.csv'), 'utf8')).toBe('b\n2\n');
  });
});

describe('trawl query --max-rows', () => {
  it.each(['csv', 'ndjson', 'table', 'json', 'parquet'])(
    'cuts %s with a warning that says how to get all',
    async (format) => {
      const folder = folderWith();
      const { code, stderr } = await trawl(
        ['query', 'range x from 1 to 9 step 1', '--max-rows', '4', '--format', format, '-o', 'out'],
        { cwd: folder },
      );
      expect(code).toBe(0);
      expect(stderr).toMatch(/row-limit.*cut at 4 rows; --max-rows none/);
      if (format === 'csv') expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('x\n1\n2\n3\n4\n');
    },
  );

  it('none lifts the limit; a failing query leaves the file that was there', async () => {
    const folder = folderWith({ out: 'old' });
    const counted = await trawl(
      ['query', 'range x from 1 to 500100 step 1', '--max-rows', 'none', '--format', 'csv', '-o', 'all.csv'],
      { cwd: folder },
    );
    expect(counted.stderr).toMatch(/^500,100 rows/);
    const failed = await trawl(['query', 'print 1 | where nope == 1', '--format', 'csv', '-o', 'out'], { cwd: folder });
    expect(failed.code).toBe(1);
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('old');
    expect((await trawl(['query', 'print 1', '--max-rows', 'few'])).code).toBe(2);
  });
});

describe('where a query comes from', () => {
  it('a file with knobs, and standard input', async () => {
    const folder = folderWith({ 'q.kql': 'let a = 5; // what is printed\nprint a' });
    const [fromFile, fromInput] = await Promise.all([
      trawl(['query', '-f', 'q.kql', '--set', 'a=7', '--format', 'csv'], { cwd: folder }),
      trawl(['query', '-', '--format', 'csv'], { input: 'print x = 3' }),
    ]);
    expect(fromFile.stdout).toBe('print_0\n7\n');
    expect(fromInput.stdout).toBe('x\n3\n');
  });

  it('log files, as of their last event', async () => {
    const folder = folderWith({
      'rows.json':
        '{"TimeGenerated":"2026-03-04T05:06:07Z","Name":"a"}\n{"TimeGenerated":"2026-03-04T05:00:00Z","Name":"b"}\n',
    });
    const { stdout } = await trawl(
      [
        'query',
        'Seen_CL | where TimeGenerated > ago(1m) | project Name, now()',
        '--data',
        'rows.json',
        '--table',
        'Seen_CL',
        '--format',
        'csv',
      ],
      { cwd: folder },
    );
    expect(stdout.split('\n')[1]).toBe('a,2026-03-04T05:06:07.0000000Z');
  });
});

describe('mistakes', () => {
  it.each([
    [
      'an unknown column',
      ['query', 'DnsEvents\n| where Naem == 1'],
      1,
      /error KS142.*Naem[\s\S]*query:2:9\n2 \| \| where Naem == 1\n {2}\| {9}\^{4}\n/,
    ],
    ['not supported', ['query', 'print 1 | evaluate no_such_plugin()'], 1, /error/],
    ['a knob there is not', ['query', 'let a = 5; print a', '--set', 'b=1'], 1, /unknown-knob[\s\S]*a: long = 5/],
    ['a knob of the wrong type', ['query', 'let a = 5; print a', '--set', 'a=x'], 1, /bad-knob[\s\S]*a whole number/],
    ['no query', ['query'], 2, /trawl query --help/],
    ['an unknown option', ['query', 'print 1', '--nope'], 2, /--nope/],
    ['an unknown format', ['query', 'print 1', '--format', 'xml'], 2, /table, json, csv/],
    ['a bad clock', ['query', 'print 1', '--as-of', 'noon'], 1, /the query clock is now, latest or a datetime/],
    ['a workspace that is not there', ['query', 'print 1', '--workspace', '/no/such/place'], 1, /workspace-missing/],
  ] as const)('%s', async (_, args, code, message) => {
    const ran = await trawl(args);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(/^\s+at /m);
    expect(ran).toMatchObject({ code, stdout: '' });
  });
});
