import { type Cell, type ParseContext, Reject } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { formatDatetime } from '../../util/ticks.js';
import { columnName, kindFromCells, kindFromFileName, knownColumns, TIME, tableName } from './kind.js';
import type { ZeekField } from './logs.js';
import { type CellReader, cellReader, kqlType } from './types.js';

/** One log record, of either form: the log's path and its row for the log's own table. */
export interface ZeekRecord {
  readonly path: string;
  readonly values: Record<string, Cell>;
}

interface Layout {
  readonly path: string;
  readonly columns: readonly { readonly name: string; readonly read: CellReader; readonly empty: Cell }[];
}

/**
 * A reader of Zeek's TSV lines that keeps the header state: several headers may follow each other in one source.
 * Returns null for a header or comment line; throws `Reject` for a line that doesn't fit its header.
 * `declare` is told the types of columns that no schema knows.
 */
export function tsvReader(fileName: string, declare?: ParseContext['declare']): (line: string) => ZeekRecord | null {
  let separator = '\t';
  const marks = { setSeparator: ',', emptyField: '(empty)', unsetField: '-' };
  let path: string | undefined;
  let names: readonly string[] | undefined;
  let types: readonly string[] = [];
  let layout: Layout | undefined;

  const declared = new Map<string, Record<string, KqlType>>();

  const lay = (log: string, fields: readonly ZeekField[]): Layout => {
    const known = knownColumns(log);
    const foreign: Record<string, KqlType> = {};
    // Types count when they are said before a table's first row: for a later header's columns it is too late.
    const sayable = declare && (declared.get(log) ?? foreign);
    const columns = fields.map(({ name: field, type: written }) => {
      const name = columnName(field);
      const type = readAs(written, name === TIME ? 'time' : known.get(name));
      const isForeign = name !== TIME && !known.has(name);
      if (isForeign) foreign[name] = kqlType(type);
      const read = cellReader(type, marks);
      // A column without a type takes that of its first value, and ticks would make it a long.
      const asText = isForeign && type === 'time' && sayable?.[name] !== 'datetime';
      return {
        name,
        read: asText ? (text: string) => formatDatetime(read(text) as bigint) : read,
        empty: kqlType(type) === 'dynamic' ? [] : '',
      };
    });
    if (declare && !declared.has(log)) {
      declared.set(log, foreign);
      if (Object.keys(foreign).length > 0) declare(tableName(log), { [TIME]: 'datetime', ...foreign });
    }
    return { path: log, columns };
  };

  const directive = (line: string): void => {
    if (line.startsWith('#separator')) {
      separator =
        line
          .slice('#separator'.length + 1)
          .replace(/\\x([\da-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))) || '\t';
      return;
    }
    const [word = '', ...values] = line.split(separator);
    const value = values[0] ?? '';
    if (word === '#set_separator') marks.setSeparator = value;
    else if (word === '#empty_field') marks.emptyField = value;
    else if (word === '#unset_field') marks.unsetField = value;
    else if (word === '#path') path = value;
    else if (word === '#fields') [names, types, layout] = [values, [], undefined];
    else if (word === '#types') [types, layout] = [values, undefined];
  };

  const fromHeader = (fields: readonly string[]): Layout => {
    const log = path ?? kindFromFileName(fileName);
    if (!log) throw new Reject('a #fields header without a #path, and the file name names no Zeek log');
    const known = knownColumns(log);
    return lay(
      log,
      fields.map((name, at) => ({ name, type: types[at] ?? known.get(columnName(name)) ?? 'string' })),
    );
  };

  const fromCells = (cells: readonly string[]): Layout => {
    const guess = kindFromCells(cells, fileName);
    if (!guess) throw new Reject(`no #fields header, and ${cells.length} columns fit no Zeek log's default columns`);
    return lay(guess.path, guess.fields);
  };

  return (line) => {
    if (line.startsWith('#')) {
      directive(line);
      return null;
    }
    const cells = line.split(separator);
    if (cells[0] === 'ts' && cells.length > 1) {
      // The writer's `tsv` mode: one row of names, and no other header.
      [names, types, layout] = [cells, [], undefined];
      return null;
    }
    layout ??= names ? fromHeader(names) : fromCells(cells);
    const { columns } = layout;
    if (cells.length !== columns.length)
      throw new Reject(
        `${cells.length} of ${columns.length} fields of ${layout.path}: the line is cut or of another log`,
      );
    const values: Record<string, Cell> = {};
    for (let at = 0; at < columns.length; at++) {
      const cell = cells[at]!;
      if (cell === marks.unsetField) continue;
      const { name, read, empty } = columns[at]!;
      values[name] = cell === marks.emptyField ? empty : readCell(name, read, cell);
    }
    return { path: layout.path, values };
  };
}

/** A column keeps the type of its table, whatever another version's header says of it. */
function readAs(written: string, known: string | undefined): string {
  return known === undefined || kqlType(written) === kqlType(known) ? written : known;
}

function readCell(name: string, read: CellReader, cell: string): Cell {
  try {
    return read(cell);
  } catch (error) {
    throw error instanceof Reject ? new Reject(`${name}: ${error.message}`) : error;
  }
}
