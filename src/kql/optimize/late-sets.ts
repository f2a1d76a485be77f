import { call, column, project } from '../plan/build.js';
import type { AggregateCall, Expr, NamedExpr, Rel, RelOf } from '../plan/nodes.js';
import { columnsRead, rewrite } from '../plan/walk.js';
import type { OptimizeOptions, Rule } from './rule.js';

/**
 * `summarize total = sum(x), make_set(y) by k | where total > …`: the sets are made of the groups that are left only, from lists of
 * all their values. Making them before costs about as much as all else in such a query. Only where few enough rows
 * are grouped that the lists of all groups fit into memory without a thought.
 */
export const lateSets: Rule = {
  name: 'late-sets',
  apply: (rel, options) => rewrite(rel, { rel: (node) => (node.kind === 'filter' ? deferred(node, options) : node) }),
};

/** Lists of so many texts come to some 300 MB at most. */
const FEW_ROWS = 8_000_000;

const LATER: Readonly<Record<string, string>> = { set_values: 'all_values', set_values_if: 'all_values_if' };

function deferred(rel: RelOf<'filter'>, options: OptimizeOptions): Rel {
  const { input } = rel;
  if (input.kind !== 'aggregate' || input.groups.length === 0) return rel;
  const read = columnsRead(rel.predicate);
  const sets = new Map<string, AggregateCall>();
  for (const { name, expr } of input.aggregates)
    if (expr.kind === 'aggregate' && LATER[expr.name] && !read.has(name)) sets.set(name, expr);
  if (sets.size === 0 || mostRows(input.input, options) > FEW_ROWS) return rel;
  const aggregates = input.aggregates.map((item): NamedExpr => {
    const set = sets.get(item.name);
    return set ? { ...item, expr: { ...set, name: LATER[set.name]!, args: set.args.slice(0, kept(set)) } } : item;
  });
  const items = input.columns.map((of): NamedExpr => {
    const set = sets.get(of.name);
    const most = set?.args[kept(set)];
    const expr: Expr = set ? call('distinct_list', 'dynamic', column(of), ...(most ? [most] : [])) : column(of);
    return { name: of.name, expr };
  });
  return project({ ...rel, input: { ...input, aggregates } }, items);
}

/** How many arguments say what is collected; the one behind them says how many at most. */
const kept = (set: AggregateCall): number => (set.name === 'set_values_if' ? 2 : 1);

/** The most rows that a table can have, as far as that is known. */
function mostRows(rel: Rel, options: OptimizeOptions): number {
  switch (rel.kind) {
    case 'scan':
      return options.rows?.(rel.table) ?? Infinity;
    case 'values':
      return rel.rows.length;
    case 'union':
      return rel.inputs.reduce((sum, input) => sum + mostRows(input, options), 0);
    case 'filter':
    case 'project':
    case 'sort':
    case 'limit':
    case 'ordinal':
    case 'distinctOn':
    case 'aggregate':
    case 'shared':
      return mostRows(rel.input, options);
    default:
      return Infinity;
  }
}
