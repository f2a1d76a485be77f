import { missing } from '../../plan/build.js';
import { type Expr, ORDER_OF_SCAN, type RelOf, STEP_COLUMN } from '../../plan/nodes.js';
import { walkExpr } from '../../plan/walk.js';
import { type ExprScope, printExpr } from './expr.js';
import { quoteName, SQL_TYPE } from './literal.js';
import { indent, type Printer, printRel, scopeOf } from './packing.js';
import { selectFrom } from './select.js';

type Sequence = RelOf<'sequence'>;

/** A value of the state: what step `of`, as step `held` holds it, had in column `name`. Step k holds the values of steps up to k. */
interface Cell {
  readonly held: number;
  readonly of: number;
  readonly name: string;
}

/**
 * A scan whose expressions have no JavaScript form, as a recursive query: each round reads the next row and turns the state of all steps into the next. A row is tried
 * against the steps from the last to the first, each in two layers of SELECT: whether it matches, then what the state becomes.
 * A round costs about half a millisecond.
 */
export function printRounds(rel: Sequence, printer: Printer): string {
  const [rows, state] = [quoteName(`$rows ${printer.alias()}`), quoteName(`$state ${printer.alias()}`)];
  const cells = cellsOf(rel);
  const order = printer.sqlName(rel.order);
  const base = [
    '0::BIGINT AS "$n"',
    '-1::BIGINT AS "$matches"',
    ...rel.steps.flatMap((_, k) => [
      `false AS ${active(k)}`,
      `NULL::BIGINT AS ${matchOf(k)}`,
      `false AS ${matched(k)}`,
      `false AS ${repeated(k)}`,
      ...rel.declared.map(({ name, expr }) => `NULL::${SQL_TYPE[expr.type]} AS ${assigned(k, name)}`),
    ]),
    ...cells.map((cell) => `NULL::${SQL_TYPE[typeOf(rel, cell.name)]} AS ${cellName(cell)}`),
  ].join(', ');
  const begins = rel.begins && `r.${printer.sqlName(rel.begins)}`;
  const kept = begins
    ? ` REPLACE (${['CASE WHEN $b THEN -1 ELSE "$matches" END AS "$matches"', ...rel.steps.map((_, k) => `(${active(k)} AND NOT $b) AS ${active(k)}`)].join(', ').replaceAll('$b', begins)})`
    : '';
  let step = `SELECT r.*, s.* EXCLUDE ("$n")${kept}, r.${order} AS "$n" FROM ${state} AS s JOIN ${rows} AS r ON r.${order} = s."$n" + 1`;
  for (let k = rel.steps.length - 1; k >= 0; k--) step = tried(rel, k, cells, step, printer);
  const names = ['"$n"', '"$matches"', ...rel.steps.flatMap((_, k) => stateColumns(rel, k)), ...cells.map(cellName)];
  const outputs = rel.steps.flatMap((of, k) =>
    of.output === 'none' ? [] : [output(rel, k, order, rows, state, printer)],
  );
  const nothing = `SELECT * FROM (${output(rel, 0, order, rows, state, printer)}) WHERE false`;
  return [
    `WITH RECURSIVE ${rows} AS MATERIALIZED (\n${indent(printRel(rel.input, printer))}\n)`,
    `, ${state} AS (\n  SELECT ${base}\n  UNION ALL\n  SELECT ${names.join(', ')} FROM (\n${indent(step)}\n  )\n)`,
    (outputs.length > 0 ? outputs : [nothing]).join('\nUNION ALL\n'),
  ].join('\n');
}

const active = (k: number): string => `"$active ${k}"`;
const matchOf = (k: number): string => `"$match ${k}"`;
const matched = (k: number): string => `"$matched ${k}"`;
const repeated = (k: number): string => `"$repeated ${k}"`;
const promoted = (k: number): string => `"$promoted ${k}"`;
const assigned = (k: number, name: string): string => quoteName(`$assigned ${k} ${name}`);
const cellName = ({ held, of, name }: Cell): string => quoteName(`$cell ${held} ${of} ${name}`);
const stateColumns = (rel: Sequence, k: number): string[] => [
  active(k),
  matchOf(k),
  matched(k),
  repeated(k),
  ...rel.declared.map(({ name }) => assigned(k, name)),
];

const typeOf = (rel: Sequence, name: string) =>
  (rel.declared.find((of) => of.name === name)?.expr ?? rel.input.columns.find((of) => of.name === name))!.type;

/** The cells that some expression reads, in every step that holds them. */
function cellsOf(rel: Sequence): Cell[] {
  const read = new Map<string, { of: number; name: string }>();
  for (const { condition, assignments } of rel.steps) {
    for (const expr of [condition, ...assignments.map((item) => item.expr)]) {
      walkExpr(expr, (node) => {
        const match = node.kind === 'column' ? STEP_COLUMN.exec(node.name) : null;
        if (match) read.set(match[0], { of: Number(match[1]), name: match[2]! });
      });
    }
  }
  return rel.steps.flatMap((_, held) =>
    [...read.values()].filter(({ of }) => of <= held).map((cell) => ({ held, ...cell })),
  );
}

/** Two layers around `from`: does the row match step k, by the previous step's state or its own; and the state after it. */
function tried(rel: Sequence, k: number, cells: readonly Cell[], from: string, printer: Printer): string {
  const { condition, assignments } = rel.steps[k]!;
  const holds = (held: number): string =>
    `coalesce(${printExpr(
      condition,
      scopeWith(rel, printer, (of, name, start) =>
        of > held ? start : `CASE WHEN ${active(held)} THEN ${cellName({ held, of, name })} ELSE ${start} END`,
      ),
    )}, false)`;
  const advances = k > 0 ? `(${active(k - 1)} AND ${holds(k - 1)})` : 'false';
  const stays = `${k > 0 ? `${active(k)} AND ` : ''}${holds(k)}`;
  const tests = `SELECT *, ${advances} AS ${promoted(k)}, (${stays}) AS "$own ${k}" FROM (\n${indent(from)}\n)`;

  const match = `(${promoted(k)} OR "$own ${k}")`;
  const current = scopeWith(rel, printer, (of, name, start) => {
    const before = of < k ? cellName({ held: k - 1, of, name }) : start;
    const own = of <= k ? cellName({ held: k, of, name }) : start;
    return `CASE WHEN ${promoted(k)} THEN ${before} WHEN ${active(k)} THEN ${own} ELSE ${start} END`;
  });
  const values = new Map(
    rel.declared.map(({ name, expr }) => [
      name,
      printExpr(assignments.find((of) => of.name === name)?.expr ?? expr, current),
    ]),
  );
  const begins = k === 0 ? `("$own 0" AND NOT ${active(0)})` : 'false';
  const own = (name: string): string => values.get(name) ?? printer.sqlName(name);
  const replaced = new Map<string, string>([
    ['"$matches"', `"$matches" + CASE WHEN ${begins} THEN 1 ELSE 0 END`],
    [active(k), `(${active(k)} OR ${match})`],
    [
      matchOf(k),
      k === 0
        ? `CASE WHEN ${begins} THEN "$matches" + 1 ELSE ${matchOf(0)} END`
        : `CASE WHEN ${promoted(k)} THEN ${matchOf(k - 1)} ELSE ${matchOf(k)} END`,
    ],
    [matched(k), match],
    [repeated(k), `(${match} AND NOT ${promoted(k)} AND ${active(k)})`],
    ...rel.declared.map(({ name }): [string, string] => [assigned(k, name), values.get(name)!]),
    ...cells
      .filter((cell) => cell.held === k)
      .map((cell): [string, string] => {
        if (cell.of === k)
          return [cellName(cell), `CASE WHEN ${match} THEN ${own(cell.name)} ELSE ${cellName(cell)} END`];
        const before = cellName({ ...cell, held: k - 1 });
        return [cellName(cell), `CASE WHEN ${promoted(k)} THEN ${before} ELSE ${cellName(cell)} END`];
      }),
  ]);
  if (k > 0) {
    replaced.set(active(k - 1), `(${active(k - 1)} AND NOT ${promoted(k)})`);
    for (const cell of cells.filter((of) => of.held === k - 1)) {
      replaced.set(cellName(cell), `CASE WHEN ${promoted(k)} THEN NULL ELSE ${cellName(cell)} END`);
    }
  }
  const changes = [...replaced].map(([name, sql]) => `${sql} AS ${name}`).join(', ');
  return `SELECT * REPLACE (${changes}) FROM (\n${indent(tests)}\n)`;
}

/** Columns of the row as they are; a step's by `cell`, which is told the value it has at the start. */
function scopeWith(
  rel: Sequence,
  printer: Printer,
  cell: (of: number, name: string, start: string) => string,
): ExprScope {
  const plain = scopeOf(selectFrom(undefined, []), printer);
  const initial = (name: string): Expr =>
    rel.declared.find((of) => of.name === name && of.expr.kind === 'literal')?.expr ?? missing(typeOf(rel, name));
  return {
    ...plain,
    column: (name, side) => {
      const match = STEP_COLUMN.exec(name);
      if (!match) return plain.column(name, side);
      const [of, column] = [Number(match[1]), match[2]!];
      return `(${cell(of, column, printExpr(initial(column), plain))})`;
    },
  };
}

/** The rows that matched step k, with what it assigned. */
function output(rel: Sequence, k: number, order: string, rows: string, state: string, printer: Printer): string {
  const declared = new Set(rel.declared.map((of) => of.name));
  const items = rel.columns.map((of) => {
    const sql =
      of.name === ORDER_OF_SCAN
        ? `r.${order} * ${rel.steps.length} - ${k}`
        : of.name === rel.matchId
          ? `s.${matchOf(k)}`
          : declared.has(of.name)
            ? `s.${assigned(k, of.name)}`
            : `r.${printer.sqlName(of.name)}`;
    return `${sql} AS ${printer.sqlName(of.name)}`;
  });
  const last =
    rel.steps[k]!.output === 'last'
      ? `\nQUALIFY NOT coalesce(lead(s.${repeated(k)}) OVER (ORDER BY s."$n"), false)`
      : '';
  return `SELECT ${items.join(', ')} FROM ${state} AS s JOIN ${rows} AS r ON r.${order} = s."$n" WHERE s.${matched(k)}${last}`;
}
