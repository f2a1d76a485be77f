import type { StoredFunction } from '../lower/context.js';
import { WATCHLIST_TABLE } from '../parse/watchlist-symbol.js';

/** Sentinel's `_GetWatchlistAlias()`: the aliases of the workspace's watchlists. */
export const WATCHLIST_ALIASES: StoredFunction = {
  name: '_GetWatchlistAlias',
  parameters: '()',
  body: `${WATCHLIST_TABLE} | where _DTItemType == 'watchlist' | distinct WatchlistAlias | sort by WatchlistAlias asc`,
};
