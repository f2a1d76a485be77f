import {
  boundColumns,
  calledName,
  kindOf,
  nameOf,
  type SyntaxNode,
  symbolKind,
  symbolOf,
  textOf,
} from '../parse/syntax.js';
import type { Rel } from '../plan/nodes.js';
import { badArgument, bind, type Context, lookup, unsupported } from './context.js';
import { OPERATORS } from './operators/index.js';
import { SOURCES } from './sources.js';
import { lowerUserFunction } from './user-function.js';

/** Lowers a tabular expression: a source, or operators piped one after the other. */
export function lowerPipe(node: SyntaxNode, context: Context): Rel {
  const kind = kindOf(node);
  if (kind === 'PipeExpression') return lowerChain(node, context).rel;
  if (kind === 'ParenthesizedExpression') return lowerPipe(node.Expression, context);
  if (kind === 'NameReference') return lowerTableName(node, context);
  if (kind === 'FunctionCallExpression') return lowerTableCall(node, context);
  const source = SOURCES[kind];
  if (source) return source(node, context);
  // An operator that starts a body (`mv-apply … on (where …)`) reads the table it was given.
  if (OPERATORS[kind] && context.input) return lowerOperator(node, context.input, context);
  return unsupported(`${kind} (${textOf(node).slice(0, 40)})`, node);
}

/** Lowers a chain of pipes from its source on; names that `as` gives are known to the operators after it. */
function lowerChain(node: SyntaxNode, context: Context): { rel: Rel; context: Context } {
  if (kindOf(node) !== 'PipeExpression') return { rel: lowerPipe(node, context), context };
  const before = lowerChain(node.Expression, context);
  const rel = lowerOperator(node.Operator, before.rel, before.context);
  if (kindOf(node.Operator) !== 'AsOperator') return { rel, context: before.context };
  const scope = bind(before.context.scope, nameOf(node.Operator.Name), { kind: 'table', rel });
  return { rel, context: { ...before.context, scope } };
}

/** Lowers one operator applied to `input`. */
export function lowerOperator(node: SyntaxNode, input: Rel, context: Context): Rel {
  const operator = OPERATORS[kindOf(node)];
  if (!operator) return unsupported(operatorWord(node), node);
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
