import { basename } from 'node:path';
import type { FileEntry, FileStatus } from '../engine/store/files.js';
import { DamagedSource } from './compression.js';
import type { Connector, Sample } from './connector.js';
import { isCutShort } from './cut-short.js';
import { type Detected, detect, framingOf } from './detect.js';
import { nextFileId } from './file-ids.js';
import { type Identity, identify } from './fingerprint.js';
import type { IngestContext } from './ingest-context.js';
import { makeFramer } from './make-framer.js';
import { type FileState, openReader } from './open-reader.js';
import { openParquet, type ParquetFile } from './parquet.js';
import type { RecordReader } from './record-reader.js';
import type { FileOutcome, FileReport } from './report.js';
import { type Before, findBefore } from './resume.js';
import { type OpenedText, openSource, openText, type Source } from './source.js';
import { findUnpacked } from './unpacked.js';

const PROGRESS_INTERVAL = 100;
const NO_IDENTITY: Identity = { size: 0, head: '', fingerprint: '' };

/** Takes one file in. */
export class FileIngest implements FileState {
  before: Before = { kind: 'nothing' };
  private identity: Identity = NO_IDENTITY;
  id = 0;
  private told = 0;

  constructor(
    private readonly context: IngestContext,
    readonly path: string,
  ) {}

  async run(): Promise<FileReport> {
    let source: Source;
    try {
      source = await openSource(this.path, this.context.options.input);
    } catch (error) {
      return this.refuse(
        'unreadable',
        `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`,
      );
    }
    try {
      return await this.read(source);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EIO' || code === 'EISDIR' || code === 'EACCES')
        return this.refuse('unreadable', `cannot be read (${code})`);
      throw error;
    } finally {
      await source.close();
    }
  }

  private async read(source: Source): Promise<FileReport> {
    const { entries, options } = this.context;
    if (source.file && source.size > 0) {
      this.identity = await identify(source.file, source.size);
      const wanted = { connector: options.connector, target: options.table ?? '' };
      this.before = await findBefore(entries.values(), source.file, this.identity, this.path, wanted);
    }
    const { before } = this;
    if (before.kind === 'same' && before.entry.status === 'complete') return this.recorded(before.entry);
    this.id = before.kind === 'nothing' ? nextFileId(this.context.store, entries) : before.entry.id;

    const opened = await openText(source);
    if (opened.kind === 'empty') return this.report('empty', '', { note: 'the file is empty' });
    if (opened.kind === 'unsupported')
      return this.unrecognized(`compressed with ${opened.format}, which is not supported`, opened);
    if (opened.kind === 'parquet') return this.readParquet(source);
    if (source.file && opened.compression !== 'none' && before.kind === 'nothing')
      this.before = await findUnpacked(entries.values(), this.path, options.table ?? '', options.connector);
    return this.readText(source, { ...opened, sample: { ...opened.sample, fileName: basename(this.path) } });
  }

  private async readText(source: Source, opened: OpenedText): Promise<FileReport> {
    const detected = this.choose(opened.sample, false);
    if (!detected) return this.unrecognized(whyNot(opened, this.context.connectors), opened);
    const { before } = this;
    const cutShort =
      before.kind === 'unpacked'
        ? before.cutShort
        : before.kind === 'grown' &&
          before.entry.status === 'complete' &&
          (detected.framing.endsWith('lines') || detected.framing === 'csv') &&
          opened.compression === 'none' &&
          (await isCutShort(source.file!, before.entry.size));
    const reader = openReader(this.context, this, detected, source, opened.sample, {}, cutShort);
    if (typeof reader === 'string') return this.unrecognized(reader, opened);
    const framer = makeFramer(detected, reader, opened.sample);
    return this.pass(source, detected, reader, async () => {
      for await (const chunk of opened.chunks) {
        framer.push(chunk);
        await this.handOverWhenFull(source, detected, reader);
      }
      framer.end();
    });
  }

  private async readParquet(source: Source): Promise<FileReport> {
    if (!source.file) return this.unrecognized('a Parquet file can only be read from disk');
    let file: ParquetFile;
    try {
      file = await openParquet(this.path);
    } catch (error) {
      if (error instanceof DamagedSource) return this.unrecognized(error.message);
      throw error;
    }
    try {
      const rows = file.rows();
      const first = await rows.next();
      const start = first.done ? [] : first.value;
      const sample: Sample = { text: '', lines: [], json: start.slice(0, 200), fileName: basename(this.path) };
      const detected = this.choose(sample, true);
      if (!detected) return this.unrecognized(`no connector recognises this Parquet file${HINT}`);
      const reader = openReader(this.context, this, detected, source, sample, file.columns);
      if (typeof reader === 'string') return this.unrecognized(reader);
      return await this.pass(source, detected, reader, async () => {
        for (const row of start) reader.record(row, 0);
        for await (const batch of rows) {
          for (const row of batch) reader.record(row, 0);
          await this.handOverWhenFull(source, detected, reader);
        }
        source.bytesRead = source.size;
      });
    } finally {
      file.close();
    }
  }

  /** Runs the reading of a source's records to its end, or to where it is damaged. */
  private async pass(
    source: Source,
    detected: Detected,
    reader: RecordReader,
    read: () => Promise<void>,
  ): Promise<FileReport> {
    const { batcher } = this.context;
    let note = '';
    reader.whenDue = () => this.cut(detected, reader);
    try {
      await read();
    } catch (error) {
      if (!(error instanceof DamagedSource)) {
        batcher.note(this.entry(detected, reader, 'partial', ''));
        throw error;
      }
      note = error.message;
      reader.lose(`${note}; what could be read before is in`);
    }
    reader.end();
    const entry = this.entry(detected, reader, 'complete', note);
    this.context.entries.set(entry.id, entry);
    batcher.note(entry);
    this.tell(source, reader, true);
    if (batcher.isFull()) await batcher.handOver();
    const { before } = this;
    if (before.kind === 'unpacked') note ||= `it begins with what was read as ${before.entry.path}`;
    const status =
      this.before.kind === 'grown' || this.before.kind === 'unpacked'
        ? 'extended'
        : this.before.kind === 'same' && this.before.entry.status === 'partial'
          ? 'resumed'
          : 'ingested';
    return this.report(status, detected.connector.name, { ...reader.counts, note: note || undefined });
  }

  private async handOverWhenFull(source: Source, detected: Detected, reader: RecordReader): Promise<void> {
    const { batcher, options } = this.context;
    this.tell(source, reader, false);
    if (batcher.isFull()) this.cut(detected, reader);
    await batcher.handOverReady();
    options.signal?.throwIfAborted();
  }

  private cut(detected: Detected, reader: RecordReader): void {
    this.context.batcher.note(this.entry(detected, reader, 'partial', ''));
    this.context.batcher.cut();
  }

  private tell(source: Source, reader: RecordReader, last: boolean): void {
    const { onProgress } = this.context.options;
    if (!onProgress || (!last && performance.now() - this.told < PROGRESS_INTERVAL)) return;
    this.told = performance.now();
    onProgress({ path: this.path, bytesRead: source.bytesRead, bytesTotal: source.size, events: reader.counts.events });
  }

  /** The connector that was chosen by the user, by an earlier run, or by the content. */
  private choose(sample: Sample, parquet: boolean): Detected | undefined {
    const { connectors, options } = this.context;
    const { before } = this;
    const name =
      options.connector ??
      (before.kind !== 'nothing' && before.entry.status !== 'unrecognized' ? before.entry.connector : undefined);
    const connector = connectors.find((candidate) => candidate.name === name);
    if (!connector) return detect(connectors, sample, parquet);
    const framing = framingOf(connector, sample, parquet);
    return framing && { connector, framing };
  }

  private entry(
    { connector }: { connector: { name: string } },
    reader: RecordReader | undefined,
    status: FileStatus,
    note: string,
  ): FileEntry {
    const old =
      (this.before.kind === 'same' || this.before.kind === 'grown') && this.before.entry.status !== 'unrecognized'
        ? this.before.entry
        : undefined;
    const byTable = { ...old?.byTable };
    for (const [table, rows] of Object.entries(reader?.counts.byTable ?? {}))
      byTable[table] = (byTable[table] ?? 0) + rows;
    return {
      id: this.id,
      path: this.path,
      ...this.identity,
      connector: connector.name,
      target: this.context.options.table ?? '',
      status,
      records: reader?.counts.records ?? 0,
      events: (old?.events ?? 0) + (reader?.counts.events ?? 0),
      rejected: (old?.rejected ?? 0) + (reader?.counts.rejected ?? 1),
      byTable,
      note,
    };
  }

  private recorded(entry: FileEntry): FileReport {
    const { connector, events, rejected, byTable } = entry;
    const elsewhere = entry.path === this.path ? '' : ` as ${entry.path}`;
    return this.report('recorded', connector, { events, rejected, byTable, note: `already recorded${elsewhere}` });
  }

  private unrecognized(reason: string, opened?: OpenedText): FileReport {
    return this.refuse('unrecognized', reason, opened && !opened.binary ? opened.sample.text.slice(0, 1024) : '');
  }

  /** Keeps the file among the rejected as a whole, once. */
  private refuse(status: FileOutcome, reason: string, text = ''): FileReport {
    const { batcher, entries } = this.context;
    const { before } = this;
    const again = before.kind === 'same' && before.entry.status === 'unrecognized';
    if (!again) {
      if (this.id === 0) this.id = nextFileId(this.context.store, entries);
      batcher.reject({ fileId: this.id, file: this.path, line: 0, connector: '', reason, text });
      if (this.identity !== NO_IDENTITY && before.kind === 'nothing') {
        const entry = this.entry({ connector: { name: '' } }, undefined, 'unrecognized', reason);
        entries.set(entry.id, entry);
        batcher.note(entry);
      }
    }
    return this.report(status, '', { rejected: again ? 0 : 1, note: reason });
  }

  private report(
    status: FileOutcome,
    connector: string,
    counts: { events?: number; rejected?: number; byTable?: Readonly<Record<string, number>>; note?: string },
  ): FileReport {
    const { events = 0, rejected = 0, byTable = {}, note } = counts;
    return { path: this.path, connector, events, rejected, status, byTable, ...(note === undefined ? {} : { note }) };
  }
}

const HINT = '; choose one with --connector';

function whyNot({ binary }: OpenedText, connectors: readonly Connector[]): string {
  if (binary) return 'a binary file';
  return `no connector recognises this file${HINT} (${connectors.map(({ name }) => name).join(', ')})`;
}
