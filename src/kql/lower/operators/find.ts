import { boundColumns, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { call, column, filter, missing, project, text } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { viewsIn } from '../views.js';
import { type Input, unionInputs, unionOf } from './union.js';

/**
 * The tables of an `in (…)` clause, or all that exist, views too. Of the stored ones, only the columns that hold a value somewhere or that the
 * query names are taken: hundreds of tables together have more columns than any result could show.
 */
export function tablesOf(clause: SyntaxNode | null | undefined, words: Iterable<string>, context: Context): Input[] {
  if (clause) return listOf(clause.Expressions).flatMap((of, i) => unionInputs(of, i, context, false));
  const { schema } = context.session;
  const named = new Set(words);
  const stored = schema.existing.map((name): Input => {
    const held = schema.stored(name);
    const columns = (schema.table(name) ?? []).filter((of) => held?.has(of.name) || named.has(of.name));
    return { name, rel: { kind: 'scan', table: name, columns } };
  });
  return [...stored, ...viewsIn(context, () => true)];
}

/** All words of the query that a node stands in: among them the names of the columns it reads. */
export function wordsOf(node: SyntaxNode): string[] {
  let root = node;
  while (root.Parent) root = root.Parent;
  return textOf(root).match(/[A-Za-z_]\w*/g) ?? [];
}

/** `find [in (T, …)] where predicate [project columns]`: matching rows of several tables, with their source. */
export function lowerFind(node: SyntaxNode, context: Context): Rel {
  const source = parametersOf(node).get('withsource');
  const sourceName = source ? nameOf(source) : 'source_';
  const rel = unionOf(tablesOf(node.InClause, wordsOf(node), context), { source: sourceName });
  const found = filter(rel, coerce(lowerExpr(node.Condition, { ...context, row: { columns: rel.columns } }), 'bool'));
  const wanted = boundColumns(node)?.columns ?? rel.columns;
  const named = new Set(wanted.map((of) => of.name));
  const rest = rel.columns.filter((of) => !named.has(of.name));
  const items = wanted.map((of): NamedExpr => {
    const own = rel.columns.find((each) => each.name === of.name);
    if (own) return { name: of.name, expr: column(own) };
    if (of.name !== 'pack_') return { name: of.name, expr: missing(of.type) };
    return {
      name: of.name,
      expr: call(
        'bag_without_empty',
        'dynamic',
        call('bag_pack', 'dynamic', ...rest.flatMap((each) => [text(each.name), column(each)])),
      ),
    };
  });
  return project(found, items);
}
