import type { TableBuffer } from '../engine/store/table-buffer.js';
import type { Store } from '../engine/store/types.js';
import type { ColumnTypes } from '../kql/types.js';
import { knownSchema } from '../tables/known.js';
import type { Batcher } from './batcher.js';
import type { ParseContext, Sample } from './connector.js';
import type { Detected } from './detect.js';
import { rowWriter } from './row-writer.js';
import { settingsOf } from './settings.js';

/** Where a parser's rows go. */
export interface Destination {
  readonly store: Store;
  readonly batcher: Batcher;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** The table asked for, or ''. */
  readonly table: string;
}

/** What is parsed. */
export interface Origins {
  readonly fileName: string;
  /** When what is being read was written, Unix ms. */
  readonly modified: () => number;
  readonly sample?: Sample;
  /** Types of the source's columns, when it says them itself. */
  readonly columns?: ColumnTypes;
}

/** What a parser is opened with, and what it will have written into by then. */
export interface OpenedContext {
  readonly parse: ParseContext;
  /** Buffers that the parser writes into cell by cell; more may come up with the first records. */
  readonly direct: TableBuffer[];
  /** Types of columns that the source says, by table. */
  readonly declared: Record<string, ColumnTypes>;
}

export function parseContext(
  { store, batcher, settings, table }: Destination,
  { connector, framing }: Detected,
  { fileName, modified, sample, columns }: Origins,
): OpenedContext {
  const direct: TableBuffer[] = [];
  const declared: Record<string, ColumnTypes> = {};
  const parse: ParseContext = {
    framing,
    fileName,
    get modified() {
      return modified();
    },
    settings: settingsOf(connector, settings, table),
    ...(sample ? { sample } : {}),
    ...(columns ? { sourceColumns: columns } : {}),
    schema: (name) => {
      const stored = store.table(name);
      return stored
        ? Object.fromEntries(stored.columns.map((column) => [column.name, column.type]))
        : knownSchema(name);
    },
    rows: (name) => {
      const buffer = batcher.buffer(name, connector.schemas?.[name] ?? {});
      direct.push(buffer);
      return rowWriter(buffer);
    },
    declare: (name, types) => {
      declared[name] = { ...declared[name], ...types };
    },
  };
  return { parse, direct, declared };
}
