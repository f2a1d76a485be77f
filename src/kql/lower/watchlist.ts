import { nearest } from '../../util/nearest.js';
import { argumentsOf, type SyntaxNode } from '../parse/syntax.js';
import {
  type KnownWatchlist,
  WATCHLIST_COLUMNS,
  WATCHLIST_TABLE,
  watchlistColumns,
  watchlistOf,
} from '../parse/watchlist-symbol.js';
import { and, call, column, filter, long, or, project, text, values } from '../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../plan/nodes.js';
import type { Column } from '../types.js';
import { coerce } from './coerce.js';
import { badArgument, type Context } from './context.js';
import { lowerExpr } from './recurse.js';
import { warnOnce } from './warn.js';

/** `_GetWatchlist('alias' [, keys])`: the items of a watchlist, with a column for each of the file's; no rows for an unknown one. */
export function lowerWatchlist(node: SyntaxNode, context: Context): Rel {
  const { session, scope } = context;
  const [aliasNode, keysNode] = argumentsOf(node.ArgumentList);
  const alias = aliasNode && lowerExpr(aliasNode, { session, scope });
  if (alias?.kind !== 'literal') return badArgument('_GetWatchlist', 'it takes a constant alias', node);
  const lists = session.schema.watchlists ?? [];
  const list = watchlistOf(lists, String(alias.value));
  const columns = watchlistColumns(list, session.schema.assumedWatchlistColumns ?? []);
  if (!list) {
    warnOnce(noWatchlist(String(alias.value), lists), node, session);
    return values(columns, []);
  }
  const table = session.schema.table(WATCHLIST_TABLE) ?? [];
  const scan: Rel = { kind: 'scan', table: WATCHLIST_TABLE, columns: table };
  const cell = (name: string): Expr => column(table.find((of) => of.name === name)!);
  const is = (name: string, value: string): Expr => call('==', 'bool', cell(name), text(value));
  const keys = keysNode && coerce(lowerExpr(keysNode, { session, scope }), 'dynamic');
  const rows = filter(
    scan,
    and([
      is('WatchlistAlias', list.alias),
      is('_DTItemType', 'watchlist-item'),
      ...(keys ? [among(cell('SearchKey'), keys)] : []),
    ]),
  );
  const fixed = new Set(WATCHLIST_COLUMNS.map((of) => of.name));
  const named = (of: Column): NamedExpr => {
    const item = call('[]', 'dynamic', cell('WatchlistItem'), text(of.name));
    return { name: of.name, expr: fixed.has(of.name) ? cell(of.name) : coerce(item, of.type) };
  };
  return project(rows, columns.map(named));
}

/** Items whose search key is among these; all for no keys. */
const among = (key: Expr, keys: Expr): Expr =>
  or([
    call('==', 'bool', call('coalesce', 'long', call('array_length', 'long', keys), long(0)), long(0)),
    call('in_array', 'bool', key, keys),
  ]);

function noWatchlist(alias: string, lists: readonly KnownWatchlist[]): { code: string; message: string } {
  const near = nearest(
    alias,
    lists.map((of) => of.alias),
  ).map((of) => `'${of}'`);
  const hint =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `import one with trawl watchlist import FILE.csv --alias '${alias}' --search-key COLUMN.`;
  return {
    code: 'no-watchlist',
    message: `There is no watchlist '${alias}' in this workspace, so _GetWatchlist gave no rows: ${hint}`,
  };
}
