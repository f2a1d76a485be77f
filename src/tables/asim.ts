import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Columns of ASIM's normalising functions by function, as `letter + name` joined by commas (scripts/asim.mjs). */
let byFunction: Map<string, string> | undefined;

function load(): Map<string, string> {
  if (byFunction) return byFunction;
  byFunction = new Map();
  const text = gunzipSync(readFileSync(new URL('./asim.tsv.gz', import.meta.url))).toString('utf8');
  for (const line of text.split('\n')) {
    const [names, columns] = line.split('\t');
    if (names && columns) for (const name of names.split(' ')) byFunction.set(name, columns);
  }
  return byFunction;
}

/**
 * The columns an ASIM function (`_Im_Dns`, `imNetworkSession`, `_ASim_WebSession`, …) returns in Sentinel, each led by the
 * letter of its type as in the table schemas; undefined for other names.
 */
export const asimColumns = (name: string): readonly string[] | undefined => load().get(name)?.split(',');
