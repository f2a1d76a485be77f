import type { SyntaxNode } from '../../parse/syntax.js';
import { call, column, keep, project } from '../../plan/build.js';
import type { Expr, NamedExpr, Rel } from '../../plan/nodes.js';
import type { Column } from '../../types.js';
import { coerce } from '../coerce.js';
import type { Context } from '../context.js';
import { joined, visible } from '../operators/join.js';
import { columnOf, constantOf } from './arguments.js';
import { distanceType, own } from './arithmetic.js';
import type { Bounds } from './periods.js';

/** What the plugins that analyze the activity of ids over time begin with: an id column and a timeline column. */
export interface Activity {
  readonly rows: Rel;
  readonly id: Column;
  /** Integers are brought to long here; results have the column's own type. */
  readonly time: Expr;
  readonly timeline: Column;
}

export const PERIOD = '$period';
export const ID = '$id';
export const TIME = '$time';

export function activityOf(plugin: string, args: readonly SyntaxNode[], input: Rel, call: SyntaxNode): Activity {
  const rows = visible(input);
  const timeline = columnOf(plugin, args[1], rows, call);
  const time = column(timeline);
  return {
    rows,
    id: columnOf(plugin, args[0], rows, call),
    timeline,
    time: timeline.type === 'int' ? coerce(time, 'long') : time,
  };
}

/** Start and end, brought to the timeline's type. */
export const boundsOf = (
  [start, end]: readonly [SyntaxNode, SyntaxNode],
  { time }: Activity,
  context: Context,
): Bounds => ({ start: constantOf(start, context, time.type), end: constantOf(end, context, time.type) });

/** A distance on the activity's timeline. */
export const distanceOf = (node: SyntaxNode, { time }: Activity, context: Context): Expr =>
  constantOf(node, context, distanceType(time.type));

/** The dimensions that slice an analysis. */
export const dimensionsOf = (
  plugin: string,
  args: readonly SyntaxNode[],
  { rows }: Activity,
  call: SyntaxNode,
): Column[] => args.map((arg) => columnOf(plugin, arg, rows, call));

/** Only what the analysis needs of each row. */
export const events = (
  input: Rel,
  { id, time }: Activity,
  dimensions: readonly Column[],
  more: readonly NamedExpr[] = [],
): Rel =>
  project(input, [...dimensions.map(keep), { name: ID, expr: column(id) }, { name: TIME, expr: time }, ...more]);

/** Rows without an id are no activity. Strings are never null. */
export const hasId = ({ id }: Activity): Expr =>
  id.type === 'string' ? { kind: 'literal', type: 'bool', value: true } : call('isnotnull', 'bool', own(ID, id.type));

/** The two tables joined on columns of the same names, which the right one loses. */
export function joinedOn(kind: 'inner' | 'leftouter', left: Rel, right: Rel, names: readonly string[]): Rel {
  const side = (rel: Rel, name: string, which: 'left' | 'right'): Expr =>
    column(rel.columns.find((of) => of.name === name)!, which);
  const keys = names.map((name) => ({ left: side(left, name, 'left'), right: side(right, name, 'right') }));
  return joined(kind, left, right, keys, new Set(names));
}

/**
 * The result: the period under the timeline's name, the dimensions, then the measures. A measure of a name that is taken
 * gets a number, as in a join.
 */
export function result(
  input: Rel,
  { timeline, time }: Activity,
  dimensions: readonly Column[],
  measures: readonly NamedExpr[],
): Rel {
  const first: NamedExpr = { name: timeline.name, expr: coerce(own(PERIOD, time.type), timeline.type) };
  return uniquely(input, [first, ...dimensions.map(keep), ...measures]);
}

/** A projection in which a name that comes again gets a number. */
export function uniquely(input: Rel, items: readonly NamedExpr[]): Rel {
  const taken = new Set<string>();
  return project(
    input,
    items.map(({ name, expr }) => {
      let free = name;
      for (let n = 1; taken.has(free); n++) free = `${name}${n}`;
      taken.add(free);
      return { name: free, expr };
    }),
  );
}
