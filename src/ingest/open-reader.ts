import { basename } from 'node:path';
import type { ColumnTypes } from '../kql/types.js';
import { Reject, type Sample } from './connector.js';
import type { Detected } from './detect.js';
import type { IngestContext } from './ingest-context.js';
import { parseContext } from './parse-context.js';
import { RecordReader } from './record-reader.js';
import type { Before } from './resume.js';
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
  const { parse, direct, declared } = parseContext(
    { store, batcher, settings: options.settings ?? {}, table: options.table ?? '' },
    { connector, framing },
    { fileName: basename(path), modified: () => source.modified, sample, columns },
  );
  const unrecognized = before.kind !== 'nothing' && before.entry.status === 'unrecognized';
  const entry = before.kind === 'nothing' || unrecognized ? undefined : before.entry;
  try {
    const parser = connector.open(parse);
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
