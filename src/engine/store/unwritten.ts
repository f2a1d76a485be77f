import { type ColumnCells, cellTexts } from './column-buffer.js';
import { REJECTED_TEXT_LIMIT, type RejectedRecord } from './rejected.js';
import type { BufferedRows } from './table-buffer.js';
import type { Batch } from './transaction.js';

/** The rows of a batch that DuckDB refuses, as records to be kept among the rejected: a defect of ours must not lose them. */
export function unwritten({ rows, rejected }: Batch, reason: string): RejectedRecord[] {
  return [...rejected, ...rows.flatMap((of) => recordsOf(of, reason))];
}

function recordsOf({ table, rows, columns }: BufferedRows, reason: string): RejectedRecord[] {
  const texts = columns
    .filter(({ part }) => part === 'value')
    .map(({ name, cells }) => [name, textsOf(cells, rows)] as const);
  return Array.from({ length: rows }, (_, row): RejectedRecord => {
    const values = texts.flatMap(([name, of]) => (of[row] ? [[name, of[row]]] : []));
    const text = JSON.stringify(Object.fromEntries(values)).slice(0, REJECTED_TEXT_LIMIT);
    return { fileId: 0, file: table, line: 0, connector: '', reason: `could not be written: ${reason}`, text };
  });
}

const textsOf = (cells: ColumnCells, rows: number): readonly string[] =>
  cells.same ? new Array<string>(rows).fill(cellTexts(cells)[0] ?? '') : cellTexts(cells);
