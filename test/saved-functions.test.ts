import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openWorkspace, type Workspace } from '../src/index.js';

async function workspaceWith(
  files: Readonly<Record<string, string>>,
): Promise<{ workspace: Workspace; write: (name: string, text: string) => void }> {
  const path = mkdtempSync(join(tmpdir(), 'trawl-functions-'));
  mkdirSync(join(path, 'functions'));
  const write = (name: string, text: string): void => writeFileSync(join(path, 'functions', name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const workspace = await openWorkspace({ path });
  onTestFinished(async () => {
    await workspace.close();
    rmSync(path, { recursive: true, force: true });
  });
  return { workspace, write };
}

const rows = async (workspace: Workspace, kql: string): Promise<unknown[][]> =>
  (await workspace.query(kql)).tables[0]!.rows;

it('calls queries and functions with parameters, defaults and tables, also from each other', async () => {
  const { workspace } = await workspaceWith({
    'Numbers.kql': '// three of them\nrange n from 1 to 3 step 1\n',
    'Above.kql': 'let Above = (least:long, most:long = 100) {\n  Numbers\n  | where n between (least .. most)\n};\n',
    'Doubled.kql': 'let Doubled = (T:(n:long)) { T | extend n = Twice(n) }',
    'Twice.kql': 'let Twice = (x:long) { x * 2 }',
  });
  expect(await rows(workspace, 'Numbers | count')).toEqual([[3]]);
  expect(await rows(workspace, 'Above(2)')).toEqual([[2], [3]]);
  expect(await rows(workspace, 'Above(least = 1, most = 2) | invoke Doubled() | sort by n asc')).toEqual([[2], [4]]);
  expect(await rows(workspace, 'print Twice(21)')).toEqual([[42]]);
  expect(workspace.functions().map((of) => [of.name, of.parameters, of.file, of.mistake])).toEqual([
    ['Above', '(least:long, most:long = 100)', 'functions/Above.kql', undefined],
    ['Doubled', '(T:(n:long))', 'functions/Doubled.kql', undefined],
    ['Numbers', '()', 'functions/Numbers.kql', undefined],
    ['Twice', '(x:long)', 'functions/Twice.kql', undefined],
  ]);
});

it('reads known tables, watchlists and parsers inside functions', async () => {
  const { workspace } = await workspaceWith({
    'Dns.kql': "DnsEvents | where Name has 'x' | project TimeGenerated, Name, _ItemId",
    'Listed.kql': "_GetWatchlist('Servers') | project SearchKey",
    'Sessions.kql': '_Im_NetworkSession(starttime=ago(1d)) | project SrcIpAddr',
  });
  expect(await rows(workspace, 'Dns | count')).toEqual([[0]]);
  expect(await rows(workspace, 'Sessions | count')).toEqual([[0]]);
  const { diagnostics } = await workspace.query('Listed');
  expect(diagnostics.map((of) => of.message)).toEqual([
    "There is no watchlist 'Servers' in this workspace, so _GetWatchlist gave no rows: import one with trawl watchlist import FILE.csv --alias 'Servers' --search-key COLUMN. (in functions/Listed.kql:1:1)",
  ]);
});

it('names file, line and column of a mistake, when the function is called', async () => {
  const { workspace } = await workspaceWith({
    'Broken.kql': 'let Broken = (a:long) {\n  print x = a\n  | where y > 1\n}',
    'Open.kql': 'print x = (1',
    'Refused.kql': 'let Refused = () {\n  let y = 1;\n  print x = y\n  | evaluate python(typeof(*), "z")\n}',
    'Fine.kql': 'print 1',
  });
  expect(await rows(workspace, 'Fine')).toEqual([[1]]);
  const failing = async (kql: string): Promise<unknown> =>
    workspace
      .query(kql)
      .catch(({ code, message, span }) => ({ code, message, span: { start: span?.start, length: span?.length } }));
  expect(await failing('print 1; Broken(2)')).toEqual({
    code: 'function-invalid',
    message:
      "A saved function is wrong: functions/Broken.kql:3:11: The name 'y' does not refer to any known column, table, variable or function. (KS142)",
    span: { start: 9, length: 6 },
  });
  expect(await failing('Open')).toMatchObject({
    message: 'A saved function is wrong: functions/Open.kql:1:13: Expected: ) (KS005)',
  });
  expect(await failing('Refused | count')).toEqual({
    code: 'needs-cloud',
    message:
      'the plugin python needs a service outside this machine: write the computation in KQL, or run Python on the exported result (trawl query --format parquet) (in functions/Refused.kql:4:14)',
    span: { start: 0, length: 7 },
  });
  expect(workspace.functions().flatMap((of) => of.mistake?.place ?? [])).toEqual([
    'functions/Broken.kql:3:11',
    'functions/Open.kql:1:13',
  ]);
});

it('refuses files that are no functions, and functions that call themselves', async () => {
  const { workspace } = await workspaceWith({
    'two words.kql': 'print 1',
    'Other.kql': 'let Another = () { print 1 }',
    'Empty.kql': '\n',
    'Ping.kql': 'let Ping = (n:long) { print Pong(n) }',
    'Pong.kql': 'let Pong = (n:long) { toscalar(Ping(n)) }',
    'note.txt': 'nothing',
  });
  expect(workspace.functions().map(({ name, mistake }) => [name, mistake?.reason])).toEqual([
    ['Empty', 'it is empty'],
    ['Other', "it declares Another; a function's file has the function's name"],
    ['Ping', 'it calls itself: Ping calls Pong calls Ping'],
    ['Pong', 'it calls itself: Pong calls Ping calls Pong'],
    ['two words', 'two words is no name of a function: letters, digits and _, no digit at its beginning'],
  ]);
  await expect(workspace.query('print Pong(1)')).rejects.toThrow(
    'functions/Pong.kql: it calls itself: Pong calls Ping calls Pong',
  );
});

it('reads a file again that was changed, and forgets one that is gone', async () => {
  const { workspace, write } = await workspaceWith({ 'A.kql': 'print 1' });
  expect(await rows(workspace, 'A')).toEqual([[1]]);
  write('A.kql', 'print 1 + 21');
  write('B.kql', 'A | extend y = 1');
  expect(await rows(workspace, 'B')).toEqual([[22, 1]]);
});

it('knows none in memory', async () => {
  const workspace = await openWorkspace();
  expect(workspace.functions()).toEqual([]);
  await workspace.close();
});
