import type { StoredFunction } from '../lower/context.js';
import { declaration } from '../lower/plugins/probe.js';
import type { Column } from '../types.js';

/** Columns that Sentinel adds to every watchlist. */
const OWN: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
  { name: 'WatchlistItem', type: 'dynamic' },
];

export const WATCHLIST = '_GetWatchlist';

/** `_GetWatchlist('alias')` as a function without rows; `more` are the columns that the query reads from it. */
export const watchlist = (more: readonly Column[] = []): StoredFunction => ({
  name: WATCHLIST,
  parameters: '(watchlistAlias:string, keys:dynamic=dynamic([]))',
  body: `datatable(${[...OWN, ...more].map(declaration).join(', ')})[]`,
  warning: {
    code: 'no-watchlist',
    message:
      '_GetWatchlist() gave no rows: Trawl has no watchlists yet. Ingest the list as a table and read that instead.',
  },
});
