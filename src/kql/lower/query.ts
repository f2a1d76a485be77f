import {
  descendants,
  isGraph,
  isGroup,
  kindOf,
  listOf,
  nameOf,
  parametersOf,
  type SyntaxNode,
  textOf,
} from '../parse/syntax.js';
import { keep, limit, long, project, values } from '../plan/build.js';
import type { PlanResult, Rel, Visualization } from '../plan/nodes.js';
import { isHidden } from '../plan/order.js';
import { badArgument, bind, type Context, EMPTY_SCOPE, type NamedTable, type Session } from './context.js';
import { lowerExpr } from './expr.js';
import { lowerSeveralTables } from './operators/evaluate.js';
import { lastName } from './operators/fork.js';
import { schemaOf } from './operators/getschema.js';
import { OPERATORS } from './operators/index.js';
import { lowerStatements } from './statements.js';
import { lowerGraph, lowerPipe, lowerTables } from './tabular.js';

/** Lowers a bound query block: the results of each expression statement. */
export function lowerQuery(root: SyntaxNode, facts: Omit<Session, 'lowering'>): PlanResult[] {
  const session: Session = {
    ...facts,
    lowering: { expr: lowerExpr, pipe: lowerPipe, graph: lowerGraph, tables: lowerTables },
  };
  const statements = listOf(root.Statements);
  const last = statements.findLastIndex((of) => kindOf(of) === 'ExpressionStatement');
  const results: PlanResult[] = [];
  let context: Context = { session, scope: EMPTY_SCOPE };
  for (const [i, statement] of statements.entries()) {
    if (kindOf(statement) !== 'ExpressionStatement') {
      context = lowerStatements([statement], context);
      continue;
    }
    const node: SyntaxNode = statement.Expression;
    const tables = lowerResults(node, context);
    // tables of a graph that later statements read by their names are given by those
    const declares = i < last && isGroup(node) && kindOf(node.Operator ?? node) === 'GraphToTableOperator';
    for (const { name, rel } of declares ? [] : tables) {
      const visualization = visualizationOf(node);
      results.push({
        name: name ?? (results.length === 0 ? 'PrimaryResult' : `PrimaryResult_${results.length}`),
        rel: answer(rel, context),
        ...(visualization ? { visualization } : {}),
      });
    }
    if (i < last) context = declareNamed(node, context);
  }
  return results;
}

function lowerResults(node: SyntaxNode, context: Context): readonly NamedTable[] {
  const several =
    kindOf(node) === 'PipeExpression'
      ? lowerSeveralTables(node.Operator, () => lowerPipe(node.Expression, context), context)
      : undefined;
  if (several) return several.map((rel) => ({ rel }));
  if (isGroup(node)) return lowerTables(node, context);
  if (isGraph(node)) return badArgument('make-graph', 'a graph is no table: put a graph operator behind it', node);
  const name = lastName(node);
  const isScalar = !node.ResultType?.Columns && node.ResultType?.Name !== 'unknown';
  if (isScalar && kindOf(node) !== 'PipeExpression') {
    const expr = lowerExpr(node, context);
    return [{ rel: values([{ name: 'Value', type: expr.type }], [[expr]]) }];
  }
  const rel = lowerPipe(node, context);
  return [name === undefined ? { rel } : { name, rel }];
}

/** A result as the query's settings want it. */
function answer(rel: Rel, context: Context): Rel {
  const { schemaOnly, takeAtMost } = context.session.settings;
  const columns = shown(rel);
  const rows = takeAtMost === undefined ? columns : limit(columns, long(takeAtMost));
  return schemaOnly ? schemaOf(rows) : rows;
}

function shown(rel: Rel): Rel {
  const columns = rel.columns.filter((of) => !isHidden(of.name));
  return columns.length === rel.columns.length ? rel : project(rel, columns.map(keep));
}

/** Names that `as` gives within a statement are tables for the statements after it, as are those of a graph's tables. */
function declareNamed(node: SyntaxNode, context: Context): Context {
  let { scope } = context;
  for (const operator of descendants(node, 'AsOperator')) {
    const pipe = operator.Parent;
    if (!pipe || kindOf(pipe) !== 'PipeExpression' || OPERATORS[kindOf(sourceOf(pipe))]) continue;
    const rel = lowerPipe(pipe.Expression, { ...context, scope });
    scope = bind(scope, nameOf(operator.Name), { kind: 'table', rel, named: true });
  }
  for (const operator of descendants(node, 'GraphToTableOperator')) {
    if (!operator.Parent || descendants(operator, 'GraphToTableAsClause').length === 0) continue;
    for (const { name, rel } of lowerTables(operator.Parent, { ...context, scope })) {
      if (name !== undefined) scope = bind(scope, name, { kind: 'table', rel });
    }
  }
  return { ...context, scope };
}

/** What a chain of pipes begins with. */
const sourceOf = (node: SyntaxNode): SyntaxNode =>
  kindOf(node) === 'PipeExpression' ? sourceOf(node.Expression) : node;

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
