import { boundColumns, listOf, nameOf, parametersOf, type SyntaxNode } from '../../parse/syntax.js';
import { call, column, filter, missing, project, text } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { lowerExpr } from '../recurse.js';
import { type Input, unionInputs, unionOf } from './union.js';

/** The tables of an `in (…)` clause, or all that exist. */
export function tablesOf(clause: SyntaxNode | null | undefined, context: Context): Input[] {
  if (clause) return listOf(clause.Expressions).flatMap((of, i) => unionInputs(of, i, context, false));
  const { schema } = context.session;
  return schema.existing.map((name) => ({
    name,
    rel: { kind: 'scan', table: name, columns: schema.table(name) ?? [] },
  }));
}

/** `find [in (T, …)] where predicate [project columns]`: matching rows of several tables, with their source. */
export function lowerFind(node: SyntaxNode, context: Context): Rel {
  const source = parametersOf(node).get('withsource');
  const sourceName = source ? nameOf(source) : 'source_';
  const rel = unionOf(tablesOf(node.InClause, context), { source: sourceName });
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
