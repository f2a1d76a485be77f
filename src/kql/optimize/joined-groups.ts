import { scalarFunction } from '../functions/index.js';
import { aggregate, column } from '../plan/build.js';
import type { Expr, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import { readsOuterRow } from '../plan/outer.js';
import { exprKey } from '../plan/same.js';
import { rewrite, someExpr, walk } from '../plan/walk.js';
import type { OptimizeOptions, Rule } from './rule.js';
import { smallestMatched } from './smallest-matched.js';

/**
 * `summarize … by k | join kind=inner (few values of k) on k`: only rows with such a value are grouped. What says which those are may
 * itself begin with the keys of the same (materialized) groups: they are then taken from the table, which is read
 * twice, since to group all of it costs more. Few is what has to match a table a hundred times smaller than the one that is grouped.
 */
export const joinedGroups: Rule = {
  name: 'joined-groups',
  apply: (rel, options) => {
    const search = { readers: readersOf(rel), ids: new Map<string, string>(), options };
    return rewrite(rel, { rel: (node) => (node.kind === 'join' ? joinedFirst(node, search) : node) });
  },
};

const TIMES_SMALLER = 100;

interface Search {
  /** How often each shared table is read. */
  readonly readers: ReadonlyMap<string, number>;
  /** The shared tables made here by the join they were part of: the same join may stand in the plan several times. */
  readonly ids: Map<string, string>;
  readonly options: OptimizeOptions;
}

/** Groups below what only passes columns on. */
interface Found {
  readonly groups: RelOf<'aggregate'>;
  /** The shared table that the groups are, if they are one. */
  readonly shared?: string;
  /** What is above them, over other rows of the same columns. */
  over(groups: Rel): Rel;
}

function joinedFirst(rel: RelOf<'join'>, { readers, ids, options }: Search): Rel {
  const found = rel.joinKind === 'inner' && rel.keys.length > 0 ? groupsIn(rel.left) : undefined;
  if (!found || !isFew(rel.right, found.groups.input, options) || readsOuterRow(rel)) return rel;
  const keys = rel.keys.flatMap(({ left, right }) => {
    const key = groupedColumn(left, found.groups);
    return key ? [{ left: column({ name: key.name, type: key.type }, 'left'), right }] : [];
  });
  const { right, taken } = withoutGroups(rel.right, found);
  const others = found.shared === undefined ? 0 : readers.get(found.shared)! - 1 - taken;
  if (keys.length < rel.keys.length || others > 0) return rel;
  const key = exprKey(rel as never);
  const id = ids.get(key) ?? `few${ids.size + 1}`;
  ids.set(key, id);
  const few: Rel = { kind: 'shared', id, input: right, columns: right.columns };
  const { input } = found.groups;
  const items = input.columns.map(({ name }) => ({ name, side: 'left' as const, source: name }));
  const matched: Rel = {
    kind: 'join',
    joinKind: 'leftsemi',
    left: input,
    right: few,
    keys,
    items,
    columns: input.columns,
  };
  return { ...rel, left: found.over({ ...found.groups, input: matched }), right: few };
}

function groupsIn(rel: Rel): Found | undefined {
  if (rel.kind === 'aggregate') return rel.groups.length > 0 ? { groups: rel, over: (groups) => groups } : undefined;
  if (rel.kind !== 'shared' && (rel.kind !== 'project' || !rel.items.every(isPassed))) return undefined;
  const found = groupsIn(rel.input);
  if (!found || rel.kind === 'project') return found && { ...found, over: (of) => ({ ...rel, input: found.over(of) }) };
  return found.shared === undefined ? { ...found, shared: rel.id } : undefined;
}

const isPassed = ({ name, expr }: NamedExpr): boolean =>
  expr.kind === 'literal' || (expr.kind === 'column' && expr.name === name);

/** The column of the grouped table that a column of the groups is. */
function groupedColumn(expr: Expr, { groups }: RelOf<'aggregate'>): (Expr & { readonly kind: 'column' }) | undefined {
  const key = expr.kind === 'column' ? groups.find((item) => item.name === expr.name)?.expr : undefined;
  return key?.kind === 'column' ? key : undefined;
}

/** A table in which the mere keys of the groups are found without the others, and how many times that was. */
function withoutGroups(rel: Rel, { groups, shared }: Found): { readonly right: Rel; readonly taken: number } {
  let taken = 0;
  const right = rewrite(rel, {
    rel: (node) => {
      if (node.kind !== 'aggregate' || node.aggregates.length > 0 || shared === undefined) return node;
      if (groupsIn(node.input)?.shared !== shared) return node;
      const keys = node.groups.map(({ name, expr }) => ({ name, expr: groupedColumn(expr, groups) }));
      if (keys.some(({ expr }) => expr === undefined)) return node;
      taken++;
      return aggregate(groups.input, keys as NamedExpr[], []);
    },
  });
  return { right, taken };
}

/** Whether rows of a stored table have to match a table that is much smaller. */
function isFew(right: Rel, grouped: Rel, options: OptimizeOptions): boolean {
  const table = storedTable(grouped);
  const rows = table === undefined ? undefined : options.rows?.(table);
  return rows !== undefined && smallestMatched(right, options) * TIMES_SMALLER <= rows;
}

/** The stored table of which these are rows, with what is worked out from each alone and always comes to the same. */
function storedTable(rel: Rel): string | undefined {
  if (rel.kind === 'scan') return rel.table;
  if (rel.kind === 'filter') return isRepeatable(rel.predicate) ? storedTable(rel.input) : undefined;
  if (rel.kind !== 'project') return undefined;
  return rel.items.every(({ expr }) => isRepeatable(expr)) ? storedTable(rel.input) : undefined;
}

const isRepeatable = (expr: Expr): boolean =>
  !someExpr(
    expr,
    (node) =>
      node.kind === 'window' ||
      node.kind === 'scalarSubquery' ||
      node.kind === 'inSubquery' ||
      (node.kind === 'call' && scalarFunction(node.name)?.volatile === true),
  );

function readersOf(rel: Rel): ReadonlyMap<string, number> {
  const readers = new Map<string, number>();
  walk(rel, { rel: (node) => void (node.kind === 'shared' && readers.set(node.id, (readers.get(node.id) ?? 0) + 1)) });
  return readers;
}
