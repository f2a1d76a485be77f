import { column, project } from '../plan/build.js';
import type { NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import { columnsRead, rewrite } from '../plan/walk.js';
import type { Rule } from './rule.js';

/**
 * `summarize … by a, b` where `b` is the same in every row: the rows are grouped by `a`, and `b` is written beside them. One key
 * stays in any case, since without keys there is a row even of nothing.
 */
export const constantGroups: Rule = {
  name: 'constant-groups',
  apply: (rel) => rewrite(rel, { rel: change }),
};

function change(rel: Rel): Rel {
  if (rel.kind === 'aggregate') return withoutConstants(rel);
  return rel.kind === 'filter' ? belowConstants(rel) : rel;
}

/** Conditions stay at the groups, where other rules look for them. */
function belowConstants(rel: RelOf<'filter'>): Rel {
  const { input } = rel;
  if (input.kind !== 'project' || input.input.kind !== 'aggregate') return rel;
  const passed = new Set(
    input.items.flatMap(({ name, expr }) => (expr.kind === 'column' && expr.name === name ? name : [])),
  );
  const only = input.items.every(({ name, expr }) => passed.has(name) || expr.kind === 'literal');
  if (!only || [...columnsRead(rel.predicate)].some((name) => !passed.has(name))) return rel;
  return project({ ...rel, input: input.input, columns: input.input.columns }, input.items);
}

function withoutConstants(rel: RelOf<'aggregate'>): Rel {
  const groups = rel.groups.filter((item) => item.expr.kind !== 'literal');
  if (groups.length === 0 || groups.length === rel.groups.length) return rel;
  const fixed = new Map(rel.groups.map((item) => [item.name, item.expr]));
  const kept = rel.columns.filter((of) => fixed.get(of.name)?.kind !== 'literal');
  const items = rel.columns.map((of): NamedExpr => {
    const value = fixed.get(of.name);
    return { name: of.name, expr: value?.kind === 'literal' ? value : column(of) };
  });
  return project({ ...rel, groups, columns: kept }, items);
}
