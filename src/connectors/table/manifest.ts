import { type Connector, type ParseContext, Reject, type Sample } from '../../ingest/connector.js';
import type { ColumnTypes, KqlType } from '../../kql/types.js';
import { inferType } from './infer.js';
import { columnFinder } from './names.js';
import { customTable, recognise } from './recognise.js';
import { rowMaker } from './rows.js';
import { headerOf, readSample, rowType } from './sample.js';

/** Data already in a table's shape: portal exports, query results, Parquet files. */
export const table: Connector = {
  name: 'table',
  title: 'rows already in the shape of a table (JSON, NDJSON, CSV, Parquet)',
  tables: ['any table'],
  framing: ['json', 'csv', 'parquet'],
  detect(sample) {
    const { names, nested } = readSample(sample);
    if (names.length === 0) return 0;
    if (rowType(sample) !== undefined) return 0.8;
    const found = recognise(names, sample.fileName ?? '', nested);
    if ('table' in found) return 0.5 + 0.2 * Math.min(1, found.share);
    // refused by `open`, with the tables it could be
    return customTable(sample.fileName ?? '') || found.candidates.length > 0 ? 0.1 : 0;
  },
  open(context) {
    const sample = context.sample ?? { text: '', lines: [], json: [] };
    const target = tableFor(context, sample);
    const schema = context.schema?.(target) ?? {};
    const columns = { ...schema, ...newTypes(context, sample, schema) };
    context.declare?.(target, columns);
    const make = rowMaker(columns);
    if (context.framing !== 'csv')
      return {
        parse(record, emit) {
          if (typeof record !== 'object' || record === null || Array.isArray(record))
            throw new Reject('a row must be a JSON object of columns');
          emit(target, make(Object.keys(record), Object.values(record)));
          return 'event';
        },
      };
    let header: readonly string[] | undefined;
    return {
      parse(record, emit) {
        const cells = record as readonly string[];
        if (header === undefined) {
          header = headerOf(cells);
          return 'skip';
        }
        if (cells.length > header.length)
          throw new Reject(`${cells.length} cells where the header has ${header.length}`);
        // what the portal writes for no value, never in quotes
        emit(
          target,
          make(
            header,
            cells.map((cell) => (cell === 'null' ? '' : cell)),
          ),
        );
        return 'event';
      },
    };
  },
};

/** The table asked for, named by the rows, or recognised; refuses a source that could be several. */
function tableFor(context: ParseContext, sample: Sample): string {
  const { table: asked } = context.settings;
  if (typeof asked === 'string' && asked !== '') return asked;
  const typed = rowType(sample);
  if (typed !== undefined) return typed;
  const { names, nested } = readSample(sample);
  const found = recognise(names, context.fileName, nested);
  if ('table' in found) return found.table;
  const custom = customTable(context.fileName);
  if (custom) return custom;
  const candidates = found.candidates.map(({ table, share }) => `${table} (${Math.round(share * 100)} %)`).join(', ');
  throw new Reject(
    candidates === ''
      ? 'no table has these columns; name the table with --table'
      : `the columns fit several tables: ${candidates}; name the table with --table`,
  );
}

/** Types of the source's columns that the table doesn't have: as the source says, or as its texts look. */
function newTypes(context: ParseContext, sample: Sample, schema: ColumnTypes): ColumnTypes {
  const find = columnFinder(Object.keys(schema));
  const types: Record<string, KqlType> = {};
  if (!('TimeGenerated' in schema)) types.TimeGenerated = 'datetime';
  const { names, columns } = readSample(sample);
  for (const name of names) {
    const target = find(name);
    if (target.known || target.column === '' || target.column === 'TimeGenerated') continue;
    const said = context.sourceColumns?.[name];
    if (said !== undefined) types[target.column] = said;
    else if (context.framing === 'csv') types[target.column] = inferType(columns.get(name) ?? []);
  }
  return types;
}
