import type { Column } from '../types.js';
import { type OfficialSymbol, official } from './official.js';
import type { PluginColumns } from './plugin-columns.js';
import { pluginSymbols } from './plugins.js';
import { type KnownWatchlist, watchlistSymbol } from './watchlist-symbol.js';

/** Tables and functions of the data, as symbols that the official binder resolves names with. */
export interface BindableTable {
  readonly name: string;
  readonly columns: readonly Column[];
}
export interface BindableFunction {
  readonly name: string;
  readonly parameters: string;
  readonly body: string;
  /** True when `invoke` may name columns as its scalar arguments, which the official binder does not resolve there. */
  readonly columnArguments?: true;
}

/** What there is beside tables. */
export interface BindableFacts {
  readonly functions: readonly BindableFunction[];
  readonly pluginColumns?: PluginColumns;
  readonly watchlists?: readonly KnownWatchlist[];
  readonly assumedWatchlistColumns?: readonly Column[];
}

const tableSymbols = new WeakMap<readonly Column[], OfficialSymbol>();

/** The symbol of a table; kept as long as its column list is, since making one of 160 columns is not free. */
function tableSymbol({ name, columns }: BindableTable): OfficialSymbol {
  const known = tableSymbols.get(columns);
  if (known && known.Name === name) return known;
  const { Symbols } = official().Kusto;
  const made = new Symbols.TableSymbol.$ctor4(
    name,
    columns.map(
      (of) => new Symbols.ColumnSymbol(of.name, Symbols.ScalarTypes.GetSymbol(of.type), null, null, null, null),
    ),
  );
  tableSymbols.set(columns, made);
  return made;
}

/** What the open workspace is called where a query names a database. */
export const WORKSPACE_DATABASE = 'workspace';

let base: OfficialSymbol | undefined;

/** The official global state with one database that holds these tables and functions. */
export function globalsWith(tables: readonly BindableTable[], facts: BindableFacts): OfficialSymbol {
  const { Kusto } = official();
  const { functions, pluginColumns, watchlists, assumedWatchlistColumns } = facts;
  const members = [
    ...tables.map(tableSymbol),
    ...functions.map((of) => new Kusto.Symbols.FunctionSymbol.$ctor16(of.name, of.parameters, of.body, null)),
    ...(watchlists ? [watchlistSymbol(watchlists, assumedWatchlistColumns)] : []),
  ];
  const database = new Kusto.Symbols.DatabaseSymbol.$ctor1(WORKSPACE_DATABASE, members, false);
  base ??= Kusto.GlobalState.Default.WithPlugIns(pluginSymbols());
  const globals = pluginColumns?.size ? base!.WithPlugIns(pluginSymbols(pluginColumns)) : base!;
  return globals.WithDatabase(database);
}
