import { isGraph, isGroup, kindOf, listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { bind, type Context, unsupported } from './context.js';
import { lowerLiteral } from './literals.js';
import { lowerExpr, lowerGraph, lowerPipe } from './recurse.js';

/** The context after these statements: each `let` adds a name. Expression statements are left to the caller. */
export function lowerStatements(statements: readonly SyntaxNode[], context: Context): Context {
  return statements.reduce(
    (current, statement) => DECLARE[kindOf(statement)]?.(statement, current) ?? refuse(statement),
    context,
  );
}

const DECLARE: Readonly<Record<string, (statement: SyntaxNode, context: Context) => Context>> = {
  LetStatement: lowerLet,
  ExpressionStatement: (_statement, context) => context,
  SetOptionStatement: lowerOption,
  QueryParametersStatement: lowerParameters,
};

const refuse = (statement: SyntaxNode): never =>
  unsupported(`${textOf(statement).split(/\s+/).slice(0, 2).join(' ')} (${kindOf(statement)})`, statement);

/** `set name = value`: functions that an option steers find its value under `set name`, which no query can declare. */
function lowerOption(statement: SyntaxNode, context: Context): Context {
  const value: SyntaxNode | undefined = statement.ValueClause?.Expression;
  const expr = value && lowerLiteral(value);
  if (!expr) return context;
  return { ...context, scope: bind(context.scope, `set ${nameOf(statement.Name)}`, { kind: 'scalar', expr }) };
}

function lowerLet(statement: SyntaxNode, context: Context): Context {
  const name = nameOf(statement.Name);
  const value: SyntaxNode = statement.Expression;
  if (kindOf(value) === 'FunctionDeclaration') {
    return {
      ...context,
      scope: bind(context.scope, name, { kind: 'function', declaration: value, scope: context.scope }),
    };
  }
  const outside: Context = { session: context.session, scope: context.scope };
  if (isGraph(value))
    return { ...context, scope: bind(context.scope, name, { kind: 'graph', graph: lowerGraph(value, outside) }) };
  if (isGroup(value)) return unsupported(`several tables under the name ${name}`, value);
  if (value.ResultType?.Columns)
    return { ...context, scope: bind(context.scope, name, { kind: 'table', rel: lowerPipe(value, outside) }) };
  return { ...context, scope: bind(context.scope, name, { kind: 'scalar', expr: lowerExpr(value, outside) }) };
}

/** `declare query_parameters(x:long = 5)`: names given by the caller are in scope already and win over the defaults. */
function lowerParameters(statement: SyntaxNode, context: Context): Context {
  return listOf(statement.Parameters).reduce((current, parameter) => {
    const name = nameOf(parameter.NameAndType.Name);
    if (current.scope.bindings.has(name) || !parameter.DefaultValue?.Value) return current;
    const expr = lowerExpr(parameter.DefaultValue.Value, current);
    return { ...current, scope: bind(current.scope, name, { kind: 'scalar', expr }) };
  }, context);
}
