import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../kql/sql/duckdb/literal.js';
import type { Separators } from './separators.js';

/** A column to insert into: its name and type in DuckDB. */
export interface InsertColumn {
  readonly name: string;
  readonly type: string;
  /** What an empty cell reads as, where that is neither '' nor null. */
  readonly literal?: string;
}

export interface InsertCell extends InsertColumn {
  /** Place of its cell in a row, from 0. */
  readonly at: number;
  /** What rows read as that have no such cell (joined before the column came up); undefined when all have it. */
  readonly fallback?: string;
}

export interface InsertConstant extends InsertColumn {
  readonly text: string;
}

/** Rows to insert: each the cells of `columns` joined. In columns other than VARCHAR, '' is null. */
export interface InsertRows {
  readonly rows: readonly string[];
  readonly separators: Separators;
  readonly columns: readonly InsertCell[];
  readonly constants: readonly InsertConstant[];
}

/** Inserts with prepared statements: a few shapes recur for a whole file. */
export class Inserter {
  private readonly statements = new Map<string, DuckDBPreparedStatement>();

  constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Inserts rows as one VARCHAR parameter that DuckDB takes apart itself: the fastest way in that was measured
   * (appending cell by cell costs 400 ns each). Columns that are the same in every row are parameters of their own.
   */
  async insert(relation: string, insert: InsertRows): Promise<void> {
    if (insert.rows.length === 0) return;
    const { sql, parameters } = insertSql(relation, insert);
    const statement = await this.prepare(sql);
    statement.bind(parameters);
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

function insertSql(
  relation: string,
  { rows, separators, columns, constants }: InsertRows,
): { readonly sql: string; readonly parameters: string[] } {
  const parameters: string[] = [];
  const parameter = (value: string): string => `$${parameters.push(value)}::VARCHAR`;
  const split = (from: string, separator: string): string => `string_split(${from}, chr(${separator.codePointAt(0)}))`;
  const from =
    columns.length > 0
      ? `(SELECT ${split(`unnest(${split(parameter(rows.join(separators.row)), separators.row)})`, separators.cell)} AS l)`
      : `range(${rows.length})`;
  const cells = columns.map(({ at, type, fallback, literal }) => {
    const cell = `l[${at + 1}]`;
    return convert(fallback === undefined ? cell : `coalesce(${cell}, ${parameter(fallback)})`, type, literal);
  });
  const same = constants.map(({ text: value, type, literal }) => convert(parameter(value), type, literal));
  const names = [...columns, ...constants].map(({ name }) => quoteName(name));
  const sql = `INSERT INTO ${relation} (${names.join(', ')}) SELECT ${[...cells, ...same].join(', ')} FROM ${from}`;
  return { sql, parameters };
}

/** Texts arrive checked (cells.ts), so the casts hold; what V8 takes for JSON and DuckDB doesn't is kept as a JSON string. */
function convert(cell: string, type: string, literal: string | undefined): string {
  if (type === 'VARCHAR') return literal === undefined ? cell : `coalesce(nullif(${cell}, ''), ${quoteText(literal)})`;
  const orNull = `nullif(${cell}, '')`;
  return type === 'JSON' ? `coalesce(try_cast(${orNull} AS JSON), to_json(${orNull}))` : `CAST(${orNull} AS ${type})`;
}
