import { basename } from 'node:path';
import type { TableBuffer } from '../engine/store/table-buffer.js';
import type { ColumnTypes } from '../kql/types.js';
import { knownSchema } from '../tables/known.js';
import { type ParseContext, Reject, type Sample } from './connector.js';
import type { Detected } from './detect.js';
import type { IngestContext } from './ingest-context.js';
import { RecordReader } from './record-reader.js';
import type { Before } from './resume.js';
import { rowWriter } from './row-writer.js';
import { settingsOf } from './settings.js';
import type { Source } from './source.js';

/** Which file is read, and what is known of it. */
export interface FileState {
  readonly path: string;
  readonly id: number;
  readonly before: Before;
}

/**
 * A reader with the connector's parser, or why the connector refuses the source.
 * @param columns types of the source's columns, when it says them itself
 * @param cutShort whether the last record of an earlier run has more text now than it had then
 */
export function openReader(
  { store, batcher, options }: IngestContext,
  { path, id, before }: FileState,
  { connector, framing }: Detected,
  source: Source,
  sample: Sample,
  columns: ColumnTypes,
  cutShort = false,
): RecordReader | string {
  const declared: Record<string, ColumnTypes> = {};
  const direct: TableBuffer[] = [];
  const context: ParseContext = {
    framing,
    fileName: basename(path),
    modified: source.modified,
    settings: settingsOf(connector, options.settings ?? {}, options.table ?? ''),
    sample,
    sourceColumns: columns,
    schema: (table) => {
      const stored = store.table(table);
      return stored ? Object.fromEntries(stored.columns.map(({ name, type }) => [name, type])) : knownSchema(table);
    },
    rows: (table) => {
      const buffer = batcher.buffer(table, connector.schemas?.[table] ?? {});
      direct.push(buffer);
      return rowWriter(buffer);
    },
    declare: (table, types) => {
      declared[table] = { ...declared[table], ...types };
    },
  };
  const unrecognized = before.kind !== 'nothing' && before.entry.status === 'unrecognized';
  const entry = before.kind === 'nothing' || unrecognized ? undefined : before.entry;
  try {
    const parser = connector.open(context);
    if (before.kind === 'same' && unrecognized) batcher.forget(id);
    return new RecordReader(batcher, {
      fileId: id,
      path,
      connector,
      parser,
      direct,
      declared,
      skip: entry?.records ?? 0,
      ended: entry?.status === 'complete',
      cutShort,
    });
  } catch (error) {
    if (error instanceof Reject) return error.message;
    throw error;
  }
}
