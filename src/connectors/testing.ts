import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { type Connector, type RawLine, Reject, type Row, type RowWriter, type Sample } from '../ingest/connector.js';
import type { KqlType } from '../kql/types.js';
import { byteText } from '../util/byte-text.js';
import { formatDatetime } from '../util/ticks.js';

/** What a connector made of a text. Times are as `formatDatetime` writes them, other big integers are numbers. */
export interface Collected {
  readonly rows: { table: string; row: Record<string, unknown> }[];
  readonly rejected: { line: number; reason: string }[];
  events: number;
  skipped: number;
}

type TextFraming = 'lines' | 'raw-lines' | 'json' | 'xml-events' | 'csv';

export interface CollectOptions {
  framing?: TextFraming;
  fileName?: string;
  /** Default 2024-06-15T12:00:00Z. */
  modified?: number;
  settings?: Record<string, string | number | boolean>;
}

/** Runs a text through a connector the way ingest does, for tests only: everything in memory. */
export function collect(connector: Connector, text: string, options: CollectOptions = {}): Collected {
  const framing = options.framing ?? ([connector.framing].flat()[0] as TextFraming);
  const defaults = Object.fromEntries(Object.entries(connector.settings ?? {}).map(([name, s]) => [name, s.default]));
  const written: Collected['rows'] = [];
  const parser = connector.open({
    framing,
    fileName: options.fileName ?? 'sample',
    modified: options.modified ?? Date.UTC(2024, 5, 15, 12),
    settings: { ...defaults, ...options.settings },
    sample: sampleOf(text, framing),
    rows: (table) => rowCollector((row) => written.push({ table, row })),
  });
  const result: Collected = { rows: [], rejected: [], events: 0, skipped: 0 };
  for (const { record, line, envelope } of records(text, framing)) {
    const rows: Collected['rows'] = [];
    try {
      const outcome = parser.parse(record, (table, row) => rows.push({ table, row: readable(row) }), {
        line,
        envelope,
      });
      if (outcome === 'event') result.events++;
      else result.skipped++;
      result.rows.push(...rows, ...written.splice(0));
    } catch (error) {
      if (!(error instanceof Reject)) throw error;
      result.rejected.push({ line, reason: error.message });
    }
  }
  result.events += parser.end?.((table, row) => result.rows.push({ table, row: readable(row) })) ?? 0;
  return result;
}

const sampleOf = (text: string, framing: TextFraming): Sample => ({
  text,
  lines: text.split(/\r?\n/).filter((line) => line.trim() !== ''),
  json: framing === 'json' ? records(text, 'json').map(({ record }) => record) : [],
});

interface Framed {
  record: unknown;
  line: number;
  envelope?: Readonly<Record<string, unknown>>;
}

function records(text: string, framing: TextFraming): Framed[] {
  if (framing === 'xml-events') {
    const events = [...text.matchAll(/<Event(?=[\s>])[\s\S]*?<\/Event>/g)];
    return events.map(({ 0: record, index }) => ({ record, line: text.slice(0, index).split('\n').length }));
  }
  if (framing === 'csv') {
    const rows: string[][] = parseCsv(text, { bom: true, relax_column_count: true });
    return rows.map((record, i) => ({ record, line: i + 1 }));
  }
  const lines = text
    .split(/\r?\n/)
    .map((record, i) => ({ record, line: i + 1 }))
    .filter(({ record }) => record.trim() !== '');
  if (framing === 'lines') return lines;
  if (framing === 'raw-lines') return lines.map(({ record, line }) => ({ record: rawLine(record), line }));
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return lines.map(({ record, line }) => ({ record: JSON.parse(record) as unknown, line }));
  }
  if (Array.isArray(document)) return document.map((record: unknown) => ({ record, line: 0 }));
  const object = document as Record<string, unknown>;
  const arrays = Object.keys(object).filter((key) => Array.isArray(object[key]));
  if (arrays.length !== 1) return [{ record: document, line: 1 }];
  const { [arrays[0]!]: items, ...envelope } = object;
  return (items as unknown[]).map((record) => ({ record, line: 0, envelope }));
}

/** A line as it stands in a file: others before and behind it. */
function rawLine(text: string): RawLine {
  const [before, bytes, behind] = ['a=b\n', text, '\nCEF:0|=|a=b'].map((part) => Buffer.from(part));
  return {
    source: byteText(Buffer.concat([before!, bytes!, behind!])),
    start: before!.length,
    end: before!.length + bytes!.length,
  };
}

/** Makes rows of cells, as `readable` shows them. */
function rowCollector(emit: (row: Record<string, unknown>) => void): RowWriter {
  let row: Record<string, unknown> = {};
  return {
    column: (name, type) => {
      const text = (value: string): void => {
        if (value === '') return;
        if (name in row) throw new Error(`${name} was written twice`);
        row[name] = readableText(value, type);
      };
      return { text, put: ({ bytes }, from, to) => text(bytes.toString('utf8', from, to)) };
    },
    endRow: () => {
      emit(row);
      row = {};
    },
  };
}

function readableText(text: string, type: KqlType): string | number {
  if (type === 'string') return text;
  if (type === 'datetime') return readableBigint(BigInt(text));
  return Number.isSafeInteger(Number(text)) || type === 'real' ? Number(text) : text;
}

/** For parsers opened by hand that write no cells. */
export const noRows = (): RowWriter => rowCollector(() => {});

/** A row with its big integers readable: datetimes as text, others as numbers; columns without a value left out. */
function readable(row: Row): Record<string, unknown> {
  const entries = Object.entries(row).filter(([, cell]) => cell !== null && cell !== undefined);
  return Object.fromEntries(
    entries.map(([column, cell]) => [column, typeof cell === 'bigint' ? readableBigint(cell) : cell]),
  );
}

const readableBigint = (value: bigint): string | number => (value > 10n ** 17n ? formatDatetime(value) : Number(value));

/** The pairs `NAME.ext` and `NAME.expected.json` of a connector's `samples/` folder. */
export function readSamples(folder: URL): { name: string; text: string; expected: unknown }[] {
  const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
  return names.map((name) => ({
    name,
    text: readFileSync(new URL(name, folder), 'utf8'),
    expected: JSON.parse(readFileSync(new URL(`${name.replace(/\.[^.]+$/, '')}.expected.json`, folder), 'utf8')),
  }));
}
