import { scalarFunction } from '../../functions/index.js';
import { isEvaluable } from '../../functions/scan/evaluate.js';
import { encodeCall } from '../../functions/scan/exchange.js';
import { type Expr, ORDER_OF_SCAN, type RelOf, STEP_COLUMN } from '../../plan/nodes.js';
import { columnsRead } from '../../plan/walk.js';
import { quoteName, quoteText, SQL_TYPE } from './literal.js';
import { indent, ownItems, type Printer, printRel } from './packing.js';
import { type Select, selectFrom } from './select.js';
import { printRounds } from './sequence-rounds.js';

type Sequence = RelOf<'sequence'>;

/** `scan`: in JavaScript where its expressions can be reckoned there (a few microseconds a row), else round by round in SQL. */
export function printSequence(rel: Sequence, printer: Printer): Select {
  const evaluable = expressionsOf(rel).every((expr) => isEvaluable(expr, scalarFunction));
  const text = evaluable ? printCalled(rel, printer) : printRounds(rel, printer);
  return selectFrom(`(\n${indent(text)}\n) AS ${printer.alias()}`, ownItems(rel, printer));
}

const expressionsOf = ({ steps, declared }: Sequence): Expr[] => [
  ...declared.map((of) => of.expr),
  ...steps.flatMap((step) => [step.condition, ...step.assignments.map((of) => of.expr)]),
];

/** All rows handed to the function as lists, one for each column that is read; the rows it gives back are joined with the input's. */
function printCalled(rel: Sequence, printer: Printer): string {
  const { sqlName } = printer;
  const [rows, ran] = [quoteName(`$rows ${printer.alias()}`), quoteName(`$ran ${printer.alias()}`)];
  const { declared, steps, begins } = rel;
  const read = new Set(
    expressionsOf(rel)
      .flatMap((expr) => [...columnsRead(expr)])
      .map((name) => STEP_COLUMN.exec(name)?.[2] ?? name),
  );
  const columns = rel.input.columns.filter((of) => of.name !== rel.order && (read.has(of.name) || of.name === begins));
  const call = encodeCall({ program: { declared, steps, ...(begins === undefined ? {} : { begins }) }, columns });
  const order = sqlName(rel.order);
  const lists = [...columns.map((of) => of.name), rel.order].map(
    (name) => `to_json(list(CAST(${sqlName(name)} AS VARCHAR) ORDER BY ${order}))`,
  );
  const part = (i: number): string => `unnest("$all"[${i + 1}])`;
  const values = declared.map(({ name }, i) => `${part(i + 3)} AS ${quoteName(`$value ${name}`)}`);
  const own = new Map(
    declared.map(({ name, expr }) => [name, `CAST(g.${quoteName(`$value ${name}`)} AS ${SQL_TYPE[expr.type]})`]),
  );
  const items = rel.columns.map(({ name }) => {
    const sql =
      name === ORDER_OF_SCAN
        ? `r.${order} * ${steps.length} - CAST(g."$step" AS BIGINT)`
        : name === rel.matchId
          ? 'CAST(g."$match" AS BIGINT)'
          : (own.get(name) ?? `r.${sqlName(name)}`);
    return `${sql} AS ${sqlName(name)}`;
  });
  return [
    `WITH ${rows} AS MATERIALIZED (\n${indent(printRel(rel.input, printer))}\n), ${ran} AS (`,
    `  SELECT from_json(kql_js_scan_rows(${quoteText(call)}, CAST(json_array(${lists.join(', ')}) AS VARCHAR)), '[["VARCHAR"]]') AS "$all" FROM ${rows}`,
    '), "$given" AS (',
    `  SELECT ${['$row', '$step', '$match']
      .map((name, i) => `${part(i)} AS "${name}"`)
      .concat(values)
      .join(', ')} FROM ${ran}`,
    ')',
    `SELECT ${items.join(', ')} FROM "$given" AS g JOIN ${rows} AS r ON r.${order} = CAST(g."$row" AS BIGINT) + 1`,
  ].join('\n');
}
