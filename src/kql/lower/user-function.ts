import {
  argumentsOf,
  isGraph,
  isGroup,
  kindOf,
  listOf,
  nameOf,
  noteExpansion,
  rootOf,
  type SyntaxNode,
} from '../parse/syntax.js';
import type { Expr, Rel } from '../plan/nodes.js';
import { isKqlType } from '../types.js';
import { coerce } from './coerce.js';
import {
  type Binding,
  badArgument,
  bind,
  type Context,
  EMPTY_SCOPE,
  lookup,
  type NamedTable,
  type Scope,
  unsupported,
} from './context.js';
import type { Graph } from './graph/graph.js';
import { lowerExpr, lowerGraph, lowerPipe, lowerTables } from './recurse.js';
import { lowerStatements } from './statements.js';
import { warnOnce } from './warn.js';

export type FunctionResult =
  | { readonly kind: 'scalar'; readonly expr: Expr }
  | { readonly kind: 'table'; readonly rel: Rel }
  | { readonly kind: 'graph'; readonly graph: Graph }
  | { readonly kind: 'tables'; readonly tables: readonly NamedTable[] };

/**
 * Inlines a call of a declared function (`let f = (…) {…}`) or a stored one: the official binder gives the body bound
 * for this call's argument types, the parameters become names in a new scope.
 * `piped` is the table that `invoke` passes as the first argument.
 */
export function lowerUserFunction(node: SyntaxNode, name: string, context: Context, piped?: Rel): FunctionResult {
  const body: SyntaxNode | null = node.GetCalledFunctionBody?.() ?? node.GetExpansion?.() ?? null;
  const declared = lookup(context.scope, name);
  const declaration = declared?.kind === 'function' ? declared.declaration : undefined;
  if (!body) return unsupported(`the function ${name}()`, node);
  const stored = context.session.schema.functions.find((of) => of.name === name);
  if (rootOf(body) !== rootOf(node))
    noteExpansion(body, declaration?.Body, node, declared ? undefined : stored?.source);
  if (!declared) warnOnce(stored?.warning, node, context.session);
  const home = declared?.kind === 'function' ? declared.scope : EMPTY_SCOPE;
  const parameters = declaration ? declaredParameters(declaration) : signatureParameters(node);
  const scope = bindArguments(name, parameters, node, home, context, piped);
  const session = context.session;
  const inner = lowerStatements(listOf(body.Statements), { session, scope });
  const result: SyntaxNode | null = body.Expression;
  if (!result) return badArgument(name, 'its body has no expression to return', node);
  if (isGraph(result)) return { kind: 'graph', graph: lowerGraph(result, inner) };
  if (isGroup(result)) return { kind: 'tables', tables: lowerTables(result, inner) };
  return result.ResultType?.Columns
    ? { kind: 'table', rel: lowerPipe(result, inner) }
    : { kind: 'scalar', expr: lowerExpr(result, { ...inner, row: context.row }) };
}

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly tabular: boolean;
  readonly defaultValue?: SyntaxNode;
}

function declaredParameters(declaration: SyntaxNode): Parameter[] {
  return listOf(declaration.Parameters?.Parameters).map((parameter) => {
    const type: SyntaxNode = parameter.NameAndType.Type;
    const tabular = kindOf(type) === 'SchemaTypeExpression';
    return {
      name: nameOf(parameter.NameAndType.Name),
      type: tabular ? 'table' : String(type.Type?.Text ?? ''),
      tabular,
      ...(parameter.DefaultValue?.Value ? { defaultValue: parameter.DefaultValue.Value } : {}),
    };
  });
}

function signatureParameters(node: SyntaxNode): Parameter[] {
  const list = node.ReferencedSignature?.Parameters ?? node.Name?.ReferencedSignature?.Parameters;
  const parameters: Parameter[] = [];
  for (let i = 0; i < (list?.Count ?? 0); i++) {
    const parameter = list.getItem(i);
    const declared = parameter.DeclaredTypes?.Count > 0 ? parameter.DeclaredTypes.getItem(0) : undefined;
    parameters.push({
      name: parameter.Name,
      type: declared?.Name ?? '',
      tabular: Boolean(declared?.Columns),
      ...(parameter.DefaultValue ? { defaultValue: parameter.DefaultValue } : {}),
    });
  }
  return parameters;
}

function bindArguments(
  name: string,
  parameters: readonly Parameter[],
  node: SyntaxNode,
  home: Scope,
  context: Context,
  piped: Rel | undefined,
): Scope {
  const args = argumentsOf(node.ArgumentList);
  const named = new Map(
    args
      .filter((arg) => kindOf(arg) === 'SimpleNamedExpression')
      .map((arg) => [nameOf(arg.Name), arg.Expression as SyntaxNode]),
  );
  const positional = args.filter((arg) => kindOf(arg) !== 'SimpleNamedExpression');
  let scope = home;
  let next = 0;
  for (const [i, parameter] of parameters.entries()) {
    if (piped && i === 0) {
      scope = bind(scope, parameter.name, { kind: 'table', rel: piped });
      continue;
    }
    const given = named.get(parameter.name) ?? (next < positional.length ? positional[next++] : undefined);
    scope = bind(scope, parameter.name, argument(name, parameter, given, node, context));
  }
  return scope;
}

function argument(
  name: string,
  parameter: Parameter,
  given: SyntaxNode | undefined,
  node: SyntaxNode,
  context: Context,
): Binding {
  const value = given ?? parameter.defaultValue;
  if (!value) return badArgument(name, `the argument ${parameter.name} is missing`, node);
  if (parameter.tabular) {
    return { kind: 'table', rel: lowerPipe(value, { session: context.session, scope: context.scope }) };
  }
  const expr = lowerExpr(value, given ? context : { session: context.session, scope: EMPTY_SCOPE });
  return { kind: 'scalar', expr: isKqlType(parameter.type) ? coerce(expr, parameter.type) : expr };
}
