import { checkTime } from '../../util/deadline.js';
import { TrawlError, trawlError } from '../../util/errors.js';
import type { Column } from '../types.js';
import { withoutAccepted } from './accepted.js';
import type { Diagnostic, Severity } from './diagnostics.js';
import { type OfficialSymbol, official, type SyntaxNode } from './official.js';
import type { PluginColumns } from './plugin-columns.js';
import { type BindableFunction, type BindableTable, globalsWith } from './symbols.js';
import { argumentsOf, descendants, kindOf, nameOf, spanOf, textOf } from './syntax.js';
import type { KnownWatchlist } from './watchlist-symbol.js';
import { wordsOf } from './words.js';

/** What names in a query can be resolved to. */
export interface Bindings {
  /** Columns of a table that exists or is known, or undefined. */
  table(name: string): BindableTable['columns'] | undefined;
  /** Names of the tables that exist (they take part in wildcards). */
  readonly existing: readonly string[];
  readonly functions: readonly BindableFunction[];
  /** Names of tables that are known without data, for hints at what may be meant. */
  known?(): readonly string[];
  /** Names of all saved functions, called or not. */
  readonly savedNames?: readonly string[];
  /** Columns of plugins that were found by looking at the data. */
  readonly pluginColumns?: PluginColumns;
  /** Watchlists that are there. */
  readonly watchlists?: readonly KnownWatchlist[];
  /** The columns that a query reads of a watchlist that isn't there. */
  readonly assumedWatchlistColumns?: readonly Column[];
}

/** A query parsed and bound by the official parser. */
export interface Analysis {
  readonly text: string;
  readonly root: SyntaxNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and binds a query. Mistakes are in `diagnostics`, none are thrown. */
export function analyze(text: string, bindings: Bindings): Analysis {
  const code = bound(text, bindings);
  const found = code.GetDiagnostics();
  const diagnostics: Diagnostic[] = [];
  for (let i = 0; i < found.Count; i++) {
    const each = found.getItem(i);
    diagnostics.push({
      code: String(each.Code ?? 'KS000'),
      severity: severity(String(each.Severity)),
      message: String(each.Message),
      span: { start: each.Start, length: each.Length },
    });
  }
  const resolved = new Set([...columnArguments(code.Syntax, bindings), ...innerNodeProperties(code.Syntax, text)]);
  const left = diagnostics.filter((of) => of.span === undefined || !resolved.has(of.span.start));
  return { text, root: code.Syntax, diagnostics: withoutAccepted(left, code.Syntax) };
}

/** The official binder asks it at every node; functions that call each other twice come to 2^n nodes. */
const UNTIL_TIME_IS_OVER = { ThrowIfCancellationRequested: checkTime, IsCancellationRequested: false };

function bound(text: string, bindings: Bindings): OfficialSymbol {
  const { KustoCode } = official().Kusto;
  try {
    return KustoCode.ParseAndAnalyze(text, globalsWith(boundTables(text, bindings), bindings), UNTIL_TIME_IS_OVER);
  } catch (error) {
    if (error instanceof TrawlError) throw error;
    // the official binder takes for granted that what a graph operator reads is a graph
    const place = GRAPH_OPERATORS.flatMap((kind) => descendants(KustoCode.Parse(text).Syntax, kind))[0];
    if (!place)
      throw trawlError('internal', { reason: 'the official parser failed', query: text }, undefined, { cause: error });
    const what = textOf(place).split(/\s/)[0]!;
    throw trawlError(
      'bad-argument',
      { what, why: 'what it reads is no graph: put make-graph before it' },
      spanOf(place),
    );
  }
}
const GRAPH_OPERATORS = ['GraphMatchOperator', 'GraphShortestPathsOperator', 'GraphToTableOperator'];

/** Where `invoke f(Column)` names a column for a function that takes one: the official binder has no columns there. */
function columnArguments(root: SyntaxNode, { functions }: Bindings): ReadonlySet<number> {
  const names = new Set(functions.filter((of) => of.columnArguments).map((of) => of.name));
  if (names.size === 0) return new Set();
  return new Set(
    descendants(root, 'InvokeOperator')
      .filter((invoke) => names.has(nameOf(invoke.Function.Name)))
      .flatMap((invoke) => argumentsOf(invoke.Function.ArgumentList))
      .filter((argument) => kindOf(argument) === 'NameReference')
      .map((argument) => spanOf(argument).start),
  );
}

/**
 * Where `map(inner_nodes(path), property)` and the like name a property of nodes that have but one: the official binder takes
 * such a node for that property's type and knows no name in it. Lowering refuses what is no property.
 */
function innerNodeProperties(root: SyntaxNode, text: string): readonly number[] {
  if (!text.includes('inner_nodes')) return [];
  return descendants(root, 'FunctionCallExpression')
    .filter((call) => ['map', 'all', 'any'].includes(nameOf(call.Name)))
    .flatMap((call) => {
      const [over, body] = argumentsOf(call.ArgumentList);
      if (!body || kindOf(over!) !== 'FunctionCallExpression' || nameOf(over!.Name) !== 'inner_nodes') return [];
      return descendants(body, 'NameReference').map((name) => spanOf(name).start);
    });
}

const severity = (name: string): Severity =>
  name === 'Error' ? 'error' : name === 'Warning' ? 'warning' : 'information';

/** The tables a query can mean: those that exist, and the known ones that its text names. */
function boundTables(text: string, bindings: Bindings): BindableTable[] {
  const names = new Set(bindings.existing);
  for (const part of [text, ...bindings.functions.map((of) => of.body)])
    for (const word of wordsOf(part)) names.add(word);
  return [...names].flatMap((name) => {
    const columns = bindings.table(name);
    return columns ? [{ name, columns }] : [];
  });
}
