import { kindOf, listOf, type SyntaxNode } from '../../parse/syntax.js';
import { aggregate, call, column, extend, filter, keep, long, missing, project } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { boundNames } from '../named.js';
import { lowerExpr } from '../recurse.js';
import { joined, visible } from './join.js';
import type { LowerOperator } from './operator.js';

const RANK = '$rank';

/** One `top-nested n of x with others = c by aggregate` clause, lowered. */
interface Level {
  readonly value: NamedExpr;
  readonly measure: NamedExpr;
  readonly descending: boolean;
  readonly count?: Expr;
  readonly others?: Expr;
}

/** What the levels so far have come to: the rows still in play, the groups kept, and the rows of "others". */
interface Nested {
  readonly rows: Rel;
  readonly kept: Rel;
  readonly others: readonly Rel[];
}

/** `top-nested n of a by f, top-nested m of b by g, …`: within each of the top groups of a level, the top groups of the next. */
export const lowerTopNested: LowerOperator = (node, piped, context) => {
  const input = visible(piped);
  const names = withDefaults(boundNames(node));
  const levels = listOf(node.Clauses).map((clause, i) =>
    levelOf(clause, i, { ...context, row: { columns: input.columns } }),
  );
  const values = levels.map((level, i): NamedExpr => ({ name: `$level${i}`, expr: level.value.expr }));
  const start: Nested = { rows: extend(input, values), kept: { kind: 'values', columns: [], rows: [[]] }, others: [] };
  const nested = levels.reduce((so, level, i) => nest(so, level, i), start);
  const columns = levels.flatMap(({ value, measure }): Column[] => [
    { name: value.name, type: value.expr.type },
    { name: measure.name, type: measure.expr.type },
  ]);
  const tables = [nested.kept, ...nested.others].map((rel) => padded(rel, columns));
  const all: Rel = tables.length === 1 ? tables[0]! : { kind: 'union', inputs: tables, columns };
  return project(
    all,
    columns.map((of, i) => ({ name: names[i]!, expr: column(of) })),
  );
};

/** The names of values and measures in turn: the official binder leaves a value that is computed, like `x % 2`, without one. */
function withDefaults(names: readonly string[]): string[] {
  let unnamed = 0;
  return names.map((name, i) => {
    if (i % 2 === 0) return /^\d*$/.test(name) ? `Column${++unnamed}` : name;
    return /^aggregated_\d*$/.test(name) ? `aggregated_Column${unnamed}` : name;
  });
}

/** Values and measures have names of their own while levels are nested: the query's may be those of columns that are still read. */
function levelOf(clause: SyntaxNode, i: number, context: Context): Level {
  const of: SyntaxNode = clause.OfExpression;
  const value = lowerExpr(kindOf(of) === 'SimpleNamedExpression' ? of.Expression : of, context);
  const by: SyntaxNode = clause.ByExpression;
  const ordered = kindOf(by) === 'OrderedExpression';
  const measured: SyntaxNode = ordered ? by.Expression : by;
  const unnamed: SyntaxNode = kindOf(measured) === 'SimpleNamedExpression' ? measured.Expression : measured;
  const measure = lowerExpr(unnamed, { ...context, aggregates: true });
  const others: SyntaxNode | undefined = clause.WithOthersClause?.Expression;
  const outside = { ...context, row: undefined };
  return {
    value: { name: `$value${i}`, expr: value },
    measure: { name: `$measure${i}`, expr: measure },
    descending: by.Ordering?.AscOrDescKeyword?.Text !== 'asc',
    ...(clause.Expression ? { count: coerce(lowerExpr(clause.Expression, outside), 'long') } : {}),
    ...(others ? { others: coerce(lowerExpr(others, outside), value.type) } : {}),
  };
}

/** Adds a level: ranks its groups within their parents, keeps the top ones and the rows that belong to them. */
function nest(
  { rows, kept, others }: Nested,
  { value, measure, descending, count, others: rest }: Level,
  i: number,
): Nested {
  const parents = kept.columns;
  const own: NamedExpr = { name: value.name, expr: column({ name: `$level${i}`, type: value.expr.type }) };
  const grouped = aggregate(rows, [...parents.map(keep), own], [measure]);
  const top = count ? topOf(grouped, parents, measure, descending, count) : grouped;
  const keys = [
    ...parents.map((of) => ({ left: column(of, 'left'), right: column(of, 'right') })),
    {
      left: column({ name: `$level${i}`, type: own.expr.type }, 'left'),
      right: column({ name: own.name, type: own.expr.type }, 'right'),
    },
  ];
  const inside = joined('inner', rows, top, keys, new Set(parents.map((of) => of.name)));
  if (!rest) return { rows: inside, kept: top, others };
  const outside = joined('leftanti', rows, top, keys);
  const left = filter(
    aggregate(outside, parents.map(keep), [
      measure,
      { name: '$rows', expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] } },
    ]),
    call('>', 'bool', column({ name: '$rows', type: 'long' }), long(0)),
  );
  const row = project(left, [
    ...parents.map(keep),
    { name: own.name, expr: rest },
    keep({ name: measure.name, type: measure.expr.type }),
  ]);
  return { rows: inside, kept: top, others: [...others, row] };
}

function topOf(grouped: Rel, parents: readonly Column[], measure: NamedExpr, descending: boolean, count: Expr): Rel {
  const rank: Expr = {
    kind: 'window',
    type: 'long',
    name: 'row_number',
    args: [],
    partition: parents.map((of) => column(of)),
    order: [{ expr: column({ name: measure.name, type: measure.expr.type }), descending, nullsFirst: !descending }],
  };
  const ranked = extend(grouped, [{ name: RANK, expr: rank }]);
  const top = filter(ranked, call('<=', 'bool', column({ name: RANK, type: 'long' }), count));
  return project(top, grouped.columns.map(keep));
}

const padded = (rel: Rel, columns: readonly Column[]): Rel =>
  project(
    rel,
    columns.map((of) =>
      rel.columns.some((each) => each.name === of.name) ? keep(of) : { name: of.name, expr: missing(of.type) },
    ),
  );
