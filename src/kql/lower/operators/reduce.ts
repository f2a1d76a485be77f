import { listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { aggregate, call, column, keep, literal, ordinal, project, sort, text } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import { badArgument, type Context } from '../context.js';
import { joinColumns } from '../graph/join-columns.js';
import { lowerExpr } from '../recurse.js';
import { visible } from './join.js';
import type { LowerOperator } from './operator.js';

const TEXT: Column = { name: '$text', type: 'string' };
const COUNT: Column = { name: '$count', type: 'long' };
const FIRST: Column = { name: '$first', type: 'long' };
const PATTERN: Column = { name: 'Pattern', type: 'string' };

/**
 * `reduce [kind = source] by text [with threshold = …, characters = …]`: groups of like texts, each with its pattern, count and a
 * representative; with kind=source the rows with the pattern of each.
 */
export const lowerReduce: LowerOperator = (node, piped, context) => {
  const input = visible(piped);
  const value = coerce(lowerExpr(node.Expression, { ...context, row: { columns: input.columns } }), 'string');
  const kind = parametersOf(node).get('kind');
  const ofSource = kind !== undefined && textOf(kind).toLowerCase() === 'source';
  if (kind && !ofSource) return badArgument('kind', 'reduce knows the kind source alone', kind);
  const { threshold, characters } = optionsOf(node, context);
  const rows = ordinal(project(input, [...input.columns.map(keep), { name: TEXT.name, expr: value }]), FIRST.name, []);
  const texts = aggregate(
    rows,
    [keep(TEXT)],
    [
      { name: COUNT.name, expr: { kind: 'aggregate', type: 'long', name: 'count', args: [] } },
      { name: FIRST.name, expr: { kind: 'aggregate', type: 'long', name: 'min', args: [column(FIRST)] } },
    ],
  );
  const patterns = patternsOf(texts, threshold, characters);
  const on = [[TEXT.name, TEXT.name]] as const;
  const taken = [[PATTERN.name, PATTERN.name]] as const;
  if (ofSource) {
    const kept = input.columns.filter((of) => of.name !== PATTERN.name);
    return project(joinColumns('inner', rows, patterns, on, taken), [...kept, PATTERN].map(keep));
  }
  const named = joinColumns('inner', texts, patterns, on, taken);
  const isOthers = call('==', 'bool', column(PATTERN), text('others'));
  const first: Expr = { kind: 'aggregate', type: 'string', name: 'arg_min', args: [column(FIRST), column(TEXT)] };
  const grouped = aggregate(
    named,
    [keep(PATTERN)],
    [
      { name: 'Count', expr: { kind: 'aggregate', type: 'long', name: 'sum', args: [column(COUNT)] } },
      { name: '$one', expr: first },
    ],
  );
  const items: NamedExpr[] = [
    keep(PATTERN),
    keep({ name: 'Count', type: 'long' }),
    {
      name: 'Representative',
      expr: call('iff', 'string', isOthers, text(''), column({ name: '$one', type: 'string' })),
    },
  ];
  const key = { expr: column({ name: 'Count', type: 'long' }), descending: true, nullsFirst: false };
  return sort(project(grouped, items), [key]);
};

/** The different texts with the pattern of each. */
function patternsOf(texts: Rel, threshold: number, characters: string | undefined): Rel {
  const listed = (of: Column): NamedExpr => ({
    name: of.name,
    expr: { kind: 'aggregate', type: 'dynamic', name: 'list_in_order', args: [column(of)], order: column(FIRST) },
  });
  const lists = aggregate(texts, [], [listed(TEXT), listed(COUNT)]);
  const [all, counts] = [column({ ...TEXT, type: 'dynamic' }), column({ ...COUNT, type: 'dynamic' })];
  const found = call(
    'reduce_patterns',
    'dynamic',
    all,
    counts,
    literal('real', threshold),
    characters === undefined ? literal('dynamic', null) : literal('dynamic', characters),
  );
  return {
    kind: 'expand',
    input: project(lists, [
      { name: TEXT.name, expr: all },
      { name: PATTERN.name, expr: found },
    ]),
    items: [
      { name: TEXT.name, expr: all, type: 'string' },
      { name: PATTERN.name, expr: column({ ...PATTERN, type: 'dynamic' }), type: 'string' },
    ],
    columns: [TEXT, PATTERN],
  };
}

function optionsOf(node: SyntaxNode, context: Context): { readonly threshold: number; readonly characters?: string } {
  const given = new Map(
    listOf(node.With?.Parameters).map((of) => [nameOf(of.Name).toLowerCase(), of.Expression as SyntaxNode]),
  );
  const constant = (name: string): Expr | undefined => {
    const of = given.get(name);
    return of && lowerExpr(of, { ...context, row: undefined });
  };
  const threshold = constant('threshold');
  const part = threshold?.kind === 'literal' ? Number(threshold.value) : 0.1;
  if (!(part > 0 && part < 1)) return badArgument('threshold', 'it lies between 0 and 1', node);
  const characters = constant('characters');
  return characters?.kind === 'literal'
    ? { threshold: part, characters: String(characters.value) }
    : { threshold: part };
}
