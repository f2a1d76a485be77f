import type { Sample } from '../../ingest/connector.js';
import { delimiterOf, frameCsv } from '../../ingest/frame-csv.js';
import { knownSchema } from '../../tables/known.js';
import { bareName } from './names.js';

/** A sample as columns: names in order, and for CSV the texts of each. */
export interface Columns {
  readonly names: readonly string[];
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Names of columns with objects or arrays in them. */
  readonly nested: ReadonlySet<string>;
}

const NOTHING: Columns = { names: [], columns: new Map(), nested: new Set() };

const ROWS = 200;
const seen = new WeakMap<Sample, Columns>();

export function readSample(sample: Sample): Columns {
  let found = seen.get(sample);
  if (found === undefined) {
    found = sample.json.length > 0 ? fromJson(sample.json) : fromCsv(sample);
    seen.set(sample, found);
  }
  return found;
}

function fromJson(values: readonly unknown[]): Columns {
  const names = new Set<string>();
  const nested = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return NOTHING;
    for (const [name, cell] of Object.entries(value)) {
      names.add(name);
      if (typeof cell === 'object' && cell !== null) nested.add(name);
    }
  }
  return { names: [...names], columns: new Map(), nested };
}

function fromCsv(sample: Sample): Columns {
  const rows: (readonly string[])[] = [];
  const framer = frameCsv(
    { record: (row) => rows.length <= ROWS && rows.push(row as string[]), reject: () => {} },
    delimiterOf(sample.lines[0] ?? ''),
  );
  framer.push(Buffer.from(sample.text));
  framer.end();
  const [first = [], ...rest] = rows;
  const names = headerOf(first);
  if (names.length < 2) return NOTHING;
  const texts = (at: number): string[] => rest.map((row) => row[at] ?? '').map((text) => (text === 'null' ? '' : text));
  return {
    names: names.filter((name) => name !== ''),
    columns: new Map(names.map((name, at) => [name, texts(at)])),
    nested: new Set(),
  };
}

/** A CSV header's names. A column without a name (the index that data frames write) stays without one. */
export const headerOf = (cells: readonly string[]): string[] => cells.map((cell) => cell.trim());

/** The table that the rows say they are of: columns `Type` or `$table`, the same known or custom table in all of them. */
export function rowType(sample: Sample): string | undefined {
  const { names, columns } = readSample(sample);
  for (const column of ['Type', '$table', 'TableName']) {
    const name = names.find((candidate) => bareName(candidate) === column);
    if (name === undefined) continue;
    const values = new Set(
      sample.json.length > 0 ? sample.json.map((value) => (value as Record<string, unknown>)[name]) : columns.get(name),
    );
    values.delete('');
    values.delete(undefined);
    const [value] = values;
    if (values.size === 1 && typeof value === 'string' && (knownSchema(value) || /_CL$/.test(value))) return value;
  }
  return undefined;
}
