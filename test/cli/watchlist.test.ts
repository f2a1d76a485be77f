import { expect, it } from 'vitest';
import { folderWith, trawl } from './trawl.js';

const SERVERS = 'IP,Owner,Kind of host\n10.0.0.1,ana,"web, front"\n10.0.0.2,ben,db\n';

it('imports, lists, shows and removes watchlists; queries read them', async () => {
  const folder = folderWith({ 'servers.csv': SERVERS, 'fewer.csv': 'IP,Owner\n10.0.0.9,dora\n' });
  const run = (...args: string[]) => trawl(args, { cwd: folder });
  const made = await run('watchlist', 'import', 'servers.csv', '--alias', 'Servers', '--search-key', 'IP');
  expect([made.code, made.stderr]).toEqual([0, 'Imported the watchlist Servers: 2 items, SearchKey is IP\n']);
  const listed = JSON.parse((await run('watchlist', 'list', '--format', 'json')).stdout);
  expect(listed.tables?.[0]?.rows ?? listed.rows ?? listed).toMatchObject([
    { alias: 'Servers', items: 2, searchKey: 'IP', columns: 'IP, Owner, Kind of host', source: 'servers.csv' },
  ]);
  expect((await run('watchlist', 'show', 'Servers', '--format', 'csv')).stdout.replaceAll('\r', '')).toBe(SERVERS);
  const query = `_GetWatchlist('Servers') | where SearchKey endswith '2' | project Owner, ['Kind of host']`;
  expect((await run('query', query, '--format', 'csv')).stdout.replaceAll('\r', '')).toBe(
    'Owner,Kind of host\nben,db\n',
  );

  const again = await run('watchlist', 'import', 'fewer.csv', '--alias', 'Servers');
  expect(again.stderr).toBe('Replaced the watchlist Servers: 1 item, SearchKey is IP\n');
  expect((await run('watchlist', 'show', 'Servers', '--format', 'csv')).stdout).toContain('10.0.0.9,dora');
  const unknown = await run('watchlist', 'remove', 'servrs');
  expect([unknown.code, unknown.stderr.split('\n')[0]]).toEqual([
    1,
    'error watchlist-unknown: There is no watchlist servrs; did you mean Servers?',
  ]);
  expect((await run('watchlist', 'remove', 'Servers')).stderr).toBe('Removed the watchlist Servers (1 item)\n');
  expect((await run('watchlist', 'list')).stderr).toMatch(/^There are no watchlists here/);
});

it('says what is wrong with a file or with what was typed', async () => {
  const folder = folderWith({ 'a.csv': 'x,y\n1,2\n3\n', 'b.csv': 'x,x\n1,2\n', 'c.csv': '' });
  const run = async (...args: string[]) => (await trawl(args, { cwd: folder })).stderr.split('\n')[0];
  expect(await run('watchlist', 'import', 'a.csv')).toBe(
    'error watchlist-invalid: The watchlist a.csv: line 3 has 1 cells, and the first row names 2 columns',
  );
  expect(await run('watchlist', 'import', 'b.csv')).toBe(
    'error watchlist-invalid: The watchlist b.csv: the column x is there twice',
  );
  expect(await run('watchlist', 'import', 'c.csv')).toBe('error watchlist-invalid: The watchlist c.csv: it is empty');
  expect(await run('watchlist', 'import', 'none.csv')).toBe(
    'error path-not-found: There is no file or folder none.csv.',
  );
  expect(await run('watchlist')).toBe('error: Say what to do: trawl watchlist import, list, show, remove');
});
