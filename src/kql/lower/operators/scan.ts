import { kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { column, keep, missing, project, sort } from '../../plan/build.js';
import { type Expr, type NamedExpr, ORDER_OF_SCAN, type Sequence, type SequenceStep } from '../../plan/nodes.js';
import { isHidden, ORDER_COLUMN, withOrder } from '../../plan/order.js';
import { rewriteExpr } from '../../plan/walk.js';
import type { Column, KqlType } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context, unsupported } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { schemaColumn } from '../schema-clause.js';
import type { LowerOperator } from './operator.js';

/** `scan [with_match_id = m] [declare (…)] with (step s: condition => x = …; …)`: matches sequences of rows, step by step. */
export const lowerScan: LowerOperator = (node, piped, context) => {
  if (node.OrderByClause || node.PartitionByClause) return unsupported('scan with order by or partition by', node);
  const { rel: input } = withOrder(piped);
  const outside: Context = { ...context, row: undefined };
  const declared = listOf(node.DeclareClause?.Declarations).map((of): NamedExpr => {
    const { name, type } = schemaColumn(kindOf(of) === 'FunctionParameter' ? of.NameAndType : of);
    const given: SyntaxNode | undefined = of.DefaultValue?.Value;
    return { name, expr: given ? coerce(lowerExpr(given, outside), type) : missing(type) };
  });
  const visible = input.columns.filter((of) => !isHidden(of.name));
  const row: Column[] = [...visible, ...declared.map(({ name, expr }) => ({ name, type: expr.type }))];
  const stepNodes = listOf(node.Steps);
  const names = stepNodes.map((of) => nameOf(of.Name));
  const inner: Context = { ...context, row: { columns: row, steps: names } };
  const initial = new Map(declared.map(({ name, expr }) => [name, expr]));
  const read = (of: SyntaxNode): Expr =>
    // a declared column without its step's name is the current row's, which nothing has assigned yet
    rewriteExpr(lowerExpr(of, inner), (expr) => (expr.kind === 'column' ? (initial.get(expr.name) ?? expr) : expr));
  const replaced = new Map<string, Column>();
  const assigned = (name: string, place: SyntaxNode): KqlType => {
    const known = initial.get(name)?.type;
    if (known) return known;
    const own = visible.find((each) => each.name === name);
    if (!own) return badArgument(name, 'scan assigns columns that it declares or that its input has', place);
    replaced.set(name, own);
    return own.type;
  };
  const steps = stepNodes.map((of): SequenceStep => {
    const assignments = listOf(of.ComputationClause?.Assignments).map((item): NamedExpr => {
      const name = nameOf(item.Name);
      return { name, expr: coerce(read(item.Expression), assigned(name, item)) };
    });
    if (of.OptionalKeyword) return unsupported('an optional step of scan', of);
    return { condition: coerce(read(of.Condition), 'bool'), assignments, output: outputOf(of) };
  });
  const matchId = parametersOf(node).get('with_match_id');
  const added: Column[] = matchId ? [{ name: nameOf(matchId), type: 'long' }] : [];
  const sequence: Sequence = {
    kind: 'sequence',
    input,
    order: ORDER_COLUMN,
    declared: [...declared, ...[...replaced.values()].map(keep)],
    ...(matchId ? { matchId: nameOf(matchId) } : {}),
    steps,
    columns: [...row, ...added, { name: ORDER_OF_SCAN, type: 'long' }],
  };
  const key = { expr: column({ name: ORDER_OF_SCAN, type: 'long' }), descending: false, nullsFirst: true };
  return sort(project(sequence, sequence.columns.map(keep)), [key]);
};

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
