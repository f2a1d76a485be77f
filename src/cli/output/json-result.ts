import { jsonLines, jsonText } from './json-text.js';
import { asObject } from './rows.js';
import type { StreamedResult, StreamedTable } from './streamed.js';

/** A query's result as one JSON document, while it comes: `{ asOf, tables: [{ name, columns, rows: [{…}] }], diagnostics, statistics }`. */
export async function* jsonResult(result: StreamedResult): AsyncIterable<string> {
  const { start } = result;
  yield `{\n  "asOf": ${jsonText(start.asOf)},\n  "tables": [`;
  let at = 0;
  for await (const table of result.tables) {
    yield at++ > 0 ? ',\n    ' : '\n    ';
    yield* tableText(table);
  }
  const { diagnostics, statistics } = result.end();
  yield `${at > 0 ? '\n  ' : ''}],\n  "diagnostics": ${jsonLines([...start.diagnostics, ...diagnostics], 2, '  ')},\n`;
  yield `  "statistics": ${jsonLines(statistics, 1, '  ')}\n}\n`;
}

async function* tableText({ name, columns, batches }: StreamedTable): AsyncIterable<string> {
  yield `{\n      "name": ${jsonText(name)},\n      "columns": ${jsonLines(columns, 1, '      ')},\n      "rows": [`;
  let first = true;
  for await (const rows of batches) {
    yield rows
      .map((row, at) => `${first && at === 0 ? '' : ','}\n        ${jsonText(asObject(columns, row))}`)
      .join('');
    first = false;
  }
  yield `${first ? '' : '\n      '}]\n    }`;
}
