import type { Expr, Literal } from '../plan/nodes.js';
import type { KqlType } from '../types.js';

/**
 * The function registry: every scalar function and operator, aggregate and window function is a row of data here.
 * Lowering reads what a row's arguments must be, the dialect what SQL it becomes, the reference page and the tests its examples.
 */

/**
 * What an argument must be; arguments of another type are converted as Kusto does:
 * a type's name, `any` (taken as it is), `number` (int becomes long, dynamic becomes real), or `common`
 * (all arguments so marked get the one type that fits them all).
 */
export type ArgumentType = KqlType | 'any' | 'number' | 'common';

/** An argument printed as SQL, with what is known about it. */
export interface SqlArgument {
  readonly sql: string;
  readonly type: KqlType;
  /** The expression itself, for rows that print constants specially. */
  readonly expr: Expr;
  /** The value when the argument is a constant. */
  readonly literal?: Literal;
}

export interface PrintContext {
  /** The type the call has in the plan. */
  readonly type: KqlType;
  /** For aggregates: the expression rows are ordered by, when the order matters. */
  readonly order?: string;
  /** For window functions: the `OVER (…)` clause of the rows in their serialized order. */
  readonly over?: string;
  /** True when sums and products of longs must wrap around: the query is run again so after it overflowed. */
  readonly wrapping?: boolean;
  /** True where null counts as false (a `where` condition), so that a plain SQL comparison says the same. */
  readonly predicate?: boolean;
}

/** SQL with `$1`, `$2` for arguments and `$*` for all of them, or a function that prints it. */
export type SqlTemplate = string | ((args: readonly SqlArgument[], context: PrintContext) => string);

/**
 * A KQL expression and what it gives, as Kusto would print it; for aggregates, and where it begins with `let` or `set`,
 * a whole query.
 */
export type Example = readonly [kql: string, result: string];

interface FunctionRow {
  /** Kusto's name; operators go by their own text (`==`, `has_any`). */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Types of the arguments; the last one stands for all that follow. None: arguments are taken as they are. */
  readonly args?: readonly ArgumentType[] | ((index: number, count: number) => ArgumentType);
  /** The type of the result; left out: the official binder's. `common` is the common type of the arguments so marked. */
  readonly returns?: KqlType | 'common' | ((types: readonly KqlType[]) => KqlType);
  /** Which arguments are conditions whose null counts as false (from 0): they may be printed as plain predicates. */
  readonly conditions?: readonly number[] | ((index: number, count: number) => boolean);
  /** True when each call may give something else: it is computed where it stands, once a row. */
  readonly volatile?: true;
  /** True for rows that queries can't call: other rows and optimizer rules print through them. */
  readonly internal?: boolean;
  /** How the answer may differ from Kusto's, for the reference page. */
  readonly differs?: string;
  readonly examples: readonly Example[];
}

export interface ScalarFunction extends FunctionRow {
  readonly kind: 'scalar';
  /** Neither this nor `js`: lowering puts something else in the call's place (the `Reading the query` family). */
  readonly duckdb?: SqlTemplate;
  /** What to warn of once when a query calls it: it stands for what is missing here. */
  readonly warning?: { readonly code: string; readonly message: string };
  /**
   * Where SQL can't: a JavaScript function called for each row, given the arguments as Kusto-typed JavaScript values
   * (long, datetime and timespan bigint; real number; dynamic its JSON text; nulls null) and returning the same.
   * It is registered with the engine as `kql_js_NAME`; costs about 0.3 µs a row and more. `args` and `returns` must be given as types.
   */
  readonly js?: (
    ...args: readonly (string | bigint | number | boolean | null)[]
  ) => string | bigint | number | boolean | null;
}

export interface AggregateFunction extends FunctionRow {
  readonly kind: 'aggregate';
  readonly duckdb: SqlTemplate;
  /** True when the answer depends on the order of the rows. */
  readonly ordered?: boolean;
}

export interface WindowFunction extends FunctionRow {
  readonly kind: 'window';
  readonly duckdb: SqlTemplate;
}

export type RegistryRow = ScalarFunction | AggregateFunction | WindowFunction;

type RowWithoutKind<T extends RegistryRow> = Omit<T, 'kind'>;
/** Declares a family of scalar functions. */
export const scalars = (rows: readonly RowWithoutKind<ScalarFunction>[]): readonly ScalarFunction[] =>
  rows.map((row) => ({ kind: 'scalar', ...row }));
/** Declares a family of aggregate functions. */
export const aggregates = (rows: readonly RowWithoutKind<AggregateFunction>[]): readonly AggregateFunction[] =>
  rows.map((row) => ({ kind: 'aggregate', ...row }));
/** Declares a family of window functions. */
export const windows = (rows: readonly RowWithoutKind<WindowFunction>[]): readonly WindowFunction[] =>
  rows.map((row) => ({ kind: 'window', ...row }));
