import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { call, column, extend, long, missing, ordinal, sort } from '../../plan/build.js';
import { mapExprChildren } from '../../plan/children.js';
import {
  type Expr,
  type NamedExpr,
  ORDER_OF_SCAN,
  type Rel,
  type Sequence,
  type SequenceStep,
  STEP_COLUMN,
  type WindowCall,
} from '../../plan/nodes.js';
import { isHidden, withOrder } from '../../plan/order.js';
import { rewriteExpr, someExpr } from '../../plan/walk.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context, unsupported } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { schemaColumn } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';
import { sortKey } from './sort.js';

const ROW: Column = { name: '$row', type: 'long' };
const BEGINS = '$begins';

/** `scan [with_match_id = m] [order by …] [partition by …] [declare (…)] with (step s: condition => x = …; …)`: matches sequences of rows, step by step. */
export const lowerScan: LowerOperator = (node, piped, context) => {
  const outside: Context = { ...context, row: undefined };
  const declared = listOf(node.DeclareClause?.Declarations).map((of): NamedExpr => {
    const { name, type } = schemaColumn(kindOf(of) === 'FunctionParameter' ? of.NameAndType : of);
    const given: SyntaxNode | undefined = of.DefaultValue?.Value;
    return { name, expr: given ? coerce(lowerExpr(given, outside), type) : missing(type) };
  });
  const { rel: input, begins, order } = rowsOf(node, piped, context);
  const visible = input.columns.filter((of) => !isHidden(of.name));
  const row: Column[] = [...visible, ...declared.map(({ name, expr }) => ({ name, type: expr.type }))];
  const inner: Context = {
    ...context,
    row: { columns: row, steps: listOf(node.Steps).map((of) => nameOf(of.Name)) },
    order,
  };
  const initial = new Map(declared.map(({ name, expr }) => [name, expr]));
  const read = (of: SyntaxNode): Expr =>
    // a declared column without its step's name is the current row's, which nothing has assigned yet
    rewriteExpr(lowerExpr(of, inner), (expr) => (expr.kind === 'column' ? (initial.get(expr.name) ?? expr) : expr));
  const assigned = new Map<string, NamedExpr>(declared.map((of) => [of.name, of]));
  const steps = listOf(node.Steps).map((of): SequenceStep => {
    if (of.OptionalKeyword) return unsupported('an optional step of scan', of);
    const assignments = listOf(of.ComputationClause?.Assignments).map((item): NamedExpr => {
      const name = nameOf(item.Name);
      const target = row.find((each) => each.name === name);
      if (!target) return badArgument(name, 'scan assigns to columns that it declares or that the table has', item);
      if (!assigned.has(name)) assigned.set(name, { name, expr: column(target) });
      return { name, expr: coerce(read(item.Expression), target.type) };
    });
    return { condition: coerce(read(of.Condition), 'bool'), assignments, output: outputOf(of) };
  });
  const matchId = parametersOf(node).get('with_match_id');
  if (matchId && node.PartitionByClause) return unsupported('with_match_id beside partition by', node);
  const added: Column[] = matchId ? [{ name: nameOf(matchId), type: 'long' }] : [];
  const given: Column[] = [...row, ...added];
  const made = withoutState(input, steps);
  const sequence: Sequence = {
    kind: 'sequence',
    input: made.input,
    order: ROW.name,
    ...(begins ? { begins: BEGINS } : {}),
    declared: [...assigned.values()],
    ...(matchId ? { matchId: nameOf(matchId) } : {}),
    steps: made.steps,
    columns: [...given, { name: ORDER_OF_SCAN, type: 'long' }],
  };
  const key = { expr: column({ name: ORDER_OF_SCAN, type: 'long' }), descending: false, nullsFirst: true };
  return sort(sequence, [key]);
};

/** The rows numbered from 1 in the order they are scanned in, and marked where a partition begins. */
function rowsOf(
  node: SyntaxNode,
  piped: Rel,
  context: Context,
): { readonly rel: Rel; readonly begins: boolean; readonly order: Expr } {
  const own: Context = { ...context, row: { columns: piped.columns } };
  const given = node.OrderByClause
    ? sort(
        piped,
        listOf(node.OrderByClause.Expressions).map((of) => sortKey(of, own)),
      )
    : piped;
  const keys = listOf(node.PartitionByClause?.Expressions).map((of) => lowerExpr(of, own));
  const { rel, order } = withOrder(given);
  const ascending = (expr: Expr) => ({ expr, descending: false, nullsFirst: true });
  const numbered = ordinal(rel, ROW.name, [...keys, order].map(ascending));
  const row = column(ROW);
  if (keys.length === 0) return { rel: numbered, begins: false, order: row };
  const place: WindowCall = {
    kind: 'window',
    type: 'long',
    name: 'row_number',
    args: [],
    partition: keys,
    order: [ascending(row)],
  };
  return {
    rel: extend(numbered, [{ name: BEGINS, expr: call('==', 'bool', place, long(1)) }]),
    begins: true,
    order: row,
  };
}

/** The steps with all that reads no state made a column of the input: the scan itself is left with what changes from row to row. */
function withoutState(
  input: Rel,
  steps: readonly SequenceStep[],
): { readonly input: Rel; readonly steps: readonly SequenceStep[] } {
  const made: NamedExpr[] = [];
  const readsState = (expr: Expr): boolean => someExpr(expr, (of) => of.kind === 'column' && STEP_COLUMN.test(of.name));
  const reduced = (expr: Expr): Expr => {
    if (expr.kind === 'literal' || expr.kind === 'column') return expr;
    if (readsState(expr)) return mapExprChildren(expr, { rel: (of) => of, expr: reduced });
    const name = `$plain ${made.length}`;
    made.push({ name, expr });
    return column({ name, type: expr.type });
  };
  const left = steps.map(
    (step): SequenceStep => ({
      ...step,
      condition: reduced(step.condition),
      assignments: step.assignments.map(({ name, expr }) => ({ name, expr: reduced(expr) })),
    }),
  );
  return { input: made.length > 0 ? extend(input, made) : input, steps: left };
}

function outputOf(step: SyntaxNode): SequenceStep['output'] {
  const given: SyntaxNode | undefined = step.ScanStepOutput;
  const word = given
    ? textOf(given)
        .replace(/^output\s*=\s*/i, '')
        .toLowerCase()
    : 'all';
  return word === 'all' || word === 'last' || word === 'none'
    ? word
    : badArgument('scan', `output is all, last or none, not ${word}`, step);
}
