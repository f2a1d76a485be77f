import type { Span } from '../../util/errors.js';
import { type Column, isKqlType, type KqlType } from '../types.js';
import { type FunctionSource, lineAndColumn } from './function-source.js';
import { type OfficialSymbol, official, type SyntaxNode } from './official.js';

export type { OfficialSymbol, SyntaxNode } from './official.js';

/** The node's kind by its official name: `FilterOperator`, `HasExpression`, `LongLiteralExpression`. */
export const kindOf = (node: SyntaxNode): string => official().kinds.get(node.Kind) ?? `kind ${node.Kind}`;

/** Bodies of called functions, which the official binder gives as trees of their own: by how much they are shifted, or the call. */
const expansions = new WeakMap<SyntaxNode, Expansion>();
interface Expansion {
  readonly shift: number | undefined;
  readonly call: SyntaxNode;
  /** Of a saved function: where it is written. */
  readonly source?: FunctionSource;
}

/** The topmost node above. */
export function rootOf(node: SyntaxNode): SyntaxNode {
  let root = node;
  while (root.Parent) root = root.Parent;
  return root;
}

/** Where the node begins in the query text; undefined for one in the body of a stored function. */
export function positionOf(node: SyntaxNode): number | undefined {
  const expansion = expansions.get(rootOf(node));
  if (!expansion) return node.TextStart;
  return expansion.shift === undefined ? undefined : node.TextStart + expansion.shift;
}

/** Where the node stands in the query text, without leading white space and comments; in a stored function: where it is called. */
export function spanOf(node: SyntaxNode): Span {
  const start = positionOf(node);
  if (start !== undefined) return { start, length: node.Width };
  const { call, source } = expansions.get(rootOf(node))!;
  const outside = spanOf(call);
  return source && !outside.within ? { ...outside, within: placeIn(source, node) } : outside;
}

/** File, line and column of a node in a saved function's body, which the binder gives as `{body}` without white space in front. */
function placeIn({ file, text, bodyStart }: FunctionSource, node: SyntaxNode): string {
  const body = text.slice(bodyStart);
  const at = bodyStart + body.length - body.trimStart().length + node.TextStart - 1;
  const exact = text.slice(at, at + node.Width) === textOf(node);
  return exact ? `${file}:${lineAndColumn(text, at)}` : file;
}

/** Notes that `body` is what `declared`, the body of a declaration in the query (or of none: a stored function), comes to when it is called. */
export function noteExpansion(
  body: SyntaxNode,
  declared: SyntaxNode | undefined,
  call: SyntaxNode,
  source?: FunctionSource,
): void {
  const start = declared && positionOf(declared);
  const shift = start === undefined ? undefined : start - body.TextStart;
  expansions.set(rootOf(body), { shift, call, ...(source ? { source } : {}) });
}

/** How often the query calls the function in whose body the node stands; 1 for a node of the query itself. */
export function callsAround(node: SyntaxNode): number {
  const expansion = expansions.get(rootOf(node));
  if (!expansion) return 1;
  const name = calledName(expansion.call);
  const calls = descendants(rootOf(expansion.call), 'NameReference').filter((of) => nameOf(of) === name);
  return calls.length * callsAround(expansion.call);
}

/** The node's text, without leading white space and comments. */
export const textOf = (node: SyntaxNode): string => {
  const whole = node.toString(0);
  return whole.slice(Math.max(whole.length - node.Width, 0)).trim();
};

/** The elements of a syntax list, without their separators. */
export function listOf(list: SyntaxNode | null | undefined): SyntaxNode[] {
  if (!list) return [];
  const elements: SyntaxNode[] = [];
  for (let i = 0; i < list.ChildCount; i++) {
    const child = list.GetChild(i);
    if (child) elements.push(kindOf(child) === 'SeparatedElement' ? child.Element : child);
  }
  return elements.filter((element) => element && !element.IsMissing);
}

/** All nodes of a kind at or below `node`, in the text's order. */
export function descendants(node: SyntaxNode, kind: string): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (at: SyntaxNode): void => {
    if (kindOf(at) === kind) found.push(at);
    for (let i = 0; i < at.ChildCount; i++) {
      const child = at.GetChild(i);
      if (child && !child.IsToken) visit(child);
    }
  };
  visit(node);
  return found;
}

/** The plain name of a NameDeclaration, NameReference, Name or NamedParameter. */
export const nameOf = (node: SyntaxNode): string =>
  node.SimpleName ?? node.Name?.SimpleName ?? node.Name?.Text ?? textOf(node);

export type SymbolKind = 'column' | 'table' | 'function' | 'variable' | 'parameter' | 'database' | 'other';
const SYMBOL_KINDS: Readonly<Record<string, SymbolKind>> = {
  ColumnSymbol: 'column',
  TableSymbol: 'table',
  ExternalTableSymbol: 'table',
  MaterializedViewSymbol: 'table',
  FunctionSymbol: 'function',
  VariableSymbol: 'variable',
  ParameterSymbol: 'parameter',
  DatabaseSymbol: 'database',
};

export const symbolOf = (node: SyntaxNode): OfficialSymbol | null => node.ReferencedSymbol ?? null;
export function symbolKind(symbol: OfficialSymbol | null): SymbolKind {
  if (!symbol) return 'other';
  const name: string = official().Bridge.getTypeName(symbol).split('.').pop();
  return SYMBOL_KINDS[name] ?? 'other';
}

/** The Kusto type an official type symbol stands for, or undefined (unknown, error, a table). */
export function kqlTypeOf(symbol: OfficialSymbol | null | undefined): KqlType | undefined {
  const name = symbol?.Name ?? '';
  if (isKqlType(name)) return name;
  return name.startsWith('dynamic') ? 'dynamic' : undefined;
}

/** The type the official binder gave an expression, or undefined when it could not tell. */
export const boundType = (node: SyntaxNode): KqlType | undefined => kqlTypeOf(node.ResultType);

/** Whether the official binder took an expression for a graph. */
export const isGraph = (node: SyntaxNode): boolean =>
  Boolean(node.ResultType) && String(official().Bridge.getTypeName(node.ResultType)).endsWith('.GraphSymbol');

/** Whether the official binder took an expression for several tables (`fork`, `facet`). */
export const isGroup = (node: SyntaxNode): boolean =>
  Boolean(node.ResultType) && String(official().Bridge.getTypeName(node.ResultType)).endsWith('.GroupSymbol');

/** The columns the official binder gave a tabular expression; undefined when it is not a table. `open` columns may be missing. */
export function boundColumns(node: SyntaxNode): { columns: Column[]; open: boolean } | undefined {
  const table = node.ResultType;
  if (!table?.Columns) return undefined;
  const columns: Column[] = [];
  for (let i = 0; i < table.Columns.Count; i++) {
    const symbol = table.Columns.getItem(i);
    columns.push({ name: symbol.Name, type: kqlTypeOf(symbol.Type) ?? 'dynamic' });
  }
  return { columns, open: Boolean(table.IsOpen) };
}

/** The arguments of an ExpressionList, as nodes. */
export const argumentsOf = (list: SyntaxNode | null | undefined): SyntaxNode[] => listOf(list?.Expressions);

/** The name a call is made by. */
export const calledName = (node: SyntaxNode): string =>
  nameOf(kindOf(node) === 'FunctionCallExpression' ? node.Name : node);

/** An operator's parameters (`kind=inner`, `withsource=T`), as nodes by name. */
export const parametersOf = (node: SyntaxNode): ReadonlyMap<string, SyntaxNode> =>
  new Map(listOf(node.Parameters).map((parameter) => [nameOf(parameter.Name), parameter.Expression as SyntaxNode]));
