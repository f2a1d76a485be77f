import { boundColumns, kindOf, listOf, nameOf, parametersOf, type SyntaxNode, textOf } from '../../parse/syntax.js';
import { call, column, keep, missing, project, text } from '../../plan/build.js';
import type { NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { typeNamed } from '../schema-clause.js';
import { columnsNamed, matching } from '../search-predicate.js';
import { viewsIn } from '../views.js';
import { visible } from './join.js';
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

/** `find [withsource=S] [in (T, …)] where predicate [project …, pack(*) | project-smart]`: matching rows of several tables, with their source. */
export function lowerFind(node: SyntaxNode, context: Context): Rel {
  const source = parametersOf(node).get('withsource');
  const sourceName = source ? nameOf(source) : 'source_';
  const all = tablesOf(node.InClause, wordsOf(node), context).map(({ name, rel }) => ({ name, rel: visible(rel) }));
  const columns = all.flatMap(({ rel }) => rel.columns);
  const named = columnsNamed(node.Condition).filter((name) => columns.some((of) => of.name === name));
  // a table with none of the columns that the predicate names takes no part
  const tables = all.filter(({ rel }) => named.length === 0 || rel.columns.some((of) => named.includes(of.name)));
  const shown = shownColumns(node, sourceName);
  const found = tables.map(({ name, rel }) => ({
    name,
    rel: asShown(matching(rel, node.Condition, columns, context), shown),
  }));
  const rel = unionOf(found, { source: sourceName });
  const wanted = [sourceName, ...shown.columns.map((of) => of.name), ...(shown.packs ? [PACK] : [])];
  return project(
    rel,
    wanted.flatMap((name) => {
      const typed = rel.columns.filter((of) => of.name === name || isTyped(of, name, wanted));
      const bound = shown.columns.find((of) => of.name === name);
      return typed.length > 0 || !bound ? typed.map(keep) : [{ name, expr: missing(bound.type) }];
    }),
  );
}

const PACK = 'pack_';

/** Whether a column is what a union made of `name` because tables give it different types. */
const isTyped = (of: Column, name: string, wanted: readonly string[]): boolean =>
  of.name === `${name}_${of.type}` && !wanted.includes(of.name);

/** What a find gives of each table besides its name. */
interface Shown {
  /** `cast`: the type that the query gives the column. */
  readonly columns: readonly (Column & { readonly cast?: true })[];
  /** Whether the columns left are given in a bag. */
  readonly packs: boolean;
}

function shownColumns(node: SyntaxNode, sourceName: string): Shown {
  const bound = (boundColumns(node)?.columns ?? []).filter((of) => of.name !== sourceName);
  const cast = new Map(
    listOf(node.Project?.Columns)
      .filter((of) => kindOf(of) === 'TypedColumnReference')
      .map((of) => [nameOf(of.Column), typeNamed(textOf(of.Type), of)] as const),
  );
  return {
    columns: bound
      .filter((of) => of.name !== PACK)
      .map((of) => (cast.has(of.name) ? { name: of.name, type: cast.get(of.name)!, cast: true as const } : of)),
    packs: bound.some((of) => of.name === PACK),
  };
}

function asShown(rel: Rel, { columns, packs }: Shown): Rel {
  const named = new Set(columns.map((of) => of.name));
  const items = columns.flatMap((of): NamedExpr[] => {
    const own = rel.columns.find((each) => each.name === of.name);
    return own ? [{ name: of.name, expr: of.cast ? coerce(column(own), of.type) : column(own) }] : [];
  });
  if (!packs) return project(rel, items);
  const rest = rel.columns.filter((of) => !named.has(of.name)).flatMap((of) => [text(of.name), column(of)]);
  const bag = call('bag_without_empty', 'dynamic', call('bag_pack', 'dynamic', ...rest));
  return project(rel, [...items, { name: PACK, expr: bag }]);
}
