import type { QueryTable } from '../../index.js';
import type { Io } from '../io.js';
import { writeTexts } from './destination.js';
import { jsonLines } from './json-text.js';
import { type OutputRequest, tableStyle } from './request.js';
import { asObject } from './rows.js';
import { tableText } from './table.js';
import { writeTables } from './write-tables.js';

/** Writes a table that is not a query's result (a list of tables, of hunts): as JSON it is a list of objects. */
export async function writePlainTable(io: Io, table: QueryTable, request: OutputRequest): Promise<void> {
  if (request.format === 'table') await writeTexts(io, [tableText(table, tableStyle(io, request))], request.file);
  else if (request.format === 'json')
    await writeTexts(
      io,
      [
        `${jsonLines(
          table.rows.map((row) => asObject(table.columns, row)),
          1,
        )}\n`,
      ],
      request.file,
    );
  else await writeTables(io, [{ name: table.name, table }], request);
}
