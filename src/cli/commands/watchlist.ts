import type { QueryTable, Watchlist, Workspace } from '../../index.js';
import { type Args, type Command, EXIT, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { withWorkspace } from '../open.js';
import { outputOptions, workspaceOptions } from '../options.js';
import { outputRequest } from '../output/request.js';

export const watchlist: Command = {
  name: 'watchlist',
  usage: [
    'watchlist import FILE --alias ALIAS --search-key COLUMN [options]',
    'watchlist list [options]',
    'watchlist show ALIAS [options]',
    'watchlist remove ALIAS [options]',
  ],
  description: `Watchlists are lists of reference data in the workspace, such as the addresses of servers or the names of administrators. Queries
read them by _GetWatchlist('ALIAS'), as in Sentinel: a column for each column of the file, and SearchKey for joins.`,
  options: {
    alias: { type: 'string', value: 'ALIAS', help: 'what queries call it (import; the name of the file unless given)' },
    'search-key': { type: 'string', value: 'COLUMN', help: 'the column to join on (import; the first unless given)' },
    name: { type: 'string', value: 'NAME', help: 'a name for people (import)' },
    description: { type: 'string', value: 'TEXT', help: 'what it holds (import)' },
    skip: { type: 'string', value: 'N', help: 'lines in front of the row that names the columns (import)' },
    ...outputOptions,
    ...workspaceOptions,
  },
  examples: [
    ['trawl watchlist import servers.csv --alias Servers --search-key IP', 'a new watchlist, or a new state of it'],
    ['trawl query "_GetWatchlist(\'Servers\') | project SearchKey, Owner"', 'in a query'],
    ['trawl watchlist list', 'aliases, keys, how many items'],
    ['trawl watchlist show Servers --format csv', 'the items'],
  ],
  async run(args, io) {
    const [action, ...rest] = args.positionals;
    const act = action === undefined ? undefined : ACTIONS[action];
    if (!act) throw new UsageError(`Say what to do: trawl watchlist ${Object.keys(ACTIONS).join(', ')}`);
    return act(args, rest, io);
  },
};

type Action = (args: Args, rest: readonly string[], io: Io) => Promise<number>;

const ACTIONS: Readonly<Record<string, Action>> = {
  async import(args, rest, io) {
    const file = only(rest, 'Say which file: trawl watchlist import FILE.csv');
    const alias = args.text('alias') ?? (await stemOf(file));
    const skip = Number(args.text('skip') ?? 0);
    if (!Number.isInteger(skip) || skip < 0)
      throw new UsageError(`--skip takes a whole number, not ${args.text('skip')}`);
    return withWorkspace(args, 'write', async ({ workspace }) => {
      const before = workspace.watchlists().some((of) => of.alias === alias);
      const made = await workspace.importWatchlist(file, {
        alias,
        skip,
        ...(args.text('search-key') === undefined ? {} : { searchKey: args.text('search-key')! }),
        ...(args.text('name') === undefined ? {} : { name: args.text('name')! }),
        ...(args.text('description') === undefined ? {} : { description: args.text('description')! }),
      });
      const items = `${made.items.toLocaleString('en')} ${made.items === 1 ? 'item' : 'items'}`;
      io.note(
        `${before ? 'Replaced' : 'Imported'} the watchlist ${made.alias}: ${items}, SearchKey is ${made.searchKey}`,
      );
      return EXIT.ok;
    });
  },
  async list(args, rest, io) {
    if (rest.length > 0)
      throw new UsageError('trawl watchlist list takes no names; show one with trawl watchlist show');
    const output = outputRequest(args, Number.POSITIVE_INFINITY);
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const lists = workspace.watchlists();
      if (lists.length === 0 && output.format === 'table') {
        io.note('There are no watchlists here: trawl watchlist import FILE.csv --alias ALIAS --search-key COLUMN');
        return EXIT.ok;
      }
      const { writePlainTable } = await import('../output/plain-table.js');
      await writePlainTable(io, tableOf(lists), output);
      return EXIT.ok;
    });
  },
  async show(args, rest, io) {
    const alias = only(rest, 'Say which one: trawl watchlist show ALIAS');
    const output = outputRequest(args, 1_000);
    return withWorkspace(args, 'read', async ({ workspace }) => {
      const table = await itemsOf(workspace, alias);
      const { writePlainTable } = await import('../output/plain-table.js');
      await writePlainTable(io, table, output);
      return EXIT.ok;
    });
  },
  async remove(args, rest, io) {
    const alias = only(rest, 'Say which one: trawl watchlist remove ALIAS');
    return withWorkspace(args, 'write', async ({ workspace }) => {
      const { items } = await workspace.removeWatchlist(alias);
      io.note(`Removed the watchlist ${alias} (${items.toLocaleString('en')} ${items === 1 ? 'item' : 'items'})`);
      return EXIT.ok;
    });
  },
};

function only(rest: readonly string[], message: string): string {
  if (rest.length !== 1) throw new UsageError(message);
  return rest[0]!;
}

async function stemOf(file: string): Promise<string> {
  const { basename } = await import('node:path');
  return basename(file).replace(/\.(?:csv|tsv|txt)(?:\.gz|\.zst)?$/i, '');
}

const tableOf = (lists: readonly Watchlist[]): QueryTable => ({
  name: 'watchlists',
  columns: [
    { name: 'alias', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'items', type: 'long' },
    { name: 'searchKey', type: 'string' },
    { name: 'columns', type: 'string' },
    { name: 'source', type: 'string' },
    { name: 'updated', type: 'datetime' },
  ],
  rows: lists.map((of) => [of.alias, of.name, of.items, of.searchKey, of.columns.join(', '), of.source, of.updated]),
});

async function itemsOf(workspace: Workspace, alias: string): Promise<QueryTable> {
  const list = workspace.watchlists().find((of) => of.alias === alias);
  if (!list) {
    const [{ trawlError }, { nearest }] = await Promise.all([
      import('../../util/errors.js'),
      import('../../util/nearest.js'),
    ]);
    const known = workspace.watchlists().map((of) => of.alias);
    throw trawlError('watchlist-unknown', { alias, nearest: nearest(alias, known) });
  }
  const { nameText, quoted } = await import('../../kql/literal-text.js');
  const { tables } = await workspace.query(
    `_GetWatchlist(${quoted(alias)}) | project ${list.columns.map(nameText).join(', ')}`,
  );
  return { ...tables[0]!, name: alias };
}
