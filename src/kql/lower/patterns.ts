import { argumentsOf, calledName, kindOf, listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import type { Rel } from '../plan/nodes.js';
import { badArgument, bind, type Context, lookup } from './context.js';
import { lowerExpr, lowerPipe } from './recurse.js';
import { lowerStatements } from './statements.js';

/** A use of a declared pattern, `name("a").path`: its declaration, and the texts it is used with, the path's last. */
interface Use {
  readonly name: string;
  readonly declaration: SyntaxNode;
  readonly values: readonly string[];
}

/** The use of a declared pattern that an expression is; undefined for anything else. */
export function patternUse(node: SyntaxNode, context: Context): Use | undefined {
  const path = kindOf(node) === 'PathExpression';
  const call: SyntaxNode = path ? node.Expression : node;
  if (kindOf(call) !== 'FunctionCallExpression') return undefined;
  const name = calledName(call);
  const binding = lookup(context.scope, name);
  if (binding?.kind !== 'pattern') return undefined;
  const values = argumentsOf(call.ArgumentList).map((arg) => {
    const value = lowerExpr(arg, { session: context.session, scope: context.scope });
    return value.kind === 'literal' ? String(value.value) : badArgument(name, 'a pattern is used with constants', arg);
  });
  return { name, declaration: binding.declaration, values: path ? [...values, selected(node.Selector)] : values };
}

/** What a use of a pattern stands for: the body declared for its values. */
export function lowerPattern(use: Use, node: SyntaxNode, context: Context): Rel {
  const { Parameters: parameters, PathParameter: path, Patterns: patterns } = use.declaration;
  const match = listOf(patterns).find((of) => {
    const declared = [...argumentsOf(of.ParameterValues), ...(of.PathValue ? [of.PathValue.Value] : [])].map(selected);
    return declared.length === use.values.length && declared.every((value, i) => value === use.values[i]);
  });
  if (!match) return badArgument(textOf(node), 'the pattern does not define it', node);
  const names = [...listOf(parameters), ...(path ? [path.Parameter] : [])].map((of) => nameOf(of.Name ?? of));
  const scope = names.reduce(
    (outer, name, i) =>
      bind(outer, name, { kind: 'scalar', expr: { kind: 'literal', type: 'string', value: use.values[i] ?? '' } }),
    context.scope,
  );
  const inner = lowerStatements(listOf(match.Body.Statements), { session: context.session, scope });
  return lowerPipe(match.Body.Expression, inner);
}

/** `.name`, `.["name"]` and the texts of a declaration. */
function selected(node: SyntaxNode): string {
  if (kindOf(node) === 'BracketedExpression') return selected(node.Expression);
  return node.LiteralValue === undefined || node.LiteralValue === null ? nameOf(node) : String(node.LiteralValue);
}
