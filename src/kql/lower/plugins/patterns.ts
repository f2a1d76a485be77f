import { RARE } from '../../functions/patterns/index.js';
import { kindOf, type SyntaxNode } from '../../parse/syntax.js';
import {
  aggregate,
  and,
  call,
  column,
  filter,
  keep,
  literal,
  long,
  missing,
  or,
  project,
  text,
} from '../../plan/build.js';
import type { Expr, Literal, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { columnOf, constantOf } from './arguments.js';
import { aggregateOf, atLeast, equal, more, own } from './arithmetic.js';

const PATTERN = '$pattern';

/** `'~'`: the argument's default is wanted. */
export function isDefault(node: SyntaxNode | undefined, context: Context): boolean {
  if (!node) return true;
  if (kindOf(node) === 'NameReference') return false;
  const expr = constantOf(node, context);
  return expr.kind === 'literal' && expr.value === '~';
}

/** The weight of a row: a column's value, or 1. */
export function weightOf(
  plugin: string,
  node: SyntaxNode | undefined,
  input: Rel,
  context: Context,
  call: SyntaxNode,
): { column?: Column; expr: Expr } {
  if (!node || isDefault(node, context)) return { expr: literal('real', 1) };
  const found = columnOf(plugin, node, input, call);
  return { column: found, expr: coerce(column(found), 'real') };
}

/** What a pattern shows in a column that it leaves open: the literal given for its type, else nothing. */
export function wildcards(nodes: readonly SyntaxNode[], context: Context): (of: Column) => Expr {
  const given = nodes
    .map((node) => constantOf(node, context))
    .filter((expr): expr is Literal => expr.kind === 'literal' && expr.value !== '~');
  return ({ type }) => given.find((of) => of.type === type) ?? missing(type);
}

/** A value as the text that patterns are looked for in; never empty. */
export function itemOf(of: Column): Expr {
  const value = column(of);
  const written = of.type === 'dynamic' ? call('dynamic_to_json', 'string', value) : coerce(value, 'string');
  const marked = call('strcat', 'string', text('v'), written);
  return of.type === 'string' ? marked : call('iff', 'string', call('isnull', 'bool', value), text('n'), marked);
}

/** The value of a pattern's column, from what `itemOf` made of it. */
function shownValue(item: Expr, of: Column, wildcard: Expr): Expr {
  const written = call('substring', 'string', item, long(1));
  const value = of.type === 'dynamic' ? call('parse_json', 'dynamic', written) : coerce(written, of.type);
  return call('iff', of.type, equal(item, text('')), wildcard, value);
}

interface Items {
  readonly columns: readonly Expr[];
  /** A row's weight in each of the sets that are compared. */
  readonly weights: readonly Expr[];
  /** The least part of one of the sets that a value must have. */
  readonly threshold: number;
  /** Whether values that are too rare are told from none. */
  readonly tellRare?: boolean;
}

/**
 * The table as one JSON array, the column `$table`: weights and items of the rows that are alike once only frequent values
 * are left.
 */
export function frequentItems(input: Rel, { columns, weights, threshold, tellRare }: Items, context: Context): Rel {
  const named = (prefix: string, exprs: readonly Expr[]): NamedExpr[] =>
    exprs.map((expr, i) => ({ name: `${prefix}${i}`, expr }));
  const rows = project(input, [...named('$c', columns), ...named('$w', weights)]);
  const shared: Rel = { kind: 'shared', id: `patterns${context.session.next()}`, input: rows, columns: rows.columns };
  const sums = weights.map(
    (_, i): NamedExpr => ({ name: `$w${i}`, expr: aggregateOf('sum', 'real', own(`$w${i}`, 'real')) }),
  );
  const total = (i: number): Expr => ({ kind: 'scalarSubquery', type: 'real', rel: aggregate(shared, [], [sums[i]!]) });
  const enough = weights.map((_, i) => {
    const weight = own(`$w${i}`, 'real');
    return and([
      more(weight, literal('real', 0)),
      atLeast(weight, call('*', 'real', literal('real', threshold), total(i))),
    ]);
  });
  const item = (c: number): Expr => own(`$c${c}`, 'string');
  const items = columns.map((_, c): NamedExpr => {
    const frequent = filter(aggregate(shared, [{ name: `$c${c}`, expr: item(c) }], sums), or(enough));
    const found: Expr = {
      kind: 'inSubquery',
      type: 'bool',
      value: item(c),
      rel: project(frequent, [{ name: `$c${c}`, expr: item(c) }]),
      fold: false,
    };
    const rare = tellRare ? call('iff', 'string', equal(item(c), text('')), text(''), text(RARE)) : text('');
    return { name: `$c${c}`, expr: call('iff', 'string', found, item(c), rare) };
  });
  const reduced = project(shared, [...items, ...sums.map(({ name }) => keep({ name, type: 'real' }))]);
  const grouped = aggregate(
    reduced,
    items.map(({ name }) => keep({ name, type: 'string' })),
    sums,
  );
  const cells = [...sums, ...items].map(({ name, expr }) => own(name, expr.type));
  return aggregate(grouped, [], [{ name: '$table', expr: aggregateOf('rows_json', 'dynamic', ...cells) }]);
}

/** A row for each pattern that a function of the registry finds in the table. */
export function patternRows(table: Rel, search: string, ...options: readonly Expr[]): Rel {
  const found = project(table, [
    { name: '$found', expr: call(search, 'dynamic', own('$table', 'dynamic'), ...options) },
  ]);
  return {
    kind: 'expand',
    input: found,
    items: [{ name: PATTERN, expr: own('$found', 'dynamic'), type: 'dynamic' }],
    indexColumn: 'SegmentId',
    columns: [
      { name: PATTERN, type: 'dynamic' },
      { name: 'SegmentId', type: 'long' },
    ],
  };
}

/** The i-th cell of a pattern. */
export const cell = (i: number, type: Column['type']): Expr =>
  coerce(call('[]', 'dynamic', own(PATTERN, 'dynamic'), long(i)), type);

/** The columns of the input with a pattern's values, which begin at its cell `from`. */
export const valueColumns = (columns: readonly Column[], from: number, wildcard: (of: Column) => Expr): NamedExpr[] =>
  columns.map((of, i) => ({ name: of.name, expr: shownValue(cell(from + i, 'string'), of, wildcard(of)) }));
