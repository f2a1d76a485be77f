// What the schema assets have in common: how their sources are read and a column is written.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The letter each column's type is told by (src/tables/known.ts reads it back). */
export const LETTERS = {
  bool: 'b',
  int: 'i',
  long: 'l',
  real: 'r',
  decimal: 'c',
  string: 's',
  datetime: 't',
  timespan: 'n',
  guid: 'g',
  dynamic: 'd',
};

/** The value of a JSON file, plain or gzipped. */
export function readJson(file) {
  const bytes = readFileSync(file);
  return JSON.parse(bytes[0] === 0x1f ? gunzipSync(bytes) : bytes);
}
