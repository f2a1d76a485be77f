import { conjuncts } from '../../plan/conjuncts.js';
import type { Expr, JoinKind, NamedExpr, Rel, RelOf, SortKey } from '../../plan/nodes.js';
import { ORDER_COLUMN } from '../../plan/order.js';
import { readsOuterRow } from '../../plan/outer.js';
import { someExpr, walkExpr } from '../../plan/walk.js';
import type { PrintOptions } from '../dialect.js';
import { dayConditions } from './archived-days.js';
import { printExpand, printOuterRow } from './expand.js';
import { type ExprScope, printExpr, printPredicate, printSortKey } from './expr.js';
import { printLiteral, quoteText, SQL_TYPE } from './literal.js';
import { columnNames } from './names.js';
import { withoutNestedWindows, withoutWindows } from './nested-windows.js';
import { arranged, indent, nested, ownItems, type Printer, printRel, scopeOf, wrap } from './packing.js';
import { printPaths } from './paths.js';
import { type Item, isOpen, printSelect, type Select, selectFrom } from './select.js';
import { printSequence } from './sequence.js';

/** The SQL of a whole plan: `WITH` for shared tables, then one SELECT with the rel's columns in order. */
export function printQuery(rel: Rel, options: PrintOptions): string {
  let aliases = 0;
  const printer: Printer = {
    build,
    options,
    sqlName: columnNames(rel),
    shared: new Map(),
    outer: new Map(),
    alias: () => `t${++aliases}`,
  };
  const body = printRel(rel, printer);
  const tables = [...printer.shared].map(([id, sql]) => `"${id}" AS MATERIALIZED (\n${sql}\n)`);
  return tables.length > 0 ? `WITH ${tables.join(',\n')}\n${body}` : body;
}

type Build<K extends Rel['kind']> = (rel: RelOf<K>, printer: Printer) => Select;

const BUILD: { readonly [K in Rel['kind']]: Build<K> } = {
  scan: buildScan,
  values: buildValues,
  range: buildRange,
  filter: buildFilter,
  project: buildProject,
  aggregate: buildAggregate,
  sort: buildSort,
  limit: buildLimit,
  distinctOn: buildDistinctOn,
  join: buildJoin,
  union: buildUnion,
  expand: printExpand,
  ordinal: buildOrdinal,
  apply: buildApply,
  outerRow: printOuterRow,
  sequence: printSequence,
  paths: printPaths,
  external: buildExternal,
  shared: buildShared,
};

function build(rel: Rel, printer: Printer): Select {
  return (BUILD[rel.kind] as Build<typeof rel.kind>)(rel as never, printer);
}

/** A SELECT over `rel` in which these expressions may be written without computing anything twice or out of turn. */
function opened(rel: Rel, reads: readonly Expr[], printer: Printer, once: boolean, filters = true): Select {
  const select = build(rel, printer);
  if (!isOpen(select)) return wrap(select, rel, printer);
  if (filters && select.items.some((item) => item.window)) return afterWindows(select, rel, printer);
  const uses = new Map<string, number>();
  for (const expr of reads) {
    walkExpr(expr, (node) => {
      if (node.kind === 'column') uses.set(node.name, (uses.get(node.name) ?? 0) + 1);
    });
  }
  const allowed = once ? 1 : 0;
  const fits = select.items.every((item) => item.simple || (uses.get(item.name) ?? 0) <= (item.subquery ? 0 : allowed));
  return fits ? select : wrap(select, rel, printer);
}

/** A SELECT over one with window functions, which are computed before rows are left out; in the same order. */
function afterWindows(select: Select, rel: Rel, printer: Printer): Select {
  const wrapped = wrap(select, rel, printer);
  const ordered = select.orderBy && rel.columns.some((of) => of.name === ORDER_COLUMN);
  return ordered ? { ...wrapped, orderBy: [`${printer.sqlName(ORDER_COLUMN)} ASC`] } : wrapped;
}

const isSimple = (expr: Expr): boolean => expr.kind === 'literal' || expr.kind === 'column';
const hasSubquery = (expr: Expr): boolean =>
  someExpr(expr, (node) => node.kind === 'scalarSubquery' || node.kind === 'inSubquery');
const hasWindow = (expr: Expr): boolean => someExpr(expr, (node) => node.kind === 'window');

function buildScan(rel: RelOf<'scan'>, printer: Printer): Select {
  const stored = printer.options.stored(rel.table);
  const items = rel.columns.map((of): Item => {
    const sql = stored.column(of.name);
    if (sql !== undefined) return { name: of.name, sql, simple: true };
    return {
      name: of.name,
      sql: printLiteral({ kind: 'literal', type: of.type, value: null }),
      simple: true,
      constant: true,
    };
  });
  const select = selectFrom(stored.relation, items);
  if (!stored.relation) return { ...select, where: ['false'] };
  const { days } = stored;
  const timeSql = days && stored.column(days.time);
  return timeSql ? { ...select, days: { time: days.time, timeSql, daySql: days.sql } } : select;
}

function buildValues(rel: RelOf<'values'>, printer: Printer): Select {
  const scope = scopeOf(selectFrom(undefined, []), printer);
  const cells = rel.rows.map((row) => row.map((cell) => printExpr(cell, scope)));
  if (cells.length === 1) {
    return selectFrom(
      undefined,
      rel.columns.map((of, i) => ({
        name: of.name,
        sql: cells[0]![i]!,
        simple: isSimple(rel.rows[0]![i]!),
        constant: rel.rows[0]![i]!.kind === 'literal',
      })),
    );
  }
  if (cells.length === 0) {
    const items = rel.columns.map((of) => ({ name: of.name, sql: `NULL::${SQL_TYPE[of.type]}`, simple: true }));
    return { ...selectFrom(undefined, items), where: ['false'] };
  }
  const rows = cells.map((row) => `(${row.join(', ')})`).join(',\n  ');
  const names = rel.columns.map((of) => printer.sqlName(of.name)).join(', ');
  return selectFrom(`(VALUES ${rows}) AS ${printer.alias()}(${names})`, ownItems(rel, printer));
}

function buildRange(rel: RelOf<'range'>, printer: Printer): Select {
  const scope = scopeOf(selectFrom(undefined, []), printer);
  const [from, to, step] = [rel.from, rel.to, rel.step].map((expr) => printExpr(expr, scope));
  const [of] = rel.columns;
  const name = of!.name;
  const alias = printer.alias();
  if (of!.type === 'real' || of!.type === 'decimal') {
    const series = `generate_series(0::BIGINT, CAST(floor((${to} - ${from}) / ${step} + 1e-9) AS BIGINT)) AS ${alias}(i)`;
    return selectFrom(series, [{ name, sql: `(${from} + ${alias}.i * ${step})`, simple: false }]);
  }
  const series = `generate_series(CAST(${from} AS BIGINT), CAST(${to} AS BIGINT), CAST(${step} AS BIGINT)) AS ${alias}(i)`;
  return selectFrom(series, [
    { name, sql: of!.type === 'int' ? `CAST(${alias}.i AS INTEGER)` : `${alias}.i`, simple: true },
  ]);
}

function buildFilter(rel: RelOf<'filter'>, printer: Printer): Select {
  const select = opened(rel.input, [rel.predicate], printer, false);
  const scope = scopeOf(select, printer);
  return {
    ...select,
    where: [
      ...select.where,
      ...conjuncts(rel.predicate).map((expr) => printPredicate(expr, scope)),
      ...(select.days ? dayConditions(rel.predicate, select.days, scope) : []),
    ],
  };
}

function buildProject(given: RelOf<'project'>, printer: Printer): Select {
  const rel = withoutNestedWindows(given);
  const select = opened(
    rel.input,
    rel.items.map((item) => item.expr),
    printer,
    !rel.items.some((item) => hasWindow(item.expr)),
    false,
  );
  const scope = scopeOf(select, printer);
  const byName = new Map(select.items.map((item) => [item.name, item]));
  const items = rel.items.map(({ name, expr }): Item => {
    const source = expr.kind === 'column' ? byName.get(expr.name) : undefined;
    const constant = expr.kind === 'literal' || source?.constant === true;
    return {
      name,
      sql: printExpr(expr, scope),
      simple: source ? source.simple : isSimple(expr),
      ...(constant ? { constant } : {}),
      ...(hasWindow(expr) || readsWindow(expr, byName) ? { window: true } : {}),
      ...(hasSubquery(expr) ? { subquery: true } : {}),
    };
  });
  const order = windowOrder(rel.items);
  if (!order || select.orderBy) return { ...select, items };
  return { ...select, items, orderBy: [printSortKey(order, scope)] };
}

const readsWindow = (expr: Expr, items: ReadonlyMap<string, Item>): boolean =>
  someExpr(expr, (node) => node.kind === 'column' && items.get(node.name)?.window === true);

/** What the rows of a projection with window functions are ordered by: SQL would give them in any order. */
function windowOrder(items: readonly NamedExpr[]): SortKey | undefined {
  let order: SortKey | undefined;
  for (const { expr } of items) {
    walkExpr(expr, (node) => {
      if (node.kind === 'window') order ??= node.order[0];
    });
  }
  return order;
}

function buildAggregate(given: RelOf<'aggregate'>, printer: Printer): Select {
  const rel = withoutWindows(given);
  const named = [...rel.groups, ...rel.aggregates];
  const input = opened(
    rel.input,
    named.map((item) => item.expr),
    printer,
    true,
  );
  const select = input.orderBy ? { ...input, orderBy: undefined } : input;
  const scope = scopeOf(select, printer);
  const items = named.map(({ name, expr }): Item => ({ name, sql: printExpr(expr, scope), simple: false }));
  return { ...select, items, groups: rel.groups.length };
}

function buildSort(rel: RelOf<'sort'>, printer: Printer): Select {
  const input = build(rel.input, printer);
  const select =
    input.limit || input.distinctOn || input.items.some((item) => !item.simple)
      ? wrap(input, rel.input, printer)
      : input;
  const scope = scopeOf(select, printer);
  // DuckDB refuses a constant in ORDER BY
  const keys = rel.keys.filter((key) => !isConstant(key.expr, select));
  return { ...select, orderBy: keys.map((key) => printSortKey(key, scope)) };
}

function buildLimit(rel: RelOf<'limit'>, printer: Printer): Select {
  const lower = belowProjections(rel);
  if (lower) return build(lower, printer);
  const input = build(rel.input, printer);
  const select = input.limit || input.distinctOn ? wrap(input, rel.input, printer) : input;
  return { ...select, limit: printExpr(rel.count, scopeOf(selectFrom(undefined, []), printer)) };
}

/** From so many projections under each other on, a limit stands below them. */
const MOST_PROJECTIONS = 5;

/**
 * To see whether rows can be fetched late, DuckDB writes all the projections under a limit into each other: 2^n terms where
 * each level reads two columns of the one below twice, in a step that can't be interrupted.
 */
function belowProjections(rel: RelOf<'limit'>): Rel | undefined {
  const above: RelOf<'project'>[] = [];
  let input = rel.input;
  while (input.kind === 'project' && !input.items.some((item) => hasWindow(item.expr))) {
    above.push(input);
    input = input.input;
  }
  if (above.length < MOST_PROJECTIONS) return undefined;
  const cut: Rel = { ...rel, input, columns: input.columns };
  return above.reduceRight((below, project): Rel => ({ ...project, input: below }), cut);
}

function buildDistinctOn(rel: RelOf<'distinctOn'>, printer: Printer): Select {
  const input = opened(rel.input, rel.keys, printer, false);
  const select = input.orderBy ? wrap(input, rel.input, printer) : input;
  // DuckDB refuses a constant in DISTINCT ON
  const keys = rel.keys.filter((key) => !isConstant(key, select));
  if (keys.length === 0) return { ...select, limit: '1' };
  const scope = scopeOf(select, printer);
  return { ...select, distinctOn: keys.map((key) => printExpr(key, scope)) };
}

const isConstant = (expr: Expr, select: Select): boolean =>
  expr.kind === 'literal' ||
  (expr.kind === 'column' && select.items.some((item) => item.name === expr.name && item.constant === true));

const JOIN: Readonly<Record<JoinKind, string>> = {
  inner: 'JOIN',
  leftouter: 'LEFT JOIN',
  rightouter: 'RIGHT JOIN',
  fullouter: 'FULL JOIN',
  leftsemi: 'SEMI JOIN',
  leftanti: 'ANTI JOIN',
  cross: 'CROSS JOIN',
};

/** Sides whose row may be missing: their strings become '' there, since a Kusto string is never null. */
const MISSING_SIDE: Partial<Record<JoinKind, readonly ('left' | 'right')[]>> = {
  leftouter: ['right'],
  rightouter: ['left'],
  fullouter: ['left', 'right'],
};

function buildJoin(rel: RelOf<'join'>, printer: Printer): Select {
  const [l, r] = [printer.alias(), printer.alias()];
  const sides = { left: joinSide(rel.left, l, printer), right: joinSide(rel.right, r, printer) };
  const scope: ExprScope = {
    ...scopeOf(selectFrom(undefined, []), printer),
    column: (name, side) => `${side === 'right' ? r : l}.${printer.sqlName(name)}`,
  };
  const conditions = rel.keys.map(({ left, right }) => {
    const operator = left.type === 'string' ? '=' : 'IS NOT DISTINCT FROM';
    return `${printExpr(left, scope)} ${operator} ${printExpr(right, scope)}`;
  });
  if (rel.condition) conditions.push(printPredicate(rel.condition, scope));
  const on = rel.joinKind === 'cross' ? '' : ` ON ${conditions.length > 0 ? conditions.join(' AND ') : 'true'}`;
  const missing = MISSING_SIDE[rel.joinKind] ?? [];
  const types = new Map(rel.columns.map((of) => [of.name, of.type]));
  const items = rel.items.map((item): Item => {
    const sql = `${item.side === 'right' ? r : l}.${printer.sqlName(item.source)}`;
    const padded = missing.includes(item.side) && types.get(item.name) === 'string';
    return { name: item.name, sql: padded ? `coalesce(${sql}, '')` : sql, simple: true };
  });
  return selectFrom(`${sides.left} ${JOIN[rel.joinKind]} ${sides.right}${on}`, items);
}

const joinSide = (rel: Rel, alias: string, printer: Printer): string =>
  `(\n${indent(printRel(rel, printer))}\n) AS ${alias}`;

function buildUnion(rel: RelOf<'union'>, printer: Printer): Select {
  const parts = rel.inputs.map((input) => {
    const select = arranged(build(input, printer), input);
    const text = printSelect(select, printer.sqlName);
    return select.orderBy || select.limit ? `(${text})` : text;
  });
  return selectFrom(`(\n${indent(parts.join('\nUNION ALL\n'))}\n) AS ${printer.alias()}`, ownItems(rel, printer));
}

function buildOrdinal(rel: RelOf<'ordinal'>, printer: Printer): Select {
  const select = opened(
    rel.input,
    rel.keys.map((key) => key.expr),
    printer,
    false,
  );
  const scope = scopeOf(select, printer);
  const order = rel.keys.map((key) => printSortKey(key, scope)).join(', ');
  const number: Item = {
    name: rel.name,
    sql: `row_number() OVER (${order ? `ORDER BY ${order}` : ''})`,
    simple: false,
  };
  return wrap({ ...select, items: [...select.items, number] }, rel, printer);
}

/** Correlates a body with each row of the input by LATERAL; the body's `outerRow` reads the row's columns. */
function buildApply(rel: RelOf<'apply'>, printer: Printer): Select {
  const [l, r] = [printer.alias(), printer.alias()];
  const outer = new Map(rel.input.columns.map((of) => [of.name, `${l}.${printer.sqlName(of.name)}`]));
  const body = printRel(rel.body, { ...printer, outer });
  const from = `${joinSide(rel.input, l, printer)}, LATERAL (\n${indent(body)}\n) AS ${r}`;
  const own = new Set(rel.body.columns.map((of) => of.name));
  const items = rel.columns.map(
    (of): Item => ({ name: of.name, sql: `${own.has(of.name) ? r : l}.${printer.sqlName(of.name)}`, simple: true }),
  );
  return selectFrom(from, items);
}

/** Records that the engine has put into a variable, as arrays of texts. */
function buildExternal(rel: RelOf<'external'>, printer: Printer): Select {
  const alias = printer.alias();
  const items = rel.columns.map((of): Item => {
    const sql = `coalesce(${alias}.r[${rel.source.columns.indexOf(of.name) + 1}], '')`;
    return { name: of.name, sql, simple: false };
  });
  const records = `from_json(getvariable(${quoteText(rel.id)}), '[["VARCHAR"]]')`;
  return selectFrom(`(SELECT unnest(${records}) AS r) AS ${alias}`, items);
}

function buildShared(rel: RelOf<'shared'>, printer: Printer): Select {
  // what depends on the row around it can't stand in front of the query
  if (readsOuterRow(rel.input)) return nested(rel.input, printer);
  if (!printer.shared.has(rel.id)) {
    const sql = printRel(rel.input, printer);
    printer.shared.set(rel.id, sql);
  }
  return selectFrom(`"${rel.id}"`, ownItems(rel, printer));
}
