import { type Args, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { FORMATS, type Format } from '../options.js';
import type { TableStyle } from './table.js';

/** How and where results are wanted. */
export interface OutputRequest {
  readonly format: Format;
  /** undefined: standard output */
  readonly file: string | undefined;
  /** Rows a printed table shows at most. */
  readonly rows: number;
}

/** @throws UsageError */
export function outputRequest(args: Args, rows: number): OutputRequest {
  const format = (args.text('format') ?? 'table').toLowerCase();
  const known = FORMATS.find((of) => of === (format === 'md' ? 'markdown' : format));
  if (!known) throw new UsageError(`--format takes one of ${FORMATS.join(', ')}, not ${format}`);
  const file = args.text('output');
  return { format: known, file: file === '-' ? undefined : file, rows: rowLimit(args.text('rows'), rows) };
}

function rowLimit(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (text === 'all') return Number.POSITIVE_INFINITY;
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 0) throw new UsageError(`--rows takes a whole number or all, not ${text}`);
  return rows;
}

/** How tables are printed: a file gets neither colours nor a width. */
export const tableStyle = (io: Io, { file, rows }: OutputRequest): TableStyle =>
  file === undefined
    ? { width: io.width, colors: io.colors, rows }
    : { width: Number.POSITIVE_INFINITY, colors: NO_COLORS, rows };

const NO_COLORS = new Proxy({}, { get: () => String }) as TableStyle['colors'];
