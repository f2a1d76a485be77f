import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { identifier } from './physical.js';

/** A column to insert: its name and type in DuckDB, and its texts by row ('' is null, or '' for VARCHAR). */
export interface InsertColumn {
  readonly name: string;
  readonly type: string;
  readonly texts: readonly string[];
}

/** Characters that may separate cells and rows: control characters first, then private use. */
const SEPARATORS = [
  '\x1f',
  '\x1e',
  '\x1d',
  '\x1c',
  '\x02',
  '\x03',
  '\ue0f0',
  '\ue0f1',
  '\ue0f2',
  '\ue0f3',
  '\ufdd0',
  '\ufdd1',
];

/** Prepared inserts by their SQL: a few shapes recur for a whole file. */
export class Inserter {
  private readonly statements = new Map<string, DuckDBPreparedStatement>();

  constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Inserts rows as one VARCHAR parameter that DuckDB takes apart itself (measured to be the fastest way in:
   * appending cell by cell costs 400 ns each). Columns that are the same in every row go as parameters of their own.
   */
  async insert(relation: string, rows: number, columns: readonly InsertColumn[]): Promise<void> {
    if (rows === 0) return;
    const varying: InsertColumn[] = [];
    const constant: InsertColumn[] = [];
    for (const column of columns) (isConstant(column.texts, rows) ? constant : varying).push(column);
    const [cell, row] = chooseSeparators(varying);
    const parameters = varying.length > 0 ? [joinRows(varying, rows, cell, row)] : [];
    const sql = insertSql(relation, rows, varying, constant, cell, row);
    const statement = await this.prepare(sql);
    statement.bind([...parameters, ...constant.map(({ texts }) => texts[0] ?? '')]);
    await statement.run();
  }

  close(): void {
    for (const statement of this.statements.values()) statement.destroySync();
    this.statements.clear();
  }

  private async prepare(sql: string): Promise<DuckDBPreparedStatement> {
    const found = this.statements.get(sql);
    if (found) return found;
    if (this.statements.size >= 64) this.close();
    const statement = await this.connection.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function isConstant(texts: readonly string[], rows: number): boolean {
  if (texts.length < rows) return texts.length === 0;
  const first = texts[0];
  for (let at = 1; at < rows; at++) if (texts[at] !== first) return false;
  return true;
}

/** Two separators that occur in no cell. Throws when all twelve do (one batch holds at most some megabytes of text). */
export function chooseSeparators(columns: readonly { readonly texts: readonly string[] }[]): readonly [string, string] {
  const contents = columns.map(({ texts }) => texts.join(''));
  const free: string[] = [];
  for (const separator of [...SEPARATORS, ...privateUse()]) {
    if (contents.some((content) => content.includes(separator))) continue;
    free.push(separator);
    if (free.length === 2) return [free[0]!, free[1]!];
  }
  throw new Error('no character is free to separate cells');
}

function* privateUse(): Generator<string> {
  for (let code = 0xe100; code < 0xf8ff; code++) yield String.fromCharCode(code);
}

function joinRows(columns: readonly InsertColumn[], rows: number, cell: string, row: string): string {
  const lines: string[] = new Array(rows);
  const cells: string[] = new Array(columns.length);
  const texts = columns.map((column) => column.texts);
  for (let at = 0; at < rows; at++) {
    for (let index = 0; index < texts.length; index++) cells[index] = texts[index]![at] ?? '';
    lines[at] = cells.join(cell);
  }
  return lines.join(row);
}

function insertSql(
  relation: string,
  rows: number,
  varying: readonly InsertColumn[],
  constant: readonly InsertColumn[],
  cell: string,
  row: string,
): string {
  const shift = varying.length > 0 ? 2 : 1;
  const expressions = [
    ...varying.map(({ type }, index) => convert(`l[${index + 1}]`, type)),
    ...constant.map(({ type }, index) => convert(`$${index + shift}::VARCHAR`, type)),
  ];
  const split = (text: string, separator: string) => `string_split(${text}, chr(${separator.codePointAt(0)}))`;
  const from = varying.length > 0 ? `(SELECT ${split(`unnest(${split('$1', row)})`, cell)} AS l)` : `range(${rows})`;
  const names = [...varying, ...constant].map(({ name }) => identifier(name));
  return `INSERT INTO ${relation} (${names.join(', ')}) SELECT ${expressions.join(', ')} FROM ${from}`;
}

/** Texts arrive checked (cells.ts), so the casts hold; what V8 takes for JSON and DuckDB doesn't is kept as a JSON string. */
function convert(text: string, type: string): string {
  if (type === 'VARCHAR') return text;
  const orNull = `nullif(${text}, '')`;
  return type === 'JSON' ? `coalesce(try_cast(${orNull} AS JSON), to_json(${orNull}))` : `CAST(${orNull} AS ${type})`;
}
