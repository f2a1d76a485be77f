import { type Emit, type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { HUNT_ROWS } from './hunts.js';
import { jsonRecord } from './json.js';
import { TIME, tableName } from './kind.js';
import { tsvReader, type ZeekRecord } from './tsv.js';

/** A parser of one Zeek source, TSV or JSON or both after each other; one event a log record. */
export function zeekParser(context: ParseContext): Parser {
  const readTsv = tsvReader(context.fileName, context.declare);
  const hunted = new Set(String(context.settings['hunt-rows'] ?? '').split(/[,\s]+/));
  const sensor = String(context.settings.sensor ?? '');

  const read = (record: unknown): ZeekRecord | null => {
    if (typeof record !== 'string') return jsonRecord(record, context.fileName);
    const line = record.endsWith('\r') ? record.slice(0, -1) : record;
    return line.startsWith('{') ? jsonRecord(parseJson(line), context.fileName) : readTsv(line);
  };

  return {
    parse(record, emit: Emit) {
      const log = read(record);
      if (!log) return 'skip';
      // Without `ts`, the time of writing stands in.
      log.values[TIME] ??= log.values._write_ts;
      const hunt = hunted.has(log.path) ? HUNT_ROWS[log.path] : undefined;
      const huntRow = hunt?.row(
        log.values,
        String(log.values._system_name ?? (sensor || (log.values._node_name ?? ''))),
      );
      emit(tableName(log.path), log.values);
      if (hunt && huntRow) emit(hunt.table, huntRow);
      return 'event';
    },
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Reject('not valid JSON: the line is cut or damaged');
  }
}
