import {
  boundColumns,
  calledName,
  isGroup,
  kindOf,
  nameOf,
  type SyntaxNode,
  symbolKind,
  symbolOf,
  textOf,
} from '../parse/syntax.js';
import type { Rel } from '../plan/nodes.js';
import { badArgument, bind, type Context, lookup, type NamedTable, unsupported } from './context.js';
import type { Graph } from './graph/graph.js';
import { makeGraph } from './graph/make-graph.js';
import { markComponents } from './graph/mark-components.js';
import { graphTables } from './operators/graph-to-table.js';
import { GRAPH_OPERATORS, OPERATORS, SEVERAL } from './operators/index.js';
import { REFUSED_OPERATORS } from './operators/notes.js';
import { lowerPattern, patternUse } from './patterns.js';
import { SOURCES } from './sources.js';
import { lowerUserFunction } from './user-function.js';

/** Lowers a tabular expression: a source, or operators piped one after the other. */
export function lowerPipe(node: SyntaxNode, context: Context): Rel {
  const kind = kindOf(node);
  if (kind === 'PipeExpression') return lowerChain(node, context).rel;
  if (kind === 'ParenthesizedExpression') return lowerPipe(node.Expression, context);
  if (kind === 'NameReference') return lowerTableName(node, context);
  const use = patternUse(node, context);
  if (use) return lowerPattern(use, node, context);
  if (kind === 'PathExpression') return lowerQualified(node, context);
  if (kind === 'FunctionCallExpression') return lowerTableCall(node, context);
  const source = SOURCES[kind];
  if (source) return source(node, context);
  if (GRAPH_OPERATORS[kind] && context.inputGraph) return GRAPH_OPERATORS[kind](node, context.inputGraph, context);
  // An operator that starts a body (`mv-apply … on (where …)`) reads the table it was given.
  if (OPERATORS[kind] && context.input) return lowerOperator(node, context.input, context);
  return unsupported(`${kind} (${textOf(node).slice(0, 40)})`, node);
}

/** Lowers a tabular expression that may give several tables: `fork`, `facet`, `graph-to-table nodes as N, edges as E`. */
export function lowerTables(node: SyntaxNode, context: Context): readonly NamedTable[] {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') return lowerTables(node.Expression, context);
  if (kind === 'FunctionCallExpression' && isGroup(node)) {
    const result = lowerUserFunction(node, calledName(node), context);
    if (result.kind === 'tables') return result.tables;
  }
  if (kind !== 'PipeExpression') return [{ rel: lowerPipe(node, context) }];
  if (kindOf(node.Operator) === 'GraphToTableOperator') {
    const before = graphChain(node.Expression, context);
    return graphTables(node.Operator, before.graph, before.context);
  }
  const several = SEVERAL[kindOf(node.Operator)];
  if (!several) return [{ rel: lowerPipe(node, context) }];
  const before = lowerChain(node.Expression, context);
  return several(node.Operator, before.rel, before.context);
}

/** Lowers a chain of pipes from its source on; names that `as` gives are known to the operators after it. */
function lowerChain(node: SyntaxNode, context: Context): { rel: Rel; context: Context } {
  if (kindOf(node) !== 'PipeExpression') return named(node, lowerPipe(node, context), context);
  const ofGraph = GRAPH_OPERATORS[kindOf(node.Operator)];
  if (ofGraph) {
    const before = graphChain(node.Expression, context);
    return { rel: ofGraph(node.Operator, before.graph, before.context), context: before.context };
  }
  const before = lowerChain(node.Expression, context);
  if (kindOf(node.Operator) === 'MakeGraphOperator') return { ...before, rel: partitioned(node.Operator, before) };
  return named(node.Operator, lowerOperator(node.Operator, before.rel, before.context), before.context);
}

/** An operator's table, and the context after it: with its name if it is `as`. */
function named(operator: SyntaxNode, rel: Rel, context: Context): { rel: Rel; context: Context } {
  if (kindOf(operator) !== 'AsOperator') return { rel, context };
  const scope = bind(context.scope, nameOf(operator.Name), { kind: 'table', rel, named: true });
  return { rel, context: { ...context, scope } };
}

/** Lowers what stands for a graph: `make-graph` and what follows it, a name or a function. */
export const lowerGraph = (node: SyntaxNode, context: Context): Graph => graphChain(node, context).graph;

function graphChain(node: SyntaxNode, context: Context): { graph: Graph; context: Context } {
  const kind = kindOf(node);
  if (kind === 'ParenthesizedExpression') return graphChain(node.Expression, context);
  if (kind === 'PipeExpression') {
    if (kindOf(node.Operator) === 'GraphMarkComponentsOperator') {
      const before = graphChain(node.Expression, context);
      return { ...before, graph: markComponents(node.Operator, before.graph) };
    }
    if (kindOf(node.Operator) !== 'MakeGraphOperator') return noGraph(node);
    const before = lowerChain(node.Expression, context);
    return { graph: makeGraph(node.Operator, before.rel, before.context), context: before.context };
  }
  const name = kind === 'FunctionCallExpression' ? calledName(node) : nameOf(node);
  const declared = lookup(context.scope, name);
  if (declared?.kind === 'graph') return { graph: declared.graph, context };
  if (kind === 'FunctionCallExpression' && name === 'graph' && !declared) return noModel(node);
  const result = lowerUserFunction(node, name, context);
  return result.kind === 'graph' ? { graph: result.graph, context } : noGraph(node);
}

const noGraph = (node: SyntaxNode): never => badArgument(textOf(node).slice(0, 40), 'a graph is needed here', node);
const noModel = (node: SyntaxNode): never =>
  unsupported('graph(), a graph model of a database,', node, 'build the graph with make-graph');

/** `make-graph … partitioned-by column (graph operator)`: a table, since the operator makes one of each partition's graph. */
function partitioned(node: SyntaxNode, { rel, context }: { rel: Rel; context: Context }): Rel {
  const body: SyntaxNode | undefined = node.PartitionedByClause?.Subquery;
  if (!body) return badArgument('make-graph', 'a graph is no table: put a graph operator behind it', node);
  return lowerPipe(body, { ...context, inputGraph: makeGraph(node, rel, context) });
}

/** Lowers one operator applied to `input`. */
export function lowerOperator(node: SyntaxNode, input: Rel, context: Context): Rel {
  const operator = OPERATORS[kindOf(node)];
  if (SEVERAL[kindOf(node)]) return unsupported(`${operatorWord(node)} that other operators read`, node, 'put it last');
  if (!operator) return unsupported(operatorWord(node), node, REFUSED_OPERATORS[kindOf(node)]);
  return operator(node, input, { ...context, row: { columns: input.columns } });
}

const operatorWord = (node: SyntaxNode): string => `the operator ${textOf(node).split(/[\s(]/)[0]}`;

function lowerTableName(node: SyntaxNode, context: Context): Rel {
  const name = nameOf(node);
  const binding = lookup(context.scope, name);
  if (binding?.kind === 'table') return binding.rel;
  if (binding?.kind === 'function' || symbolKind(symbolOf(node)) === 'function') return tableOf(node, name, context);
  const columns = context.session.schema.table(name);
  if (columns) return { kind: 'scan', table: name, columns };
  const bound = boundColumns(node);
  return badArgument(name, bound ? 'this table is not stored here' : 'no table of that name is known', node);
}

/** `database("workspace").T`: the open workspace is the only database, and the binder knows no other. */
function lowerQualified(node: SyntaxNode, context: Context): Rel {
  const owner: SyntaxNode = node.Expression;
  const name = kindOf(owner) === 'FunctionCallExpression' ? calledName(owner) : undefined;
  if (name === 'database') return lowerPipe(node.Selector, context);
  return unsupported(textOf(owner), node, 'queries read the open workspace only');
}

function tableOf(node: SyntaxNode, name: string, context: Context): Rel {
  const result = lowerUserFunction(node, name, context);
  return result.kind === 'table'
    ? result.rel
    : badArgument(name, 'it returns a scalar, but a table is needed here', node);
}

function lowerTableCall(node: SyntaxNode, context: Context): Rel {
  const name = calledName(node);
  const source = SOURCES[`${name}()`];
  if (source) return source(node, context);
  if (
    lookup(context.scope, name)?.kind === 'function' ||
    context.session.schema.functions.some((of) => of.name === name)
  ) {
    return tableOf(node, name, context);
  }
  return unsupported(`the tabular function ${name}()`, node);
}
