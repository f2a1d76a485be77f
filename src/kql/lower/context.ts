import { type Span, trawlError } from '../../util/errors.js';
import type { Diagnostic } from '../parse/diagnostics.js';
import type { FunctionSource } from '../parse/function-source.js';
import type { PluginColumns } from '../parse/plugin-columns.js';
import { type SyntaxNode, spanOf } from '../parse/syntax.js';
import type { KnownWatchlist } from '../parse/watchlist-symbol.js';
import type { Expr, Literal, Rel } from '../plan/nodes.js';
import type { Column } from '../types.js';
import type { Graph } from './graph/graph.js';
import type { Settings } from './settings.js';

/** What a name declared by `let`, a parameter or `as` stands for. */
export type Binding =
  | { readonly kind: 'scalar'; readonly expr: Expr }
  /** `named` for a table that `as` gave its name: a union with `withsource` shows it. */
  | { readonly kind: 'table'; readonly rel: Rel; readonly named?: true }
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'pattern'; readonly declaration: SyntaxNode }
  | { readonly kind: 'function'; readonly declaration: SyntaxNode; readonly scope: Scope };

/** Names declared so far; inner scopes see outer ones. */
export interface Scope {
  readonly bindings: ReadonlyMap<string, Binding>;
  readonly outer?: Scope;
}

export const EMPTY_SCOPE: Scope = { bindings: new Map() };

/** A scope inside `outer` with one more name. */
export const bind = (outer: Scope, name: string, binding: Binding): Scope => ({
  bindings: new Map([[name, binding]]),
  outer,
});

export function lookup(scope: Scope | undefined, name: string): Binding | undefined {
  for (let at = scope; at; at = at.outer) {
    const found = at.bindings.get(name);
    if (found) return found;
  }
  return undefined;
}

/** A function saved in the workspace: its parameters and body as KQL. */
export interface StoredFunction {
  readonly name: string;
  /** `(a: long, T: (*))` */
  readonly parameters: string;
  /** The text between the braces. */
  readonly body: string;
  /** What to warn of when a query calls it: such functions come with Trawl and stand for what a workspace may lack. */
  readonly warning?: { readonly code: string; readonly message: string };
  /** Where it is written; left out for functions that come with Trawl. */
  readonly source?: FunctionSource;
  /** True when `invoke` may name columns as its scalar arguments, as Defender's own functions let one. */
  readonly columnArguments?: true;
}

/** What the language needs to know of the data: the engine's catalogue seen from here. */
export interface Schema {
  /** Columns of a table that exists or is known, in order. */
  table(name: string): readonly Column[] | undefined;
  /** Names of the tables that exist, for wildcards and `search`. */
  readonly existing: readonly string[];
  /** Names of a table's columns that some row has a value for; undefined when there is no such table. */
  stored(name: string): ReadonlySet<string> | undefined;
  readonly functions: readonly StoredFunction[];
  /** Names of tables that are known without data, for hints at what may be meant. */
  known?(): readonly string[];
  /** Names of all saved functions, called or not. */
  readonly savedNames?: readonly string[];
  /** Columns of plugins that were found by looking at the data. */
  readonly pluginColumns?: PluginColumns;
  readonly watchlists?: readonly KnownWatchlist[];
  /** The columns that a query reads of a watchlist that isn't there. */
  readonly assumedWatchlistColumns?: readonly Column[];
}

/** One of the tables an expression gives, with its name if it has one. */
export interface NamedTable {
  readonly name?: string;
  readonly rel: Rel;
}

/** The ways down the tree: see `recurse.ts`. */
export interface Lowering {
  expr(node: SyntaxNode, context: Context): Expr;
  pipe(node: SyntaxNode, context: Context): Rel;
  graph(node: SyntaxNode, context: Context): Graph;
  tables(node: SyntaxNode, context: Context): readonly NamedTable[];
}

/** What stays the same over one query's lowering. */
export interface Session {
  readonly lowering: Lowering;
  readonly schema: Schema;
  /** The query clock, in ticks: what now() and ago() read. */
  readonly now: bigint;
  readonly diagnostics: Diagnostic[];
  readonly settings: Settings;
  /** Whether the caller lets `externaldata` read a place. */
  readonly allowsExternal: (place: string) => boolean;
  /** Values given for `declare query_parameters`, by name. */
  readonly parameters: Readonly<Record<string, Literal>>;
  /** A number that is new at each call, for names of our own. */
  next(): number;
}

/** Where an expression stands: the rows whose columns it may read. A join condition has both inputs. */
export interface Row {
  readonly columns: readonly Column[];
  readonly right?: readonly Column[];
  /** Inside `scan`: the names of its steps, whose values are read as `step.column`. */
  readonly steps?: readonly string[];
}

/** Inside a graph pattern's `where` and `project`: how its elements are read. Each gives undefined for what is none of its own. */
export interface ElementReader {
  name(node: SyntaxNode): Expr | undefined;
  path(node: SyntaxNode): Expr | undefined;
  call(node: SyntaxNode, context: Context): Expr | undefined;
}

export interface Context {
  readonly session: Session;
  readonly scope: Scope;
  readonly row?: Row;
  /** True inside `summarize` and the like, where aggregate functions may be called. */
  readonly aggregates?: boolean;
  /** The hidden column that holds the input's order, when aggregates or windows must follow it. */
  readonly order?: Expr;
  /** The serialized rows that `order` numbers, for functions that look at all of them at once. */
  readonly serialized?: Rel;
  readonly elements?: ElementReader;
  /** The table piped into an operator whose operand reads it by `$input` (partition, fork, mv-apply, toscalar bodies). */
  readonly input?: Rel;
  /** The graph that a graph operator in `partitioned-by` reads. */
  readonly inputGraph?: Graph;
}

/** Refuses by name what is not supported yet. Never returns. */
export function unsupported(what: string, node: SyntaxNode, instead?: string): never {
  throw trawlError('unsupported', { what, ...(instead ? { instead } : {}) }, spanOf(node));
}

/** Reports an argument that Kusto would refuse too. Never returns. */
export function badArgument(what: string, why: string, place: SyntaxNode | Span): never {
  throw trawlError('bad-argument', { what, why }, 'length' in place ? (place as Span) : spanOf(place as SyntaxNode));
}
