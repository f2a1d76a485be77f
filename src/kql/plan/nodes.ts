import type { Column, KqlType } from '../types.js';

/**
 * The plan: what a query means, as plain readonly data. Nothing here knows the official parser's tree or SQL.
 * A `Rel` is a table of rows, an `Expr` a scalar computed for a row (or for a group, or over a window).
 * Column names are unique within a `Rel`; names that start with `$` are ours and hidden from results.
 */

/** A constant. Values: bool boolean; int and long bigint; real number; decimal text; string text; datetime and timespan
 * ticks as bigint; guid text; dynamic a JSON value. Null is the typed null (never for strings). */
export interface Literal {
  readonly kind: 'literal';
  readonly type: KqlType;
  readonly value: LiteralValue;
}
export type LiteralValue = boolean | bigint | number | string | null | JsonValue;
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A column of the input row; `side` tells the two inputs of a join apart. */
export interface ColumnRef {
  readonly kind: 'column';
  readonly type: KqlType;
  readonly name: string;
  readonly side?: 'left' | 'right';
}

/** A scalar function or operator of the registry, by its name there. Arguments already have the types the row asks for. */
export interface Call {
  readonly kind: 'call';
  readonly type: KqlType;
  readonly name: string;
  readonly args: readonly Expr[];
}

/** An aggregate function of the registry over the rows of a group; `order` is given where the input's order matters. */
export interface AggregateCall {
  readonly kind: 'aggregate';
  readonly type: KqlType;
  readonly name: string;
  readonly args: readonly Expr[];
  readonly order?: Expr;
}

/** A window function of the registry over the whole serialized input, in the order of `order`. */
export interface WindowCall {
  readonly kind: 'window';
  readonly type: KqlType;
  readonly name: string;
  readonly args: readonly Expr[];
  readonly partition: readonly Expr[];
  readonly order: readonly SortKey[];
}

/** The first column of the only row of a table (`toscalar`), null (or '') when there is none. */
export interface ScalarSubquery {
  readonly kind: 'scalarSubquery';
  readonly type: KqlType;
  readonly rel: Rel;
}

/** Whether a value is among the first column of a table (`in (T)`); `fold` ignores case (`in~`). */
export interface InSubquery {
  readonly kind: 'inSubquery';
  readonly type: 'bool';
  readonly value: Expr;
  readonly rel: Rel;
  readonly fold: boolean;
}

export type Expr = Literal | ColumnRef | Call | AggregateCall | WindowCall | ScalarSubquery | InSubquery;

export interface NamedExpr {
  readonly name: string;
  readonly expr: Expr;
}

export interface SortKey {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

interface RelBase {
  readonly columns: readonly Column[];
}

/** A stored table. `table` is its name in the catalogue; `columns` those read. */
export interface Scan extends RelBase {
  readonly kind: 'scan';
  readonly table: string;
}

/** Constant rows (`datatable`, `print`). */
export interface Values extends RelBase {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expr[])[];
}

/** `range x from a to b step s`, one column. */
export interface Range extends RelBase {
  readonly kind: 'range';
  readonly from: Expr;
  readonly to: Expr;
  readonly step: Expr;
}

export interface Filter extends RelBase {
  readonly kind: 'filter';
  readonly input: Rel;
  readonly predicate: Expr;
}

/** Computes exactly `items`: project, extend, rename and the like all come to this. */
export interface Project extends RelBase {
  readonly kind: 'project';
  readonly input: Rel;
  readonly items: readonly NamedExpr[];
}

/** Groups by `groups` (none: one group of all rows, also of no rows); `aggregates` hold aggregate calls in scalar expressions. */
export interface Aggregate extends RelBase {
  readonly kind: 'aggregate';
  readonly input: Rel;
  readonly groups: readonly NamedExpr[];
  readonly aggregates: readonly NamedExpr[];
}

export interface Sort extends RelBase {
  readonly kind: 'sort';
  readonly input: Rel;
  readonly keys: readonly SortKey[];
}

/** The first `count` rows, in the input's order. */
export interface Limit extends RelBase {
  readonly kind: 'limit';
  readonly input: Rel;
  readonly count: Expr;
}

/** The first row (in the input's order, if it has one) for each distinct value of `keys`. */
export interface DistinctOn extends RelBase {
  readonly kind: 'distinctOn';
  readonly input: Rel;
  readonly keys: readonly Expr[];
}

export type JoinKind = 'inner' | 'leftouter' | 'rightouter' | 'fullouter' | 'leftsemi' | 'leftanti' | 'cross';

/** Joins on equal `keys` (null keys match) and a `condition` over both sides, if any; `items` say where each output column comes from. */
export interface Join extends RelBase {
  readonly kind: 'join';
  readonly joinKind: JoinKind;
  readonly left: Rel;
  readonly right: Rel;
  readonly keys: readonly { readonly left: Expr; readonly right: Expr }[];
  readonly condition?: Expr;
  readonly items: readonly JoinItem[];
}
export interface JoinItem {
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly source: string;
}

/** Rows of all inputs, which have the same columns in the same order. */
export interface Union extends RelBase {
  readonly kind: 'union';
  readonly inputs: readonly Rel[];
}

/** `mv-expand`: each item's array (or bag) is spread over rows, several in parallel; other columns repeat. */
export interface Expand extends RelBase {
  readonly kind: 'expand';
  readonly input: Rel;
  readonly items: readonly ExpandItem[];
  readonly indexColumn?: string;
  readonly rowLimit?: Expr;
}
export interface ExpandItem {
  readonly name: string;
  readonly expr: Expr;
  readonly type: KqlType;
  /** Bags become `[key, value]` arrays instead of single-property bags. */
  readonly pairs?: boolean;
  /** The expression is a list of the engine with elements of this type (put there by `optimize/native-lists`), not a dynamic value. */
  readonly element?: KqlType;
}

/** Adds a hidden column numbering the rows in the input's order, from 1. */
export interface Ordinal extends RelBase {
  readonly kind: 'ordinal';
  readonly input: Rel;
  readonly name: string;
  readonly keys: readonly SortKey[];
}

/** `mv-apply`: for each row of `input`, the rows of `body`, which reads that row's expanded values through `outer`. */
export interface Apply extends RelBase {
  readonly kind: 'apply';
  readonly input: Rel;
  readonly body: Rel;
}

/** Inside an apply's body: the rows its expanded items give for the outer row (outer columns are visible as well). */
export interface OuterRow extends RelBase {
  readonly kind: 'outerRow';
  readonly items: readonly ExpandItem[];
  readonly outer: readonly string[];
  readonly indexColumn?: string;
  readonly rowLimit?: Expr;
}

/**
 * `scan`: a state machine over the rows in the order of the column `order` (their numbers from 1). Columns are the input's,
 * the declared ones, the match's number if asked for, and `ORDER_OF_SCAN`, which orders the output. An expression reads what
 * a step last matched as the column `stepColumn(step, name)`.
 */
export interface Sequence extends RelBase {
  readonly kind: 'sequence';
  readonly input: Rel;
  readonly order: string;
  /** A column that is true where a new partition begins: all steps start anew there. */
  readonly begins?: string;
  /** Declared columns and what they are until a step assigns them: constants, or columns of the input that a step assigns to. */
  readonly declared: readonly NamedExpr[];
  readonly matchId?: string;
  readonly steps: readonly SequenceStep[];
}
export interface SequenceStep {
  readonly condition: Expr;
  readonly assignments: readonly NamedExpr[];
  /** Which of a series of repeated matches are given: all rows, the last, or none. */
  readonly output: 'all' | 'last' | 'none';
}
export const ORDER_OF_SCAN = '$scanned';
/** How the columns by which expressions read a step's values are named. */
export const STEP_COLUMN = /^\$step (\d+) (.*)$/s;
/** The column by which a scan's expressions read `name` as step number `step` (from 0) last matched it. */
export const stepColumn = (step: number, name: string): string => `$step ${step} ${name}`;

/**
 * Paths of several edges through a graph (`-[p*1..3]->`): a row each, with the numbers of its first and last node in `$start`
 * and `$end`, of its edges in `$length`, and what is `collected` of the elements on it, in the path's order.
 */
export interface Paths extends RelBase {
  readonly kind: 'paths';
  /** The edges to walk on: `$edge`, `$from`, `$to` (numbers), and what is collected of them. Walked both ways, an edge stands here twice. */
  readonly edges: Rel;
  /** The nodes that may lie inside a path: `$node`, and what is collected of them; left out, any may. */
  readonly inner?: Rel;
  /** The nodes (`$node`) where walking begins: the paths' starts, or their ends when `backward`. */
  readonly seeds: Rel;
  readonly backward: boolean;
  /** How many edges a path has, at least and at most. */
  readonly min: number;
  readonly max: number;
  /** What occurs only once on a path. */
  readonly unique: 'edges' | 'nodes' | 'nothing';
  /** Only shortest paths of each pair of a seed and one of `ends` (`$node`): one of them, or all. */
  readonly shortest?: { readonly output: 'any' | 'all'; readonly ends: Rel };
  readonly collected: readonly Collected[];
}
/** The columns every table of paths has. */
export const PATH = { start: '$start', end: '$end', length: '$length' } as const;
/** A value of each element of a path: `values` a JSON array, `numbers` a list of integers, `any` and `all` whether a condition holds. */
export interface Collected {
  readonly name: string;
  readonly of: 'edges' | 'inner';
  /** The column of `edges` or `inner` that holds the value. */
  readonly column: string;
  readonly how: 'values' | 'numbers' | 'any' | 'all';
}

/** `externaldata`: records of files that the caller lets a query read, every column a text. The engine reads them before the query runs. */
export interface External extends RelBase {
  readonly kind: 'external';
  /** The name by which the engine hands the records over. */
  readonly id: string;
  readonly source: ExternalSource;
}
export interface ExternalSource {
  /** The places as the query writes them. */
  readonly places: readonly string[];
  readonly format: ExternalFormat;
  readonly skipFirst: boolean;
  /** The names of all columns, in the order of the files' cells. */
  readonly columns: readonly string[];
}
export const EXTERNAL_FORMATS = ['csv', 'tsv', 'psv', 'scsv', 'sohsv', 'txt', 'raw', 'json', 'multijson'] as const;
export type ExternalFormat = (typeof EXTERNAL_FORMATS)[number];

/** A table computed once and read in several places (`materialize`); equal ids are the same table. */
export interface Shared extends RelBase {
  readonly kind: 'shared';
  readonly id: string;
  readonly input: Rel;
}

export type Rel =
  | Scan
  | Values
  | Range
  | Filter
  | Project
  | Aggregate
  | Sort
  | Limit
  | DistinctOn
  | Join
  | Union
  | Expand
  | Ordinal
  | Apply
  | OuterRow
  | Sequence
  | Paths
  | External
  | Shared;

export type RelOf<K extends Rel['kind']> = Extract<Rel, { kind: K }>;
export type ExprOf<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** A chart description from `render`, passed through with the result. */
export interface Visualization {
  readonly kind: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** One result table of a query. */
export interface PlanResult {
  readonly name: string;
  readonly rel: Rel;
  readonly visualization?: Visualization;
}
