import type { Column, KqlType } from '../types.js';
import type {
  Aggregate,
  Call,
  ColumnRef,
  Expr,
  Filter,
  Limit,
  Literal,
  LiteralValue,
  NamedExpr,
  Ordinal,
  Project,
  Rel,
  Sort,
  SortKey,
  Values,
} from './nodes.js';

/** Short constructors for plan nodes; each fills in the columns that follow from its inputs. */

export const literal = (type: KqlType, value: LiteralValue): Literal => ({ kind: 'literal', type, value });
export const text = (value: string): Literal => literal('string', value);
export const long = (value: bigint | number): Literal => literal('long', BigInt(value));
export const bool = (value: boolean): Literal => literal('bool', value);
/** The value a missing cell has: '' for strings, the typed null otherwise. */
export const missing = (type: KqlType): Literal => literal(type, type === 'string' ? '' : null);

export const column = (of: Column, side?: 'left' | 'right'): ColumnRef =>
  side ? { kind: 'column', type: of.type, name: of.name, side } : { kind: 'column', type: of.type, name: of.name };

export const call = (name: string, type: KqlType, ...args: Expr[]): Call => ({ kind: 'call', type, name, args });
export const not = (operand: Expr): Call => call('not', 'bool', operand);
/** The conjunction of all conditions; `true` for none. */
export const and = (conditions: readonly Expr[]): Expr => balanced('and', conditions) ?? bool(true);
/** The disjunction of all conditions; `false` for none. */
export const or = (conditions: readonly Expr[]): Expr => balanced('or', conditions) ?? bool(false);

/** A tree of equal halves: `search` over many tables comes to thousands of conditions, too many for a chain. */
function balanced(name: 'and' | 'or', conditions: readonly Expr[]): Expr | undefined {
  if (conditions.length < 2) return conditions[0];
  const half = conditions.length >> 1;
  return call(name, 'bool', balanced(name, conditions.slice(0, half))!, balanced(name, conditions.slice(half))!);
}

const columnOf = ({ name, expr }: NamedExpr): Column => ({ name, type: expr.type });

export const keep = (of: Column): NamedExpr => ({ name: of.name, expr: column(of) });
export const filter = (input: Rel, predicate: Expr): Filter => ({
  kind: 'filter',
  input,
  predicate,
  columns: input.columns,
});
export const project = (input: Rel, items: readonly NamedExpr[]): Project => ({
  kind: 'project',
  input,
  items,
  columns: items.map(columnOf),
});
export const aggregate = (input: Rel, groups: readonly NamedExpr[], aggregates: readonly NamedExpr[]): Aggregate => ({
  kind: 'aggregate',
  input,
  groups,
  aggregates,
  columns: [...groups, ...aggregates].map(columnOf),
});
export const sort = (input: Rel, keys: readonly SortKey[]): Sort => ({
  kind: 'sort',
  input,
  keys,
  columns: input.columns,
});
export const limit = (input: Rel, count: Expr): Limit => ({ kind: 'limit', input, count, columns: input.columns });
export const values = (columns: readonly Column[], rows: readonly (readonly Expr[])[]): Values => ({
  kind: 'values',
  columns,
  rows,
});
export const ordinal = (input: Rel, name: string, keys: readonly SortKey[]): Ordinal => ({
  kind: 'ordinal',
  input,
  name,
  keys,
  columns: [...input.columns, { name, type: 'long' }],
});

/** Input with the named columns added or replaced in place, as `extend` does. */
export function extend(input: Rel, items: readonly NamedExpr[]): Project {
  const added = new Map(items.map((item) => [item.name, item]));
  const kept = input.columns.map((of) => added.get(of.name) ?? keep(of));
  const names = new Set(input.columns.map((of) => of.name));
  return project(input, [...kept, ...items.filter((item) => !names.has(item.name))]);
}
