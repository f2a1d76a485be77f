import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { ENCODERS, typeOfCell } from './cells.js';
import type { Cell, Row } from './row.js';
import type { FilledColumn } from './segment.js';
import { TableColumn } from './table-column.js';

/** Rows of one table on their way to an insert. */
export interface BufferedRows {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly FilledColumn[];
  /** Types of the columns. */
  readonly types: ReadonlyMap<string, KqlType>;
  /** Columns no schema knew, met for the first time, with the type their values have. */
  readonly newColumns: ColumnTypes;
  /** Address columns with a text that has no key though it may be an address. */
  readonly inexact: readonly string[];
  /** How many values did not convert to their column's type, by column: they are in the string column `<column>_s`. */
  readonly misfits: Readonly<Record<string, number>>;
}

/** Rows looked at before it is decided what type columns have that no schema knows. */
const FIRST_ROWS = 200;
const FIRST_CHARACTERS = 4_194_304;

/**
 * Collects the rows of one table by column. Rows are added whole (`add`), or cell by cell (`column`, `endRow`), and given
 * back by `rollback`. `layout` has the types of the table's columns and grows by the ones met in the data.
 */
export class TableBuffer {
  rows = 0;
  private first: Row[] = [];
  private firstSize = 0;
  /** Whether the first rows have been looked at; until then rows added whole wait. */
  private laidOut = false;
  private readonly columns = new Map<string, TableColumn>();
  /** The columns in the order of the previous row's cells: the next row's are likely the same. */
  private readonly sequence: TableColumn[] = [];
  private misfits: Record<string, number> = {};
  private readonly told: Set<string>;

  /**
   * @param stored columns the catalogue has; others are told in `newColumns` once
   * @param selfNaming column whose value is left out when it is the table's own name: `Type`
   */
  constructor(
    readonly table: string,
    private readonly layout: Map<string, KqlType>,
    stored: Iterable<string>,
    private readonly selfNaming: string | undefined,
  ) {
    this.told = new Set(stored);
  }

  /** Bytes held, to bound a batch. */
  get size(): number {
    let size = this.firstSize;
    for (const column of this.columns.values()) size += column.size;
    return size;
  }

  /** Types of columns not known so far. */
  learn(columns: ColumnTypes): void {
    for (const name in columns) if (!this.layout.has(name)) this.layout.set(name, columns[name]!);
  }

  add(row: Row): void {
    if (this.laidOut) {
      this.write(row);
      this.rows++;
      return;
    }
    for (const name in row) {
      const cell = row[name];
      // must fail now if it fails at all, while the row can be given back
      if (typeof cell === 'object') this.firstSize += JSON.stringify(cell).length;
      else if (typeof cell === 'string') this.firstSize += cell.length;
    }
    this.first.push(row);
    this.rows++;
    if (this.first.length >= FIRST_ROWS || this.firstSize > FIRST_CHARACTERS) this.writeFirst();
  }

  /** The column of that name, to write cells of row number `rows` into. `type` is what it is when nobody knows it yet. */
  column(name: string, type: KqlType): TableColumn {
    const found = this.columns.get(name);
    if (found) return found;
    const known = this.layout.get(name);
    if (known === undefined) this.layout.set(name, type);
    const column = new TableColumn(name, known ?? type, name === this.selfNaming ? this.table : undefined);
    this.columns.set(name, column);
    return column;
  }

  /** Writes a cell of row number `rows`, converted to the column's type; when that can't be done it is kept beside the column. */
  putCell(column: TableColumn, cell: Exclude<Cell, null | undefined>): void {
    if (!column.putCell(this.rows, cell)) this.keepMisfit(this.rows, column.name, ENCODERS.string(cell)!);
  }

  /** Ends the row that cells were written into. */
  endRow(): void {
    this.rows++;
  }

  /** Gets ready for rows that are written cell by cell. */
  beginRow(): void {
    if (!this.laidOut) this.writeFirst();
  }

  /** Forgets every row from `rows` on, also one that was half written. */
  rollback(rows: number): void {
    this.rows = rows;
    if (this.laidOut) for (const column of this.columns.values()) column.truncate(rows);
    else this.first.length = rows;
  }

  /** The rows collected; the buffer is empty afterwards. */
  take(): BufferedRows {
    if (!this.laidOut) this.writeFirst();
    const { table, rows, misfits, layout } = this;
    const columns = [...this.columns.values()].flatMap((column) => column.take(rows));
    const names = new Set(columns.map(({ name }) => name));
    const types = new Map([...names].map((name) => [name, layout.get(name)!]));
    const newColumns = Object.fromEntries([...types].filter(([name]) => !this.told.has(name)));
    for (const name of names) this.told.add(name);
    const inexact = [...this.columns.values()].filter((column) => column.inexact);
    for (const column of inexact) column.inexact = false;
    this.misfits = {};
    this.rows = 0;
    this.laidOut = false;
    return { table, rows, columns, types, newColumns, inexact: inexact.map(({ name }) => name), misfits };
  }

  /** Decides on the types of unknown columns from the first rows, and writes them. */
  private writeFirst(): void {
    const rows = this.first;
    this.first = [];
    this.firstSize = 0;
    this.laidOut = true;
    this.learnTypes(rows);
    this.rows -= rows.length;
    for (const row of rows) {
      this.write(row);
      this.rows++;
    }
  }

  /** Columns no schema knows get the type their first values have in common. */
  private learnTypes(rows: readonly Row[]): void {
    const unknown = new Map<string, KqlType | undefined>();
    for (const row of rows)
      for (const name in row)
        if (!this.layout.has(name)) unknown.set(name, commonType(unknown.get(name), typeOfCell(row[name])));
    for (const [name, type] of unknown) if (type !== undefined) this.layout.set(name, type);
  }

  private write(row: Row): void {
    const at = this.rows;
    let place = 0;
    const misfits: [string, Exclude<Cell, null | undefined>][] = [];
    for (const name in row) {
      const cell = row[name];
      if (cell === null || cell === undefined || cell === '') continue;
      let column = this.sequence[place];
      if (column === undefined || column.name !== name) {
        column = this.column(name, typeOfCell(cell)!);
        this.sequence[place] = column;
      }
      place++;
      if (!column.putCell(at, cell)) misfits.push([name, cell]);
    }
    for (const [name, cell] of misfits) this.keepMisfit(at, name, ENCODERS.string(cell)!);
  }

  /** A value that its column cannot hold is kept as text in a string column beside it: `DestinationPort_s`. */
  private keepMisfit(row: number, name: string, text: string): void {
    this.misfits[name] = (this.misfits[name] ?? 0) + 1;
    let beside = `${name}_s`;
    while ((this.layout.get(beside) ?? 'string') !== 'string' || this.columns.get(beside)?.has(row)) beside += '_s';
    this.column(beside, 'string').putText(row, text);
  }
}

/** The type that holds both without loss: long and real are real, any other mixture is dynamic. */
function commonType(one: KqlType | undefined, other: KqlType | undefined): KqlType | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  const numbers = (one === 'long' || one === 'real') && (other === 'long' || other === 'real');
  return numbers ? 'real' : 'dynamic';
}
