import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ColumnTypes, KqlType } from '../kql/types.js';

/** The type a column's leading letter stands for in the compact schemas. */
export const TYPE_OF_LETTER: Readonly<Record<string, KqlType>> = {
  b: 'bool',
  i: 'int',
  l: 'long',
  r: 'real',
  c: 'decimal',
  s: 'string',
  t: 'datetime',
  n: 'timespan',
  g: 'guid',
  d: 'dynamic',
};

/** Lines of the asset by table, not yet taken apart (scripts/tables.mjs says how a line is written). */
let lines: Map<string, string> | undefined;
const parsed = new Map<string, ColumnTypes>();

function load(): Map<string, string> {
  if (lines) return lines;
  lines = new Map();
  for (const line of gunzipSync(readFileSync(new URL('./schemas.tsv.gz', import.meta.url)))
    .toString('utf8')
    .split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) lines.set(line.slice(0, tab), line.slice(tab + 1));
  }
  return lines;
}

/** Names of the tables whose schemas come with Trawl (those of Microsoft Sentinel and Defender), sorted. */
export const knownTables = (): readonly string[] => [...load().keys()];

/** The columns of a table that comes with Trawl, in order, or undefined when it isn't known. Names are case-sensitive. */
export function knownSchema(table: string): ColumnTypes | undefined {
  const done = parsed.get(table);
  if (done) return done;
  const line = load().get(table);
  if (line === undefined) return undefined;
  const columns: Record<string, KqlType> = {};
  for (const column of line.split(',')) columns[column.slice(1)] = TYPE_OF_LETTER[column.charAt(0)]!;
  parsed.set(table, columns);
  return columns;
}

/** The columns of a table as text only, for tests of membership without taking every schema apart. */
export function knownColumnNames(table: string): readonly string[] {
  const line = load().get(table);
  return line === undefined ? [] : line.split(',').map((column) => column.slice(1));
}
