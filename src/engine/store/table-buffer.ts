import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { isAddressColumn } from './address-columns.js';
import { type AddressTexts, addressTexts, NO_ADDRESS } from './address-texts.js';
import { ENCODERS, type Encode, typeOfCell } from './cells.js';
import type { Cell, Row } from './row.js';
import type { Part, Segment, SegmentColumn, SegmentConstant } from './segment.js';
import { separatorsFor, USUAL_SEPARATORS } from './separators.js';

/** Rows of one table on their way to an insert. */
export interface BufferedRows {
  readonly table: string;
  readonly rows: number;
  readonly segments: readonly Segment[];
  /** Types of the columns in the segments. */
  readonly types: ReadonlyMap<string, KqlType>;
  /** Columns no schema knew, met for the first time, with the type their values have. */
  readonly newColumns: ColumnTypes;
  /** Address columns with a text that has no key though it may be an address. */
  readonly inexact: readonly string[];
  /** How many values did not convert to their column's type, by column: they are in the string column `<column>_s`. */
  readonly misfits: Readonly<Record<string, number>>;
}

/** Rows looked at before it is decided which columns are the same in all of them, and what type unknown ones have. */
const FIRST_ROWS = 200;
const FIRST_CHARACTERS = 4_194_304;

/** A column of the rows being joined. */
interface Slot {
  readonly name: string;
  readonly encode: Encode;
  /** A string column whose texts go in as they are. */
  readonly plain: boolean;
  readonly isAddress: boolean;
  /** The column that names the table: left out while it does. */
  readonly isOwnName: boolean;
  /** Its texts are digits and the like: no separator can be in them. */
  readonly safe: boolean;
  /** Place of its cell in a row; -1 while it is held to be the same in all rows. */
  at: number;
  /** Places of its address keys; -1 while there are none. */
  ipv4: number;
  ipv6: number;
  /** The last text, known to be free of separators; for a held column the text of all rows. */
  last: string;
  keys: AddressTexts;
  /** The row that last had a value, to notice when a held column is missing. */
  seen: number;
}

/**
 * Joins rows of one table into the texts that the inserter takes. Rows are added or, by `rollback`, given back as a whole.
 * `layout` has the types of the table's columns and grows by the ones met in the data.
 */
export class TableBuffer {
  rows = 0;
  /** Characters held, to bound a batch. */
  size = 0;
  /** Rows are joined as they come; before that the first ones wait for the layout. */
  private laidOut = false;
  private first: Row[] = [];
  /** Counts rows joined, for `Slot.seen`. */
  private serial = 0;
  private slots = new Map<string, Slot>();
  /** The slots in the order of the previous row's cells: the next row's are likely the same. */
  private sequence: Slot[] = [];
  private held: Slot[] = [];
  private columns: SegmentColumn[] = [];
  private cells: string[] = [];
  private joined: string[] = [];
  private separators = USUAL_SEPARATORS;
  private segments: Segment[] = [];
  private sealedRows = 0;
  private inexact = new Set<string>();
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

  /** Types of columns not known so far. */
  learn(columns: ColumnTypes): void {
    for (const name in columns) if (!this.layout.has(name)) this.layout.set(name, columns[name]!);
  }

  add(row: Row): void {
    if (this.laidOut) {
      this.join(row);
      this.rows++;
      return;
    }
    for (const name in row) {
      const cell = row[name];
      // must fail now if it fails at all, while the row can be given back
      if (typeof cell === 'object') this.size += JSON.stringify(cell).length;
      else if (typeof cell === 'string') this.size += cell.length;
    }
    this.first.push(row);
    this.rows++;
    if (this.first.length >= FIRST_ROWS || this.size > FIRST_CHARACTERS) this.joinFirst();
  }

  /** Forgets every row from `rows` on, also one that was half added. */
  rollback(rows: number): void {
    this.rows = rows;
    this.cells.fill('');
    if (!this.laidOut) {
      this.first.length = rows;
      return;
    }
    while (this.sealedRows > rows) {
      const segment = this.segments.pop()!;
      this.sealedRows -= segment.rows.length;
      this.joined = [];
      if (this.sealedRows >= rows) continue;
      this.segments.push({ ...segment, rows: segment.rows.slice(0, rows - this.sealedRows) });
      this.sealedRows = rows;
    }
    this.joined.length = Math.max(0, rows - this.sealedRows);
  }

  /** The rows collected; the buffer is empty afterwards. */
  take(): BufferedRows {
    if (this.first.length > 0) this.joinFirst();
    this.seal();
    const names = new Set(
      this.segments.flatMap(({ columns, constants }) => [...columns, ...constants].map(({ name }) => name)),
    );
    const newColumns = Object.fromEntries(
      [...names].filter((name) => !this.told.has(name)).map((name) => [name, this.layout.get(name)!]),
    );
    for (const name of names) this.told.add(name);
    const types = new Map([...names].map((name) => [name, this.layout.get(name)!]));
    const { table, rows, segments, misfits } = this;
    const taken = { table, rows, segments, types, newColumns, inexact: [...this.inexact], misfits };
    this.segments = [];
    this.sealedRows = 0;
    this.misfits = {};
    this.inexact = new Set();
    this.rows = 0;
    this.size = 0;
    this.laidOut = false;
    this.slots = new Map();
    this.separators = USUAL_SEPARATORS;
    return taken;
  }

  /** Decides on the layout from the first rows, and joins them. */
  private joinFirst(): void {
    const rows = this.first;
    this.first = [];
    this.size = 0;
    this.laidOut = true;
    this.learnTypes(rows);
    this.hold(rows);
    for (const row of rows) this.join(row);
  }

  /** Columns no schema knows get the type their first values have in common. */
  private learnTypes(rows: readonly Row[]): void {
    const unknown = new Map<string, KqlType | undefined>();
    for (const row of rows)
      for (const name in row)
        if (!this.layout.has(name)) unknown.set(name, commonType(unknown.get(name), typeOfCell(row[name])));
    for (const [name, type] of unknown) if (type !== undefined) this.layout.set(name, type);
  }

  /** Columns that are the same in all of the first rows are held to stay so. */
  private hold(rows: readonly Row[]): void {
    const [first] = rows;
    for (const name in first) {
      const cell = first[name];
      const type = this.layout.get(name);
      if (type === undefined || cell === null || cell === undefined || typeof cell === 'object') continue;
      if (rows.some((row) => row[name] !== cell)) continue;
      const slot = this.makeSlot(name, type);
      const text = slot.plain && typeof cell === 'string' ? cell : slot.encode(cell);
      if (text === null || text === '' || slot.isOwnName) continue;
      slot.last = text;
      slot.keys = slot.isAddress ? this.keysOf(name, text) : NO_ADDRESS;
      this.slots.set(name, slot);
      this.held.push(slot);
    }
  }

  private makeSlot(name: string, type: KqlType): Slot {
    const isOwnName = name === this.selfNaming;
    const plain = type === 'string';
    const isAddress = plain && isAddressColumn(name);
    const safe = type !== 'string' && type !== 'dynamic';
    return {
      name,
      encode: ENCODERS[type],
      plain,
      isAddress,
      isOwnName,
      safe,
      at: -1,
      ipv4: -1,
      ipv6: -1,
      last: '',
      keys: NO_ADDRESS,
      seen: -1,
    };
  }

  private join(row: Row): void {
    const at = this.serial++;
    let place = 0;
    let held = 0;
    for (const name in row) {
      const cell = row[name];
      if (cell === null || cell === undefined || cell === '') continue;
      let slot = this.sequence[place];
      if (slot === undefined || slot.name !== name) {
        slot = this.slot(name, cell);
        this.sequence[place] = slot;
      }
      place++;
      const text = slot.plain && typeof cell === 'string' ? cell : this.encode(slot, cell);
      if (text === '') continue;
      if (slot.at < 0) {
        if (text === slot.last) {
          if (!slot.isOwnName) held++;
          slot.seen = at;
          continue;
        }
        this.release(slot);
      }
      this.cells[slot.at] = text;
      if (text !== slot.last) this.changed(slot, text);
      if (slot.isAddress) {
        if (slot.ipv4 >= 0) this.cells[slot.ipv4] = slot.keys.ipv4;
        if (slot.ipv6 >= 0) this.cells[slot.ipv6] = slot.keys.ipv6;
      }
    }
    if (held < this.held.length) this.releaseMissing(at);
    const line = this.cells.join(this.separators.cell);
    this.joined.push(line);
    this.size += line.length;
    this.cells.fill('');
  }

  private slot(name: string, cell: Cell): Slot {
    const found = this.slots.get(name);
    if (found) return found;
    let type = this.layout.get(name);
    if (type === undefined) {
      type = typeOfCell(cell)!;
      this.layout.set(name, type);
    }
    const slot = this.makeSlot(name, type);
    this.slots.set(name, slot);
    if (slot.isOwnName) slot.last = this.table;
    else slot.at = this.addColumn(name, 'value', '');
    return slot;
  }

  private addColumn(name: string, part: Part, fallback: string): number {
    const ragged = this.joined.length > 0;
    // rows joined without any cell read as one empty cell: that one must stay nobody's
    if (ragged && this.cells.length === 0) this.cells.push('');
    const at = this.cells.push('') - 1;
    this.columns.push(ragged ? { name, part, at, fallback } : { name, part, at });
    return at;
  }

  /** A column that was the same so far is no longer: it gets a place in the rows. */
  private release(slot: Slot): void {
    // rows without the table's own name have it all the same: the column has it as its literal
    const fallback = slot.isOwnName ? '' : slot.last;
    if (!slot.isOwnName) this.held.splice(this.held.indexOf(slot), 1);
    slot.at = this.addColumn(slot.name, 'value', fallback);
    if (slot.keys.ipv4 !== '') slot.ipv4 = this.addColumn(slot.name, 'ipv4', slot.keys.ipv4);
    if (slot.keys.ipv6 !== '') slot.ipv6 = this.addColumn(slot.name, 'ipv6', slot.keys.ipv6);
    slot.last = '';
    slot.keys = NO_ADDRESS;
  }

  private releaseMissing(at: number): void {
    for (const slot of this.held.filter(({ seen }) => seen !== at)) this.release(slot);
  }

  /** A text other than the last one of its column: mind the separators, and find its address keys. */
  private changed(slot: Slot, text: string): void {
    if (!slot.isAddress) {
      if (!slot.safe && this.separators.test.test(text)) this.separate(text);
      slot.last = text;
      return;
    }
    const keys = this.keysOf(slot.name, text);
    if (keys.ipv4 === '' && this.separators.test.test(text)) this.separate(text);
    slot.last = text;
    slot.keys = keys;
    if (slot.keys.ipv4 !== '' && slot.ipv4 < 0) slot.ipv4 = this.addColumn(slot.name, 'ipv4', '');
    if (slot.keys.ipv6 !== '' && slot.ipv6 < 0) slot.ipv6 = this.addColumn(slot.name, 'ipv6', '');
  }

  private keysOf(name: string, text: string): AddressTexts {
    const keys = addressTexts(text);
    if (!keys.exact) this.inexact.add(name);
    return keys;
  }

  /** A cell has a separator in it: the row it is in begins a segment with others. */
  private separate(text: string): void {
    const row = [...this.cells];
    const { slots, held } = this;
    const columns = this.columns.map(({ name, part, at }) => ({ name, part, at }));
    this.seal();
    this.separators = separatorsFor(row.join('') + text);
    // the layout stays, and so do the cells of the row that is being joined
    this.slots = slots;
    this.held = held;
    this.columns = columns;
    this.cells = row;
    // free of the old separators is not free of the new ones
    for (const slot of slots.values()) if (slot.at >= 0) slot.last = '';
  }

  private seal(): void {
    if (this.joined.length > 0) {
      const constants = this.held.flatMap(({ name, last, keys }): SegmentConstant[] => [
        { name, part: 'value', text: last },
        ...(keys.ipv4 === '' ? [] : [{ name, part: 'ipv4' as const, text: keys.ipv4 }]),
        ...(keys.ipv6 === '' ? [] : [{ name, part: 'ipv6' as const, text: keys.ipv6 }]),
      ]);
      this.segments.push({ separators: this.separators, rows: this.joined, columns: this.columns, constants });
      this.sealedRows += this.joined.length;
    }
    this.joined = [];
    this.columns = [];
    this.cells = [];
    this.held = [];
    this.sequence = [];
  }

  private encode(slot: Slot, cell: Exclude<Cell, null | undefined>): string {
    const text = slot.encode(cell);
    if (text !== null) return text;
    this.misfits[slot.name] = (this.misfits[slot.name] ?? 0) + 1;
    this.keepMisfit(slot.name, ENCODERS.string(cell)!);
    return '';
  }

  /** A value that its column cannot hold is kept as text in a string column beside it: `DestinationPort_s`. */
  private keepMisfit(name: string, text: string): void {
    let beside = `${name}_s`;
    while ((this.layout.get(beside) ?? 'string') !== 'string') beside += '_s';
    this.layout.set(beside, 'string');
    const slot = this.slot(beside, text);
    if (slot.at < 0) this.release(slot);
    if (text !== slot.last) this.changed(slot, text);
    this.cells[slot.at] ||= text;
  }
}

/** The type that holds both without loss: long and real are real, any other mixture is dynamic. */
function commonType(one: KqlType | undefined, other: KqlType | undefined): KqlType | undefined {
  if (one === undefined || other === undefined || one === other) return one ?? other;
  const numbers = (one === 'long' || one === 'real') && (other === 'long' || other === 'real');
  return numbers ? 'real' : 'dynamic';
}
