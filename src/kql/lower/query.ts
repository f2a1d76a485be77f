import { descendants, kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { keep, project, values } from '../plan/build.js';
import type { PlanResult, Rel, Visualization } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import { bind, type Context, EMPTY_SCOPE, type Scope, type Session } from './context.js';
import { lowerExpr } from './expr.js';
import { lowerSeveralTables } from './operators/evaluate.js';
import { lowerStatements } from './statements.js';
import { lowerPipe } from './tabular.js';

/** Lowers a bound query block: one result for each expression statement. `given` are query parameters by name. */
export function lowerQuery(
  root: SyntaxNode,
  facts: Omit<Session, 'lowering'>,
  given: Scope = EMPTY_SCOPE,
): PlanResult[] {
  const session: Session = { ...facts, lowering: { expr: lowerExpr, pipe: lowerPipe } };
  const results: PlanResult[] = [];
  let context: Context = { session, scope: given };
  for (const statement of listOf(root.Statements)) {
    if (kindOf(statement) !== 'ExpressionStatement') {
      context = lowerStatements([statement], context);
      continue;
    }
    const visualization = visualizationOf(statement.Expression);
    for (const rel of lowerResults(statement.Expression, context)) {
      results.push({
        name: results.length === 0 ? 'PrimaryResult' : `PrimaryResult_${results.length}`,
        rel,
        ...(visualization ? { visualization } : {}),
      });
    }
    context = declareNamed(statement.Expression, context);
  }
  return results;
}

/** The tables of a statement: one, unless its last operator gives several. */
function lowerResults(node: SyntaxNode, context: Context): readonly Rel[] {
  const several =
    kindOf(node) === 'PipeExpression'
      ? lowerSeveralTables(node.Operator, () => lowerPipe(node.Expression, context), context)
      : undefined;
  return (several ?? [lowerResult(node, context)]).map(shownColumns);
}

function shownColumns(rel: Rel): Rel {
  const shown = rel.columns.filter((of) => !isHidden(of.name));
  return shown.length === rel.columns.length ? rel : project(rel, shown.map(keep));
}

function lowerResult(node: SyntaxNode, context: Context): Rel {
  if (!node.ResultType?.Columns && node.ResultType?.Name !== 'unknown') {
    const expr = lowerExpr(node, context);
    return values([{ name: 'Value', type: expr.type }], [[expr]]);
  }
  return lowerPipe(node, context);
}

/** Names that `as` gives within a statement are tables for the statements after it. */
function declareNamed(node: SyntaxNode, context: Context): Context {
  return descendants(node, 'AsOperator').reduce((current, operator) => {
    const pipe = operator.Parent;
    if (!pipe || kindOf(pipe) !== 'PipeExpression') return current;
    const rel = lowerPipe(pipe.Expression, context);
    return { ...current, scope: bind(current.scope, nameOf(operator.Name), { kind: 'table', rel }) };
  }, context);
}

/** The chart a statement's final `render` asks for. */
function visualizationOf(node: SyntaxNode): Visualization | undefined {
  const operator = kindOf(node) === 'PipeExpression' ? node.Operator : undefined;
  if (!operator || kindOf(operator) !== 'RenderOperator') return undefined;
  const listed = [
    ...parametersOf(operator),
    ...listOf(operator.WithClause?.Properties).map((of) => [nameOf(of.Name), of.Expression as SyntaxNode] as const),
  ];
  const properties = Object.fromEntries(
    listed.map(([name, value]) => [name, textOf(value).replace(/^(["'])(.*)\1$/s, '$2')]),
  );
  return { kind: String(operator.ChartType?.Text ?? 'table'), properties };
}
