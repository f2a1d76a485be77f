import { join } from 'node:path';
import { quoteName, quoteText } from '../../../kql/sql/duckdb/literal.js';
import { TICKS_PER_DAY } from '../../../util/ticks.js';
import { relationOf, type TableState } from '../table-state.js';
import type { Archive, ArchiveFile } from './archive-file.js';
import { fromParquet, type PhysicalColumn, physicalColumns } from './parquet-columns.js';

/** A column of `wholeSelect`: ticks of the day of the file that holds the row, null for rows in DuckDB. */
export const DAY_COLUMN = quoteName('$archived day');

/** The view of a table's rows in DuckDB and in its archive files. */
export const wholeView = (table: TableState): string => `whole.${quoteName(table.physical)}`;

/**
 * A SELECT over all rows of a table, with the columns it has in DuckDB. Files of the same columns are read by one
 * `read_parquet`, which looks into the first of them alone before it runs.
 */
export function wholeSelect(table: TableState): string {
  const columns = physicalColumns(table);
  const names = columns.map(({ name }) => quoteName(name));
  const live = `SELECT ${names.join(', ')}, NULL::BIGINT AS ${DAY_COLUMN} FROM ${relationOf(table)}`;
  return [
    live,
    ...(table.archive ? archiveSelects(columns, table.archive, [`${DAY_OF_FILE} AS ${DAY_COLUMN}`]) : []),
  ].join('\nUNION ALL\n');
}

/** SELECTs over the rows of archive files: one for all files of the same columns. `also` are more items of each. */
export function archiveSelects(
  columns: readonly PhysicalColumn[],
  { files, directory }: Archive,
  also: readonly string[] = [],
): string[] {
  const shapes = new Map<string, ArchiveFile[]>();
  for (const file of files) {
    const shape = JSON.stringify(file.columns);
    shapes.set(shape, [...(shapes.get(shape) ?? []), file]);
  }
  return [...shapes.values()].map((alike) => {
    const present = new Set(alike[0]!.columns);
    const items = columns.map((column) =>
      present.has(column.name)
        ? fromParquet(column)
        : `CAST(${column.absent} AS ${column.type}) AS ${quoteName(column.name)}`,
    );
    const paths = alike.map(({ file }) => quoteText(literalPath(join(directory, file))));
    return `SELECT ${[...items, ...also].join(', ')} FROM read_parquet([${paths.join(', ')}], filename = true)`;
  });
}

/**
 * The day that a file's name begins with. DuckDB works it out, and what follows from it, before it opens the file: for a
 * column called `filename` only.
 */
const DAY_OF_FILE = `date_diff('day', DATE '0001-01-01', CAST(regexp_extract(filename, '([0-9-]{10})-[0-9]+[.]parquet$', 1) AS DATE)) * ${TICKS_PER_DAY}`;

/** A path in which nothing is a glob to DuckDB. */
export const literalPath = (path: string): string => path.replace(/[*?[]/g, '[$&]');
