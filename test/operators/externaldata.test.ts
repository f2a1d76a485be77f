import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asked } from './support.js';

const { query, refusal } = asked();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trawl-external-'));
  const files: Record<string, string | Buffer> = {
    'list.csv': 'ip,score,note\r\n192.0.2.1,7,"says ""hi"", twice"\r\n192.0.2.2,,\r\n\r\n203.0.113.9,9,last',
    'list.tsv.gz': gzipSync('a\t1\nb\t2\n'),
    'names.txt': 'one, two\nthree\n',
    'events.json': '{"n":1,"tags":["x","y"],"big":9007199254740993}\n{"n":2,"when":"2026-01-01T10:00:00Z"}\n',
    'many.json': '{"n":1}\n{\n "n": 2\n}{"n":3}',
    'array.json': '[{"n":1},{"n":2}]',
  };
  mkdirSync(join(folder, 'deep'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  writeFileSync(join(folder, 'deep', 'secret.csv'), 'x');
});
afterAll(() => rmSync(folder, { recursive: true }));

const rows = async (kql: string, externalData: Record<string, string>): Promise<unknown[][]> =>
  (await query(kql, { externalData })).tables[0]!.rows;

describe('externaldata', () => {
  it('reads delimited files that the caller allows', async () => {
    const kql =
      'externaldata (ip:string, score:long, note:string) ["https://example.com/list.csv"] with (format="csv", ignoreFirstRecord=true)';
    const allowed = { 'https://example.com/list.csv': join(folder, 'list.csv') };
    expect(await rows(kql, allowed)).toEqual([
      ['192.0.2.1', 7, 'says "hi", twice'],
      ['192.0.2.2', null, ''],
      ['203.0.113.9', 9, 'last'],
    ]);
    expect(
      await rows(
        `let bad = ${kql}; datatable(src:string)["192.0.2.1", "198.51.100.1"] | where src in ((bad | project ip))`,
        allowed,
      ),
    ).toEqual([['192.0.2.1']]);
  });
  it('takes a folder for all below it, several places, tokens and gzip', async () => {
    const kql =
      'externaldata (k:string, v:int) [h@"https://store.example.net/c/list.tsv.gz;token", @"https://store.example.net/c/list.tsv.gz?sig=1=2"] | summarize sum(v) by k | sort by k asc';
    expect(await rows(kql, { 'https://store.example.net/c/': folder })).toEqual([
      ['a', 2],
      ['b', 4],
    ]);
  });
  it('reads lines, whole files and JSON', async () => {
    const of = { 'lists/': folder };
    expect(await rows('externaldata (line:string) ["lists/names.txt"]', of)).toEqual([['one, two'], ['three']]);
    expect(await rows('externaldata (all:string) ["lists/names.txt"] with (format=raw)', of)).toEqual([
      ['one, two\nthree\n'],
    ]);
    expect(
      await rows('externaldata (n:long, tags:dynamic, big:long, when:datetime) ["lists/events.json"]', of),
    ).toEqual([
      [1, ['x', 'y'], 9007199254740993n, null],
      [2, null, null, '2026-01-01T10:00:00.0000000Z'],
    ]);
    expect(
      await rows('externaldata (n:long) ["lists/many.json", "lists/array.json"] with (format="multijson") | count', of),
    ).toEqual([[5]]);
  });
  it('reads only the columns that are used', async () => {
    expect(
      await rows('externaldata (a:string, b:string, c:string) ["l/list.csv"] | project c | take 1', { 'l/': folder }),
    ).toEqual([['note']]);
  });
  it('is refused unless the place is allowed', async () => {
    const kql = (place: string): string => `externaldata (x:string) ["${place}"]`;
    expect(await refusal(kql('https://example.com/list.csv'))).toContain('https://example.com/list.csv');
    const inside = { 'https://example.com/l/': join(folder, 'deep') };
    await expect(query(kql('https://example.com/other.csv'), { externalData: inside })).rejects.toThrow('externaldata');
    await expect(query(kql('https://example.com/l/../list.csv'), { externalData: inside })).rejects.toThrow(
      'externaldata',
    );
    await expect(query(kql('https://example.com/l/%2e%2e/list.csv'), { externalData: inside })).rejects.toThrow(
      'externaldata',
    );
    await expect(query(kql('https://example.com/l/none.csv'), { externalData: inside })).rejects.toThrow('none.csv');
    await expect(
      query(`${kql('https://example.com/l/secret.csv')} with (format="avro")`, { externalData: inside }),
    ).rejects.toThrow('avro');
  });
});
