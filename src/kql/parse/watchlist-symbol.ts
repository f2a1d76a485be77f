import type { Column } from '../types.js';
import { type OfficialSymbol, official } from './official.js';

/** The table that holds the items of all watchlists, as in Sentinel. */
export const WATCHLIST_TABLE = 'Watchlist';
/** The function that reads one of them. */
export const WATCHLIST_FUNCTION = '_GetWatchlist';

/** A watchlist as the binder needs it. */
export interface KnownWatchlist {
  readonly alias: string;
  /** Names of its columns; all of them are text. */
  readonly columns: readonly string[];
}

/** Columns that every watchlist has in front of its own. */
export const WATCHLIST_COLUMNS: readonly Column[] = [
  { name: '_DTItemId', type: 'string' },
  { name: 'LastUpdatedTimeUTC', type: 'datetime' },
  { name: 'SearchKey', type: 'string' },
  { name: 'WatchlistItem', type: 'dynamic' },
];

/** The watchlist of an alias: spelled alike, or else but for upper and lower case. */
export const watchlistOf = <T extends { readonly alias: string }>(lists: readonly T[], alias: string): T | undefined =>
  lists.find((of) => of.alias === alias) ?? lists.find((of) => of.alias.toLowerCase() === alias.toLowerCase());

/** The columns of a watchlist: those it was imported with, or those that a query is taken to expect of an unknown one. */
export function watchlistColumns(list: KnownWatchlist | undefined, assumed: readonly Column[]): Column[] {
  const own = list ? list.columns.map((name): Column => ({ name, type: 'string' })) : assumed;
  const taken = new Set(WATCHLIST_COLUMNS.map((of) => of.name));
  return [...WATCHLIST_COLUMNS, ...own.filter((of) => !taken.has(of.name))];
}

/**
 * `_GetWatchlist(alias [, keys])`, whose columns depend on the alias. One that isn't known when the query is bound (an
 * argument of a function) gives a table that may have any column.
 */
export function watchlistSymbol(
  lists: readonly KnownWatchlist[],
  assumed: readonly Column[] | undefined,
): OfficialSymbol {
  const { Kusto, Bridge } = official();
  const { Symbols } = Kusto;
  // biome-ignore lint/suspicious/noExplicitAny: generated C#
  const result = (context: any): OfficialSymbol => {
    const value = context.GetArgument$1('watchlistAlias')?.ConstantValue;
    const alias = value === null || value === undefined ? undefined : String(Bridge.unbox(value));
    const list = alias === undefined ? undefined : watchlistOf(lists, alias);
    const columns = watchlistColumns(list, assumed ?? []).map(
      ({ name, type }) => new Symbols.ColumnSymbol(name, Symbols.ScalarTypes.GetSymbol(type), null, null, null, null),
    );
    const table = new Symbols.TableSymbol.$ctor4('', columns);
    return alias === undefined && !assumed ? table.WithIsOpen(true) : table;
  };
  const text = Symbols.ScalarTypes.String;
  const optional = [0, null, null, false, null, 0, 1, null, null];
  const parameters = [
    new Symbols.Parameter.$ctor2('watchlistAlias', text),
    new Symbols.Parameter.$ctor3('keys', Symbols.ScalarTypes.Dynamic, ...optional),
  ];
  return new Symbols.FunctionSymbol.ctor(WATCHLIST_FUNCTION, result, Symbols.Tabularity.Tabular, parameters);
}
