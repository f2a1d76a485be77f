import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import { trawlError } from '../../util/errors.js';
import { nearest } from '../../util/nearest.js';
import { formatDatetime, ticksFromUnixMilliseconds } from '../../util/ticks.js';
import type { Catalogue } from '../store/catalogue.js';
import { inTransaction, type WritableStore } from '../store/open.js';
import { deleteItems, insertItems } from './table.js';
import type { Watchlist, WatchlistDefinition, WatchlistItems } from './types.js';

/** The watchlists of a workspace. What is known of each stands in `trawl.watchlists`, its items in the table `Watchlist`. */
export interface Watchlists {
  /** By alias, in the order of their aliases. */
  list(): readonly Watchlist[];
  /** Makes a watchlist, or replaces the one of that alias. @throws TrawlError `watchlist-invalid` */
  put(definition: WatchlistDefinition, items: WatchlistItems): Promise<Watchlist>;
  /** @throws TrawlError `watchlist-unknown` */
  remove(alias: string): Promise<Watchlist>;
}

const TABLE = `CREATE TABLE IF NOT EXISTS trawl.watchlists (alias VARCHAR, name VARCHAR, description VARCHAR, source VARCHAR,
  search_key VARCHAR, columns VARCHAR, items BIGINT, created VARCHAR, updated VARCHAR)`;

export async function openWatchlists(store: WritableStore): Promise<Watchlists> {
  let known = await readAll(store);
  const change = async (work: (connection: DuckDBConnection, catalogue: Catalogue) => Promise<void>): Promise<void> => {
    await store.exclusive((connection, catalogue) =>
      inTransaction(connection, store, () => work(connection, catalogue)),
    );
    known = await readAll(store);
  };
  return {
    list: () => known,
    async put(definition, items) {
      checked(definition, items);
      const now = ticksFromUnixMilliseconds(Date.now());
      const updated = formatDatetime(now);
      const created = known.find((of) => of.alias === definition.alias)?.created ?? updated;
      const made: Watchlist = { ...definition, columns: items.columns, items: items.rows.length, created, updated };
      await change(async (connection, catalogue) => {
        await connection.run(TABLE);
        await forget(connection, definition.alias);
        await deleteItems(connection, catalogue, definition.alias);
        await insertItems(connection, catalogue, { definition, items, id: randomUUID(), now });
        await remember(connection, made);
      });
      return made;
    },
    async remove(alias) {
      const found = known.find((of) => of.alias === alias);
      if (!found)
        throw trawlError('watchlist-unknown', {
          alias,
          nearest: nearest(
            alias,
            known.map((of) => of.alias),
          ),
        });
      await change(async (connection, catalogue) => {
        await forget(connection, alias);
        await deleteItems(connection, catalogue, alias);
      });
      return found;
    },
  };
}

const remember = (connection: DuckDBConnection, { columns, items, ...of }: Watchlist) =>
  connection.run('INSERT INTO trawl.watchlists VALUES ($1, $2, $3, $4, $5, $6, $7::BIGINT, $8, $9)', [
    of.alias,
    of.name,
    of.description,
    of.source,
    of.searchKey,
    JSON.stringify(columns),
    String(items),
    of.created,
    of.updated,
  ]);

const forget = (connection: DuckDBConnection, alias: string) =>
  connection.run('DELETE FROM trawl.watchlists WHERE alias = $1', [alias]);

function checked({ alias, source, searchKey }: WatchlistDefinition, { columns }: WatchlistItems): void {
  const invalid = (reason: string): never => {
    throw trawlError('watchlist-invalid', { file: source || alias, reason });
  };
  if (!/^[\p{L}\p{N}_](?:[\p{L}\p{N}_ .-]{0,62}[\p{L}\p{N}_])?$/u.test(alias))
    invalid(`${alias || 'the empty text'} is no alias: letters, digits, and - _ . or a space between them, 64 at most`);
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  if (columns.length === 0) invalid('it has no columns');
  if (columns.some((name) => name === '')) invalid('a column has no name');
  if (twice !== undefined) invalid(`the column ${twice} is there twice`);
  if (!columns.includes(searchKey))
    invalid(`there is no column ${searchKey} to search by; its columns are ${columns.join(', ')}`);
}

async function readAll(store: WritableStore): Promise<readonly Watchlist[]> {
  const connection = await store.connect();
  try {
    const there = await connection.runAndReadAll(
      "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'trawl' AND table_name = 'watchlists'",
    );
    if (there.getRows().length === 0) return [];
    const result = await connection.runAndReadAll(
      'SELECT alias, name, description, source, search_key, columns, items, created, updated FROM trawl.watchlists ORDER BY alias',
    );
    return result.getRows().map(([alias, name, description, source, searchKey, columns, items, created, updated]) => ({
      alias: String(alias),
      name: String(name),
      description: String(description),
      source: String(source),
      searchKey: String(searchKey),
      columns: JSON.parse(String(columns)) as string[],
      items: Number(items),
      created: String(created),
      updated: String(updated),
    }));
  } finally {
    connection.closeSync();
  }
}
