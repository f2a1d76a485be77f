import { readCsvRecord } from '../../kql/functions/text/csv.js';
import { digitsOf, readJson, writeJson } from '../../kql/functions/text/json.js';
import type { ExternalSource } from '../../kql/plan/nodes.js';

type Record = readonly (string | null)[];

const DELIMITERS: Readonly<{ [format: string]: string }> = {
  csv: ',',
  tsv: '\t',
  psv: '|',
  scsv: ';',
  sohsv: '\u0001',
};

/** The records of a file's text, a cell for each column (those that are missing are null). */
export function recordsOf(text: string, { format, skipFirst, columns }: ExternalSource): Record[] {
  const clean = text.replace(/^\uFEFF/, '');
  const delimiter = DELIMITERS[format];
  const records =
    delimiter !== undefined
      ? delimited(clean, delimiter)
      : format === 'raw'
        ? [[clean]]
        : format === 'txt'
          ? linesOf(clean).map((line) => [line])
          : objectsOf(clean, format).map((of) => columns.map((name) => cellOf(of[name])));
  return skipFirst ? records.slice(1) : records;
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Records of delimited text (RFC 4180 with any delimiter): quotes inside a quoted cell are doubled, empty lines passed over. */
export function delimited(text: string, delimiter: string): (readonly string[])[] {
  const records: (readonly string[])[] = [];
  for (let at = 0; at < text.length; ) {
    const { cells, isBlank, end } = readCsvRecord(text, delimiter, at);
    if (!isBlank) records.push(cells);
    at = end + 1;
  }
  return records;
}

type Properties = Readonly<{ [name: string]: unknown }>;

/** Objects one a line (json), or anywhere: in an array, or one after the other (multijson). */
function objectsOf(text: string, format: 'json' | 'multijson' | string): Properties[] {
  const isObject = (of: unknown): of is Properties => typeof of === 'object' && of !== null && !Array.isArray(of);
  const parse = (of: string): unknown[] => [readJson(of)].flat();
  if (format === 'json') {
    return linesOf(text)
      .filter((line) => line.trim() !== '')
      .flatMap(parse)
      .filter(isObject);
  }
  try {
    return parse(text).filter(isObject);
  } catch {
    return topLevel(text).flatMap(parse).filter(isObject);
  }
}

/** The texts of values that stand one after the other. */
function topLevel(text: string): string[] {
  const values: string[] = [];
  let [depth, start, quoted] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quoted) {
      if (char === '\\') i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') {
      if (depth++ === 0) start = i;
    } else if ((char === '}' || char === ']') && --depth === 0) values.push(text.slice(start, i + 1));
  }
  return values;
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return digitsOf(value) ?? value;
  return typeof value === 'object' ? writeJson(value) : String(value);
}
