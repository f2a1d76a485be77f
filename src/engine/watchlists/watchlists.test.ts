import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openWorkspace, type Workspace } from '../../index.js';

const folder = mkdtempSync(join(tmpdir(), 'trawl-watchlists-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function rows(workspace: Workspace, kql: string): Promise<unknown[][]> {
  return (await workspace.query(kql)).tables[0]!.rows;
}

it('has the columns of Sentinel in front of its own, all of them text', async () => {
  const workspace = await openWorkspace();
  await workspace.importWatchlist(file('vip.csv', 'User,Level\nana,7\nben,\n'), { alias: 'VIP', searchKey: 'User' });
  const { tables } = await workspace.query(`_GetWatchlist('VIP') | sort by SearchKey asc`);
  expect(tables[0]!.columns.map((of) => `${of.name}:${of.type}`)).toEqual([
    '_DTItemId:string',
    'LastUpdatedTimeUTC:datetime',
    'SearchKey:string',
    'WatchlistItem:dynamic',
    'User:string',
    'Level:string',
  ]);
  expect(tables[0]!.rows.map((row) => row.slice(2))).toEqual([
    ['ana', { User: 'ana', Level: '7' }, 'ana', '7'],
    ['ben', { User: 'ben', Level: '' }, 'ben', ''],
  ]);
  await workspace.close();
});

it('is found whatever the case, filtered by keys, read by functions and joins, listed by aliases', async () => {
  const workspace = await openWorkspace();
  await workspace.importWatchlist(file('nets.csv', 'Net\tSite\n10.0.0.0/8\tinner\n192.0.2.0/24\tlab\n'), {
    alias: 'Nets',
    searchKey: 'Net',
  });
  expect(await rows(workspace, `_GetWatchlist('nets', dynamic(['192.0.2.0/24'])) | project Site`)).toEqual([['lab']]);
  expect(await rows(workspace, `_GetWatchlist('nets', dynamic([])) | count`)).toEqual([[2]]);
  expect(
    await rows(workspace, `let read = (a:string) { _GetWatchlist(a) | project SearchKey, Site }; read('Nets') | count`),
  ).toEqual([[2]]);
  const lookup = `let N = _GetWatchlist('Nets') | project SearchKey, Site;
    datatable(ip:string)['10.1.2.3', '8.8.8.8'] | evaluate ipv4_lookup(N, ip, SearchKey) | project ip, Site`;
  expect(await rows(workspace, lookup)).toEqual([['10.1.2.3', 'inner']]);
  expect(await rows(workspace, '_GetWatchlistAlias()')).toEqual([['Nets']]);
  expect(await rows(workspace, 'Watchlist | summarize count() by _DTItemType | sort by _DTItemType asc')).toEqual([
    ['watchlist', 1],
    ['watchlist-item', 2],
  ]);
  await workspace.close();
});

it('gives no rows for one that is not there, with a warning that names those that are like it', async () => {
  const workspace = await openWorkspace();
  await workspace.importWatchlist(file('s.csv', 'IP\n10.0.0.1\n'), { alias: 'Servers' });
  const { tables, diagnostics } = await workspace.query(
    `_GetWatchlist('Server') | where Team == 'x' | project SearchKey, Team`,
  );
  expect(tables[0]!.rows).toEqual([]);
  expect(diagnostics.map((of) => of.message)).toEqual([
    "There is no watchlist 'Server' in this workspace, so _GetWatchlist gave no rows: did you mean 'Servers'?",
  ]);
  await expect(workspace.query(`_GetWatchlist('Servers') | project Team`)).rejects.toThrow(
    "The name 'Team' does not refer",
  );
  await workspace.close();
});

it('stays in the workspace, is replaced and removed; the latest event is not its import', async () => {
  const path = join(folder, 'case');
  const one = await openWorkspace({ path });
  await one.createTable('Log_CL', { TimeGenerated: 'datetime', a: 'string' });
  await one.importWatchlist(file('a.csv', 'a,b\n1,2\n3,4\n'), { alias: 'A', searchKey: 'b', description: 'first' });
  await one.importWatchlist(file('a2.csv', '# note\na\n5\n'), { alias: 'A', searchKey: 'a', skip: 1 });
  await one.importWatchlist(file('b.csv', 'a\n1\n'), { alias: 'B' });
  await one.close();
  const two = await openWorkspace({ path, readOnly: true });
  expect(two.watchlists().map((of) => [of.alias, of.columns, of.items, of.source])).toEqual([
    ['A', ['a'], 1, 'a2.csv'],
    ['B', ['a'], 1, 'b.csv'],
  ]);
  expect(await rows(two, `_GetWatchlist('A') | project SearchKey`)).toEqual([['5']]);
  await expect(two.removeWatchlist('A')).rejects.toThrow('opened for reading only');
  await two.close();
  const three = await openWorkspace({ path });
  await three.removeWatchlist('A');
  expect(three.watchlists().map((of) => of.alias)).toEqual(['B']);
  expect(await rows(three, 'Watchlist | count')).toEqual([[2]]);
  const latest = await three.query('print 1', { asOf: 'latest' });
  expect(Math.abs(Date.parse(latest.asOf) - Date.now())).toBeLessThan(60_000);
  await three.close();
});

it('refuses what is no watchlist and changes nothing', async () => {
  const workspace = await openWorkspace();
  const path = file('ok.csv', 'a,b\n1,2\n');
  const wrong = (options: { alias: string; searchKey?: string }): Promise<unknown> =>
    workspace.importWatchlist(path, options);
  await expect(wrong({ alias: 'x', searchKey: 'c' })).rejects.toThrow(
    'The watchlist ok.csv: there is no column c to search by; its columns are a, b',
  );
  await expect(wrong({ alias: '' })).rejects.toThrow('the empty text is no alias');
  await expect(wrong({ alias: "a'b" })).rejects.toThrow("a'b is no alias");
  expect(workspace.watchlists()).toEqual([]);
  await workspace.close();
});
