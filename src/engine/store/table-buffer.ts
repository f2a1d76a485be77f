import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { ENCODERS, type Encode, typeOfCell } from './cells.js';
import type { Cell, Row } from './row.js';

/** A column of a batch: the texts of its cells by row, '' where there is no value (shorter than the batch when the rest is empty). */
export interface BufferedColumn {
  readonly name: string;
  readonly type: KqlType;
  readonly texts: readonly string[];
}

/** Rows of one table on their way to an insert. */
export interface BufferedRows {
  readonly table: string;
  readonly rows: number;
  readonly columns: readonly BufferedColumn[];
  /** Columns no schema knew, met for the first time, with the type their values have. */
  readonly newColumns: ColumnTypes;
  /** How many values did not convert to their column's type, by column: they are in the string column `<column>_s`. */
  readonly misfits: Readonly<Record<string, number>>;
}

interface Pending {
  readonly name: string;
  readonly encode: Encode | null;
  readonly plain: boolean;
  texts: string[];
}

interface Untyped {
  readonly name: string;
  cells: Cell[];
}

/**
 * Collects rows of one table column by column. A row is taken or, by `rollback`, given back as a whole.
 * `layout` has the table's columns by name and grows by the ones met in the data.
 */
export class TableBuffer {
  rows = 0;
  /** Characters of text held, to bound a batch. */
  size = 0;
  private columns = new Map<string, Pending>();
  private untyped = new Map<string, Untyped>();
  private misfits: Record<string, number> = {};

  constructor(
    readonly table: string,
    private readonly layout: Map<string, KqlType>,
    /** Column whose value is left out when it is the table's own name: `Type`. */
    private readonly selfNaming: string | undefined,
  ) {}

  add(row: Row): void {
    const at = this.rows;
    for (const name in row) {
      const cell = row[name];
      if (cell === null || cell === undefined || cell === '') continue;
      const column = this.columns.get(name) ?? this.column(name);
      if (column === undefined) this.addUntyped(name, cell, at);
      else if (column.plain && typeof cell === 'string') this.put(column, cell, at);
      else this.encode(column, cell, at);
    }
    this.rows = at + 1;
  }

  /** Forgets every row from `rows` on, also one that was half added. */
  rollback(rows: number): void {
    for (const [name, column] of this.columns) {
      if (column.texts.length > rows) column.texts.length = rows;
      if (column.texts.length === 0) this.columns.delete(name);
    }
    for (const [name, column] of this.untyped) {
      if (column.cells.length > rows) column.cells.length = rows;
      if (column.cells.length === 0) this.untyped.delete(name);
    }
    this.rows = rows;
  }

  /** The rows collected; the buffer is empty afterwards. */
  take(): BufferedRows {
    const newColumns: Record<string, KqlType> = {};
    for (const { name, cells } of this.untyped.values()) {
      const type = commonType(cells);
      if (type === undefined) continue;
      newColumns[name] = type;
      this.layout.set(name, type);
      const column = this.column(name)!;
      cells.forEach((cell, at) => {
        if (cell !== undefined && cell !== null && cell !== '') this.encode(column, cell, at);
      });
    }
    const columns = [...this.columns.values()].map(({ name, texts }) => ({
      name,
      type: this.layout.get(name)!,
      texts,
    }));
    for (const { name, type } of columns) if (!this.persisted.has(name)) newColumns[name] = type;
    const taken: BufferedRows = { table: this.table, rows: this.rows, columns, newColumns, misfits: this.misfits };
    for (const { name } of columns) this.persisted.add(name);
    this.columns = new Map();
    this.untyped = new Map();
    this.misfits = {};
    this.rows = 0;
    this.size = 0;
    return taken;
  }

  /** Columns the catalogue is known to have; others are told in `newColumns` once. */
  private readonly persisted = new Set<string>();

  /** Types of columns not known so far. */
  learn(columns: ColumnTypes): void {
    for (const [name, type] of Object.entries(columns)) if (!this.layout.has(name)) this.layout.set(name, type);
  }

  /** Tells which columns the catalogue has already. */
  knowsAll(names: Iterable<string>): void {
    for (const name of names) this.persisted.add(name);
  }

  private column(name: string): Pending | undefined {
    const type = this.layout.get(name);
    if (type === undefined) return undefined;
    const plain = type === 'string' && name !== this.selfNaming;
    const column: Pending = { name, encode: ENCODERS[type], plain, texts: [] };
    this.columns.set(name, column);
    return column;
  }

  private put(column: Pending, text: string, at: number): void {
    const { texts } = column;
    for (let gap = texts.length; gap < at; gap++) texts.push('');
    texts.push(text);
    this.size += text.length + 1;
  }

  private encode(column: Pending, cell: Exclude<Cell, null | undefined>, at: number): void {
    if (column.name === this.selfNaming && cell === this.table) return;
    const text = column.encode!(cell);
    if (text !== null) this.put(column, text, at);
    else this.addMisfit(column.name, cell, at);
  }

  /** A value that its column cannot hold is kept as text in a string column beside it: `DestinationPort_s`. */
  private addMisfit(name: string, cell: Exclude<Cell, null | undefined>, at: number): void {
    this.misfits[name] = (this.misfits[name] ?? 0) + 1;
    let beside = `${name}_s`;
    while ((this.layout.get(beside) ?? 'string') !== 'string') beside += '_s';
    this.layout.set(beside, 'string');
    const column = this.columns.get(beside) ?? this.column(beside)!;
    if (column.texts.length <= at) this.put(column, ENCODERS.string(cell)!, at);
  }

  private addUntyped(name: string, cell: Cell, at: number): void {
    let column = this.untyped.get(name);
    if (column === undefined) {
      column = { name, cells: [] };
      this.untyped.set(name, column);
    }
    if (typeof cell === 'object') JSON.stringify(cell); // throws now, while the row can still be given back
    column.cells[at] = cell;
    this.size += 16;
  }
}

/** The type that holds all values without loss: long and real are real, any other mixture is dynamic. */
function commonType(cells: readonly Cell[]): KqlType | undefined {
  let common: KqlType | undefined;
  for (const cell of cells) {
    const type = typeOfCell(cell);
    if (type === undefined || type === common) continue;
    if (common === undefined) common = type;
    else if (/long|real/.test(common) && /long|real/.test(type)) common = 'real';
    else return 'dynamic';
  }
  return common;
}
