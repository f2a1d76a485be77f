import { argumentsOf, kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { aggregate, call, column, extend, filter, keep, literal, long, project } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { boundNames, lowerNamed } from '../named.js';
import { lowerExpr } from '../recurse.js';
import type { LowerOperator } from './operator.js';
import { lowerAggregates } from './summarize.js';

const INDEX = '$index';
const AXIS = '$axis';
const FROM = '$from';
const COUNT = '$count';

/** `make-series aggregates on axis from a to b step s by groups`: arrays over equal steps, gaps filled with the defaults. */
export const lowerMakeSeries: LowerOperator = (node, input, context) => {
  const groupNodes = listOf(node.ByClause?.Expressions);
  const names = boundNames(node);
  const groups = lowerNamed(groupNodes, context, names.slice(0, groupNodes.length));
  const axisNode: SyntaxNode = node.OnClause.Expression;
  const axis = lowerExpr(kindOf(axisNode) === 'SimpleNamedExpression' ? axisNode.Expression : axisNode, context);
  const range = rangeOf(node.RangeClause, axis, input, context);
  const numbered = extend(input, [{ name: AXIS, expr: axis }]);
  const at = column({ name: AXIS, type: axis.type });
  const inside = filter(
    numbered,
    call('and', 'bool', call('>=', 'bool', at, range.from), call(range.inclusive ? '<=' : '<', 'bool', at, range.to)),
  );
  const indexed = extend(inside, [{ name: INDEX, expr: call('series_index', 'long', at, range.from, range.step) }]);

  const series = listOf(node.Aggregates).map((of) => of.Expression as SyntaxNode);
  const aggregated = lowerAggregates(series, groups, names.slice(groups.length), {
    ...context,
    aggregates: true,
    row: { columns: input.columns },
  });
  const perStep = aggregate(
    indexed,
    [...groups, { name: INDEX, expr: column({ name: INDEX, type: 'long' }) }],
    aggregated,
  );
  const maps = aggregated.map(
    ({ name, expr }, i): NamedExpr => ({
      name: `$map${i}`,
      expr: {
        kind: 'aggregate',
        type: 'dynamic',
        name: 'step_map',
        args: [column({ name: INDEX, type: 'long' }), coerce(column({ name, type: expr.type }), 'dynamic')],
      },
    }),
  );
  const counted: NamedExpr = { name: '$steps', expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] } };
  const grouped = aggregate(
    perStep,
    groups.map(({ name, expr }) => keep({ name, type: expr.type })),
    [...maps, counted],
  );
  const nonempty =
    parametersOf(node).has('kind') && textOf(parametersOf(node).get('kind')!).toLowerCase() === 'nonempty';
  const filled =
    groups.length > 0 || nonempty
      ? grouped
      : filter(grouped, call('>', 'bool', column({ name: '$steps', type: 'long' }), long(0)));

  const bounds = extend(filled, [
    { name: FROM, expr: range.from },
    {
      name: COUNT,
      expr: call('series_count', 'long', range.from, range.to, range.step, literal('bool', range.inclusive)),
    },
  ]);
  const [from, count] = [column({ name: FROM, type: axis.type }), column({ name: COUNT, type: 'long' })];
  const arrays = aggregated.map(({ name, expr }, i): NamedExpr => {
    const fallback = coerce(defaultOf(listOf(node.Aggregates)[i]!, expr.type, context), 'dynamic');
    return {
      name,
      expr: call('series_fill', 'dynamic', column({ name: `$map${i}`, type: 'dynamic' }), count, fallback),
    };
  });
  const axisName = kindOf(axisNode) === 'SimpleNamedExpression' ? nameOf(axisNode.Name) : (names.at(-1) ?? 'axis');
  const steps: NamedExpr = { name: axisName, expr: call('series_axis', 'dynamic', from, range.step, count) };
  return project(bounds, [...groups.map(({ name, expr }) => keep({ name, type: expr.type })), ...arrays, steps]);
};

interface Steps {
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
  /** Whether `to` itself is a step. */
  readonly inclusive: boolean;
}

function rangeOf(clause: SyntaxNode, axis: Expr, input: Rel, context: Context): Steps {
  const outside: Context = { ...context, row: undefined };
  const typed = (node: SyntaxNode): Expr => coerce(lowerExpr(node, outside), axis.type);
  const stepType = (expr: Expr): Expr =>
    axis.type === 'datetime' ? coerce(expr, 'timespan') : coerce(expr, axis.type);
  if (kindOf(clause) === 'MakeSeriesInRangeClause') {
    const [from, to, step] = argumentsOf(clause.Arguments);
    if (!from || !to || !step) return badArgument('make-series', 'in range takes a start, an end and a step', clause);
    return { from: typed(from), to: typed(to), step: stepType(lowerExpr(step, outside)), inclusive: true };
  }
  const step = stepType(lowerExpr(clause.MakeSeriesStepClause.Expression, outside));
  const from = clause.MakeSeriesFromClause
    ? typed(clause.MakeSeriesFromClause.Expression)
    : extreme('min', axis, input);
  const to = clause.MakeSeriesToClause ? typed(clause.MakeSeriesToClause.Expression) : extreme('max', axis, input);
  return { from, to, step, inclusive: !clause.MakeSeriesToClause };
}

/** The axis' first or last value, where the query names none. */
function extreme(which: 'min' | 'max', axis: Expr, input: Rel): Expr {
  const rel = aggregate(
    input,
    [],
    [{ name: 'edge', expr: { kind: 'aggregate', type: axis.type, name: which, args: [axis] } }],
  );
  return { kind: 'scalarSubquery', type: axis.type, rel };
}

function defaultOf(node: SyntaxNode, type: KqlType, context: Context): Expr {
  const given: SyntaxNode | undefined = node.DefaultExpression?.Expression;
  if (given) return coerce(lowerExpr(given, { ...context, row: undefined }), type);
  if (type === 'real') return literal('real', 0);
  return type === 'long' || type === 'int'
    ? literal('long', 0n)
    : literal(type, type === 'string' ? '' : type === 'timespan' ? 0n : null);
}
