import { checkTime } from '../../../util/deadline.js';
import { trawlError } from '../../../util/errors.js';
import { aggregateFunction, scalarFunction, windowFunction } from '../../functions/index.js';
import type { PrintContext, RegistryRow, ScalarFunction, SqlArgument } from '../../functions/registry.js';
import { column } from '../../plan/build.js';
import type { Expr, ExprOf, Rel, SortKey } from '../../plan/nodes.js';
import { someExpr } from '../../plan/walk.js';
import { printLiteral, quoteName, SQL_TYPE } from './literal.js';
import { barsSubqueries } from './prelude/index.js';

/** What an expression needs while it is printed: its columns' SQL and a printer for subqueries. */
export interface ExprScope {
  column(name: string, side?: 'left' | 'right'): string;
  /** Whether arithmetic must wrap around. */
  readonly wrapping?: boolean;
  subquery(rel: Rel): { readonly sql: string; readonly columns: readonly string[] };
}

type Printer<K extends Expr['kind']> = (expr: ExprOf<K>, scope: ExprScope) => string;

const PRINT: { readonly [K in Expr['kind']]: Printer<K> } = {
  literal: (expr) => printLiteral(expr),
  column: (expr, scope) => scope.column(expr.name, expr.side),
  call: (expr, scope) => printCall(expr, scope),
  aggregate: (expr, scope) => {
    const row = aggregateFunction(expr.name);
    const order = expr.order ? printExpr(expr.order, scope) : undefined;
    return printRow(row, expr, scope, { type: expr.type, ...(order ? { order } : {}) });
  },
  window: printWindow,
  scalarSubquery: (expr, scope) => {
    const { sql, columns } = scope.subquery(expr.rel);
    const value = `(SELECT ${columns[0]} FROM (${sql}) LIMIT 1)`;
    return expr.type === 'string' ? `coalesce(${value}, '')` : value;
  },
  inSubquery: (expr, scope) => {
    const { sql, columns } = scope.subquery(expr.rel);
    const value = printExpr(expr.value, scope);
    const [left, right] = expr.fold
      ? [`lower(${value})`, `lower(CAST(${columns[0]} AS VARCHAR))`]
      : [value, `CAST(${columns[0]} AS ${SQL_TYPE[expr.value.type]})`];
    return `(${left} IN (SELECT ${right} FROM (${sql}) WHERE ${columns[0]} IS NOT NULL))`;
  },
};

/** The SQL of a scalar expression. */
export function printExpr(expr: Expr, scope: ExprScope): string {
  checkTime();
  return (PRINT[expr.kind] as Printer<typeof expr.kind>)(expr as never, scope);
}

/** The SQL of a condition for WHERE, where null counts as false: comparisons need no care for nulls there. */
export function printPredicate(expr: Expr, scope: ExprScope): string {
  if (expr.kind !== 'call') return printExpr(expr, scope);
  if (expr.name === 'and' || expr.name === 'or') {
    return `(${expr.args.map((arg) => printPredicate(arg, scope)).join(` ${expr.name.toUpperCase()} `)})`;
  }
  return printCall(expr, scope, true);
}

/** An ORDER BY term; Kusto's null order is always written out. */
export const printSortKey = (key: SortKey, scope: ExprScope): string =>
  `${printExpr(key.expr, scope)} ${key.descending ? 'DESC' : 'ASC'} NULLS ${key.nullsFirst ? 'FIRST' : 'LAST'}`;

function printCall(expr: ExprOf<'call'>, scope: ExprScope, predicate = false): string {
  const row = scalarFunction(expr.name);
  if (row?.js && !row.duckdb) return printJavascript(row, expr, scope);
  return (
    (readsTable(expr) ? withNamedArguments(row, expr, scope) : undefined) ??
    printRow(row, expr, scope, { type: expr.type, predicate })
  );
}

const readsTable = (expr: ExprOf<'call'>): boolean =>
  expr.args.some((arg) => someExpr(arg, (node) => node.kind === 'scalarSubquery'));

/**
 * DuckDB has no subquery inside a lambda or a TRY: where one is an argument of a function printed with those, the arguments become
 * columns of a row of their own. Undefined for a function without them.
 */
function withNamedArguments(row: RegistryRow | undefined, expr: ExprOf<'call'>, scope: ExprScope): string | undefined {
  const name = (i: number): string => `$argument ${i}`;
  const args = expr.args.map((arg, i) => (arg.kind === 'literal' ? arg : column({ name: name(i), type: arg.type })));
  const body = printRow(row, { name: expr.name, args }, { ...scope, column: quoteName }, { type: expr.type });
  if (!barsSubqueries(body)) return undefined;
  const items = expr.args.flatMap((arg, i) =>
    arg.kind === 'literal' ? [] : [`${printExpr(arg, scope)} AS ${quoteName(name(i))}`],
  );
  return `(SELECT ${body} FROM (SELECT ${items.join(', ')}))`;
}

/** A call of a row's JavaScript; arguments left out are null. */
function printJavascript(row: ScalarFunction, expr: ExprOf<'call'>, scope: ExprScope): string {
  const declared = Array.isArray(row.args) ? row.args.length : expr.args.length;
  const args = Array.from({ length: declared }, (_, i) => (expr.args[i] ? printExpr(expr.args[i], scope) : 'NULL'));
  const called = `kql_js_${row.name}(${args.join(', ')})`;
  return expr.type === 'dynamic'
    ? `CAST(${called} AS JSON)`
    : expr.type === 'string'
      ? `coalesce(${called}, '')`
      : called;
}

function printWindow(expr: ExprOf<'window'>, scope: ExprScope): string {
  const partition =
    expr.partition.length > 0 ? `PARTITION BY ${expr.partition.map((key) => printExpr(key, scope)).join(', ')} ` : '';
  const order = expr.order.length > 0 ? `ORDER BY ${expr.order.map((key) => printSortKey(key, scope)).join(', ')}` : '';
  return printRow(windowFunction(expr.name), expr, scope, { type: expr.type, over: `OVER (${partition}${order})` });
}

interface Called {
  readonly name: string;
  readonly args: readonly Expr[];
}

function printRow(
  row: RegistryRow | undefined,
  { name, args }: Called,
  scope: ExprScope,
  context: PrintContext,
): string {
  const within: PrintContext = scope.wrapping ? { ...context, wrapping: true } : context;
  if (!row || !('duckdb' in row) || !row.duckdb) throw trawlError('internal', { reason: `no SQL for ${name}` });
  const { conditions } = row;
  const isCondition = (i: number): boolean =>
    typeof conditions === 'function' ? conditions(i, args.length) : (conditions?.includes(i) ?? false);
  const printed: SqlArgument[] = args.map((arg, i) => ({
    sql: isCondition(i) ? printPredicate(arg, scope) : printExpr(arg, scope),
    type: arg.type,
    expr: arg,
    ...(arg.kind === 'literal' ? { literal: arg } : {}),
  }));
  return typeof row.duckdb === 'function' ? row.duckdb(printed, within) : fillTemplate(row.duckdb, printed, within);
}

/** `$1`… become the arguments, `$*` all of them, `$OVER` the window. */
function fillTemplate(template: string, args: readonly SqlArgument[], { over = '' }: PrintContext): string {
  return template.replace(/\$(\d+|\*|OVER)/g, (_, which: string) => {
    if (which === 'OVER') return over;
    return which === '*' ? args.map((arg) => arg.sql).join(', ') : (args[Number(which) - 1]?.sql ?? 'NULL');
  });
}
