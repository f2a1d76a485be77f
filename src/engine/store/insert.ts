import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { quoteName, quoteText } from '../../kql/sql/duckdb/literal.js';
import { type ColumnCells, separatorRow, splitCells, unescaped } from './column-buffer.js';

/** Cells to insert into a column: its name and type in DuckDB. In columns other than VARCHAR, '' is null. */
export interface InsertColumn {
  readonly name: string;
  readonly type: string;
  /** What an empty cell reads as, where that is neither '' nor null. */
  readonly literal?: string;
  /** Undefined when all rows are empty. */
  readonly cells?: ColumnCells;
}

/** Inserts with prepared statements: a few shapes recur for a whole file. */
export class Inserter {
  private readonly statements = new Map<string, DuckDBPreparedStatement>();

  constructor(private readonly connection: DuckDBConnection) {}

  /**
   * Inserts rows by column, each one parameter that DuckDB takes apart itself: the fastest way in that was measured
   * (appending cell by cell costs 400 ns each, splitting row by row half as much again).
   */
  async insert(relation: string, rows: number, columns: readonly InsertColumn[]): Promise<void> {
    if (rows === 0) return;
    const statement = await this.prepare(insertSql(relation, rows, columns));
    let place = 0;
    for (const { cells } of columns) {
      if (!cells) continue;
      // DuckDB takes a copy
      statement.bindBlob(++place, cells.bytes.subarray(0, cells.length));
    }
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

function insertSql(relation: string, rows: number, columns: readonly InsertColumn[]): string {
  const split: string[] = [];
  let place = 0;
  const values = columns.map(({ type, literal, cells }) => {
    if (!cells) return convert("''", type, literal);
    const text = `decode($${++place}::BLOB)`;
    if (cells.same) return convert(cells.escaped ? unescaped(text) : text, type, literal);
    const name = `c${place}`;
    split.push(`unnest(${splitCells(text)}) AS ${name}`);
    return convert(cells.escaped ? unescaped(name) : name, type, literal);
  });
  const names = columns.map(({ name }) => quoteName(name));
  const from = split.length > 0 ? `(SELECT ${split.join(', ')} FROM ${separatorRow})` : `range(${rows})`;
  return `INSERT INTO ${relation} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`;
}

/** Texts arrive checked (cells.ts), so the casts hold; what V8 takes for JSON and DuckDB doesn't is kept as a JSON string. */
function convert(cell: string, type: string, literal: string | undefined): string {
  if (type === 'VARCHAR') return literal === undefined ? cell : `coalesce(nullif(${cell}, ''), ${quoteText(literal)})`;
  const orNull = `nullif(${cell}, '')`;
  return type === 'JSON' ? `coalesce(try_cast(${orNull} AS JSON), to_json(${orNull}))` : `CAST(${orNull} AS ${type})`;
}
