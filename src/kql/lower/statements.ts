import { isGraph, isGroup, kindOf, listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import type { Expr } from '../plan/nodes.js';
import type { KqlType } from '../types.js';
import { coerce } from './coerce.js';
import { badArgument, bind, type Context, unsupported } from './context.js';
import { literalOf, lowerLiteral } from './literals.js';
import { lowerExpr, lowerGraph, lowerPipe } from './recurse.js';
import { schemaColumn } from './schema-clause.js';

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
  PatternStatement: lowerPatternDeclaration,
};

const REFUSED: Readonly<Record<string, readonly [what: string, instead: string]>> = {
  AliasStatement: ['alias database', 'there is one workspace: name its tables directly'],
  RestrictStatement: ['restrict access', 'a workspace belongs to whoever can open its folder'],
};

function refuse(statement: SyntaxNode): never {
  const [what, instead] = REFUSED[kindOf(statement)] ?? [
    textOf(statement).split(/\s+/).slice(0, 2).join(' '),
    undefined,
  ];
  return unsupported(what, statement, instead);
}

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

/** `declare query_parameters(x:long = 5)`: a value given by the caller wins over the default. */
function lowerParameters(statement: SyntaxNode, context: Context): Context {
  let { scope } = context;
  for (const parameter of listOf(statement.Parameters)) {
    const { name, type } = schemaColumn(parameter.NameAndType);
    scope = bind(scope, name, { kind: 'scalar', expr: parameterValue(name, type, parameter, { ...context, scope }) });
  }
  return { ...context, scope };
}

function parameterValue(name: string, type: KqlType, parameter: SyntaxNode, context: Context): Expr {
  const given = context.session.parameters[name];
  if (given) {
    // what comes as text is read as a literal of the parameter's type
    const value = given.type === 'string' && type !== 'string' ? literalOf(type, String(given.value)) : given;
    return value ? coerce(value, type) : badArgument(name, `the value given for it is no ${type}`, parameter);
  }
  const fallback: SyntaxNode | undefined = parameter.DefaultValue?.Value;
  return fallback
    ? coerce(lowerExpr(fallback, context), type)
    : badArgument(name, 'no value was given for this parameter, and it has no default', parameter);
}

/** `declare pattern name = (a:string)[b:string] { ("x").["y"] = { … }; … }`; without a definition no use of it has a meaning. */
function lowerPatternDeclaration(statement: SyntaxNode, context: Context): Context {
  const declaration: SyntaxNode | null = statement.Pattern;
  if (!declaration) return unsupported('declare pattern without a definition', statement);
  return { ...context, scope: bind(context.scope, nameOf(statement.Name), { kind: 'pattern', declaration }) };
}
