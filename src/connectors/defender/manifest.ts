import { type Connector, type Emit, type Parser, Reject, type Sample } from '../../ingest/connector.js';
import { knownSchema } from '../../tables/known.js';
import { createMapper, isEmpty, type MapRow, withoutSuffix } from './map.js';
import { type Exported, isObject, readHeader, readJson, tableOf } from './parse.js';
import { recognise } from './recognise.js';
import { HUNTING_TABLES } from './tables.js';

/** Microsoft Defender's advanced-hunting tables, streamed or exported. */
export const defender: Connector = {
  name: 'defender',
  title: 'Microsoft Defender advanced hunting: streaming API, hunting API, exports as JSON or CSV',
  tables: HUNTING_TABLES,
  framing: ['json', 'csv'],
  detect: (sample) => (sample.json.length > 0 ? detectJson(sample.json) : detectCsv(sample)),
  open(context) {
    const map = createMapper((table) => context.schema?.(table) ?? knownSchema(table));
    return context.framing === 'csv' ? csvParser(map) : jsonParser(map);
  },
};

function jsonParser(map: MapRow): Parser {
  // One document may hold many events, but `parse` reports one: `end` reports the others.
  let uncounted = 0;
  return {
    parse(record, emit, origin) {
      const rows = readJson(record, origin.envelope);
      if (rows.length === 0) {
        if (isObject(record) && Object.keys(record).length > 0) return 'skip';
        throw new Reject('no event of Microsoft Defender');
      }
      emitAll(rows, map, emit);
      uncounted += rows.length - 1;
      return 'event';
    },
    end() {
      const count = uncounted;
      uncounted = 0;
      return count;
    },
  };
}

function emitAll(rows: readonly Exported[], map: MapRow, emit: Emit): void {
  for (const exported of rows) {
    const { table, row } = map(exported);
    emit(table, row);
  }
}

function csvParser(map: MapRow): Parser {
  let header: string[] | null = null;
  return {
    parse(record, emit) {
      const cells = record as readonly string[];
      if (!header) {
        // Excel's hint about the separator is no header.
        if (cells.length <= 2 && /^\uFEFF?sep=/.test(cells[0]!)) return 'skip';
        header = readHeader(cells);
        return 'skip';
      }
      if (cells.length !== header.length)
        throw new Reject(`${cells.length} cells where the header has ${header.length}`);
      const columns = Object.fromEntries(header.map((column, i) => [column, cells[i]]));
      emitAll([{ table: tableOf(columns), columns }], map, emit);
      return 'event';
    },
  };
}

const DETECT_VALUES = 50;

function detectJson(values: readonly unknown[]): number {
  const sample = values.slice(0, DETECT_VALUES);
  const scores = sample.map((value) => {
    const [first] = readJson(value);
    if (first === undefined) return 0;
    if (isObject(value) && /^AdvancedHunting-/i.test(String(value.category))) return 1;
    if (first.table !== undefined) return 0.95;
    const { columns } = first;
    const present = Object.keys(columns);
    return scoreOf(
      present.filter((column) => !isEmpty(columns[column])),
      present,
      String(columns.ActionType),
    );
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function detectCsv({ lines }: Sample): number {
  const header = lines.find((line) => !/^\uFEFF?sep=/.test(line)) ?? '';
  const columns = readHeader(header.split(',').map((cell) => cell.trim().replace(/^\uFEFF?"|"$/g, '')));
  return scoreOf(columns, columns, '');
}

/** Columns are weaker evidence than names: no more than 0.9. */
function scoreOf(filled: readonly string[], present: readonly string[], action: string): number {
  const fit = recognise(filled.map(withoutSuffix), present.map(withoutSuffix), action);
  return fit && fit.share > 0.5 ? fit.share * 0.9 : 0;
}
