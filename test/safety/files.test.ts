import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorkspace, TrawlError, type Workspace } from '../../src/index.js';
import { bracketed, quoted } from './hazards.js';

/** A query reads what the workspace holds: no file, no network, no setting of the engine, and it writes nothing. */
const TOKEN = 'the-token-in-the-file';
const folder = mkdtempSync(join(tmpdir(), 'trawl-safety-'));
const file = (name: string): string => join(folder, name);
let workspace: Workspace;
let server: Server;
let requests = 0;
let url = '';

beforeAll(async () => {
  writeFileSync(file('secret.csv'), `a,b\n${TOKEN},2\n`);
  server = createServer((_request, response) => {
    requests++;
    response.end(`a,b\n${TOKEN},2\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret.csv`;
  workspace = await openWorkspace();
  await workspace.createTable('T', { x: 'string' });
});
afterAll(async () => {
  await workspace.close();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Names that DuckDB would read a file by, were they to reach it. */
const readers = (path: string): string[] => [
  path,
  `read_text('${path}')`,
  `read_csv_auto('${path}')`,
  `(SELECT * FROM read_text('${path}'))`,
  `T" UNION SELECT content FROM read_text('${path}') --`,
  `main"."T`,
  'duckdb_settings()',
  'information_schema.tables',
  'sqlite_master',
  'pragma_database_list',
];

const paths = (): string[] => [file('secret.csv'), '/etc/passwd', url];

const queries = (): string[] => [
  ...paths().flatMap((path) => [
    ...readers(path).flatMap((name) => [
      `${bracketed(name)} | take 5`,
      `table(${quoted(name)})`,
      `union ${bracketed(name)}, T`,
      `find in (${bracketed(name)}) where * has "a"`,
    ]),
    `externaldata(a:string)[${quoted(path)}]`,
    `externaldata(a:string)[h@'${path}'] with (format="csv", ignoreFirstRecord=true)`,
    `external_table(${quoted(path)})`,
    `print read_text(${quoted(path)})`,
    `print x = kql_js_x(${quoted(path)})`,
    `T | union (read_csv(${quoted(path)}))`,
    `T | invoke read_text(${quoted(path)})`,
    `evaluate http_request(${quoted(path)})`,
    `evaluate sql_request(${quoted(path)}, "select 1")`,
    `_GetWatchlist(${quoted(path)})`,
    `COPY T TO ${quoted(path)}`,
    `ATTACH ${quoted(path)} AS x`,
    `print x = "'; COPY (SELECT 1) TO '${file('written.csv')}'; --"`,
    `T | where x == "'); ATTACH '${file('written.db')}' AS w; --"`,
    `let ['x"; ATTACH ''${file('written.db')}''; --'] = 1; print 1`,
    `print column_ifexists("content FROM read_text('${path}') --", "no")`,
    `print dynamic({"a": "' || (SELECT content FROM read_text('${path}')) || '"})`,
    `print getenv("HOME"), x = "$HOME"`,
  ]),
  'INSTALL httpfs; LOAD httpfs; print 1',
  'PRAGMA database_list',
  "SET memory_limit = '1GB'; print 1",
  'print 1; DROP TABLE T',
  '.show tables',
  '.drop table T',
  '.set-or-append T <| print x = "a"',
  'print current_setting("home_directory"), version()',
];

it('no query reads a file or the network, or writes', async () => {
  const before = readdirSync(folder);
  let refused = 0;
  for (const kql of queries()) {
    const answer = await workspace.query(kql).catch((error: unknown) => {
      expect(error, kql).toBeInstanceOf(TrawlError);
      expect((error as TrawlError).code, kql).not.toBe('internal');
      refused++;
      return { tables: [] };
    });
    const cells = JSON.stringify(answer.tables.map((table) => table.rows));
    expect(cells, kql).not.toContain(TOKEN);
    expect(cells, kql).not.toContain('root:');
  }
  expect(refused).toBeGreaterThan(paths().length * 40);
  expect(requests).toBe(0);
  expect(readdirSync(folder)).toEqual(before);
  expect(existsSync(file('written.db'))).toBe(false);
  expect(workspace.tables().map((of) => of.name)).toEqual(['T']);
});

it('what is refused is refused by name', async () => {
  await expect(workspace.query(`externaldata(a:string)[${quoted(file('secret.csv'))}]`)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('externaldata'),
  });
  await expect(workspace.query(`table(${quoted(file('secret.csv'))})`)).rejects.toMatchObject({
    message: expect.stringContaining(file('secret.csv')),
  });
  await expect(workspace.query(`evaluate http_request(${quoted(url)})`)).rejects.toMatchObject({
    message: expect.stringContaining('http_request'),
  });
});
