import { type FileHandle, open } from 'node:fs/promises';
import { SLACK } from '../util/byte-text.js';
import { type Compression, compressionOf, DamagedSource, decompress } from './compression.js';
import type { Sample } from './connector.js';
import { SAMPLE_SIZE, sampleOf } from './detect.js';
import { isParquet } from './parquet.js';
import { STANDARD_INPUT } from './paths.js';
import { encodingOf, toUtf8 } from './text-encoding.js';

const CHUNK = 524_288;
/** A JSON document longer than the sample is read this far for its first value. */
const JSON_SAMPLE_LIMIT = 16 * 1_048_576;

/** An opened file or standard input. */
export interface Source {
  readonly path: string;
  /** Undefined for standard input and pipes: nothing to recognise them by later. */
  readonly file: FileHandle | undefined;
  /** Bytes at the time of opening: what is added later is left for the next ingest. 0 when unknown. */
  readonly size: number;
  /** Unix ms. */
  readonly modified: number;
  /** Bytes read so far, as they are on disk. */
  bytesRead: number;
  close(): Promise<void>;
}

/** @param input what `-` reads */
export async function openSource(path: string, input: AsyncIterable<Buffer> = process.stdin): Promise<Source> {
  if (path === STANDARD_INPUT)
    return {
      path,
      file: undefined,
      size: 0,
      modified: Date.now(),
      bytesRead: 0,
      close: async () => {},
      input,
    } as Source;
  const file = await open(path, 'r');
  const stats = await file.stat();
  const regular = stats.isFile();
  return {
    path,
    file: regular ? file : undefined,
    size: regular ? stats.size : 0,
    modified: stats.mtimeMs,
    bytesRead: 0,
    close: () => file.close(),
    ...(regular ? {} : { pipe: file }),
  };
}

/** A chunk is only good until the next one is asked for: a file's are read into two buffers in turn. */
async function* bytesOf(source: Source): AsyncGenerator<Buffer> {
  if (source.file === undefined) {
    const { pipe, input } = source as Source & { pipe?: FileHandle; input?: AsyncIterable<Buffer> };
    const stream: AsyncIterable<unknown> = pipe ? pipe.createReadStream({ autoClose: false }) : input!;
    for await (const chunk of stream) {
      source.bytesRead += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    return;
  }
  yield* readAhead(source, source.file);
}

/** A file's chunks; the next one is read while the last one is worked on. */
async function* readAhead(source: Source, file: FileHandle): AsyncGenerator<Buffer> {
  const size = Math.min(CHUNK, source.size);
  const buffers = [Buffer.allocUnsafeSlow(size + SLACK), Buffer.allocUnsafeSlow(size + SLACK)];
  const read = (position: number): Promise<{ bytesRead: number; buffer: Buffer }> => {
    buffers.reverse();
    return file.read(buffers[0]!, 0, Math.min(size, source.size - position), position);
  };
  let ahead = read(0);
  try {
    for (let position = 0; position < source.size; ) {
      const { bytesRead, buffer } = await ahead;
      if (bytesRead === 0) return;
      position += bytesRead;
      if (position < source.size) ahead = read(position);
      source.bytesRead = position;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    // nobody may close the file before
    await ahead.catch(() => {});
  }
}

/** A source's text, with its beginning looked at. */
export interface OpenedText {
  readonly kind: 'text' | 'parquet' | 'unsupported' | 'empty';
  /** For `unsupported`: the format's name. */
  readonly format: string;
  readonly compression: Compression;
  readonly sample: Sample;
  /** True when the beginning is no text. */
  readonly binary: boolean;
  /** All of the text as UTF-8, the beginning included. Ends with `DamagedSource` when the rest can't be read. */
  readonly chunks: AsyncIterable<Buffer>;
}

/** Opens a source's text: decompressed, decoded, and its sample taken. */
export async function openText(source: Source): Promise<OpenedText> {
  const raw = await peek(bytesOf(source), 4096);
  const start = Buffer.concat(raw.taken);
  const empty = {
    format: '',
    compression: 'none',
    sample: sampleOf('', true),
    binary: false,
    chunks: raw.all,
  } as const;
  if (start.length === 0) return { ...empty, kind: 'empty' };
  if (isParquet(start)) return { ...empty, kind: 'parquet', format: 'parquet' };
  const { kind: compression, name } = compressionOf(start);
  if (compression === 'unsupported') return { ...empty, kind: 'unsupported', format: name, binary: true };

  const plain = await peek(decompress(raw.all, compression), 4096);
  const encoding = encodingOf(Buffer.concat(plain.taken));
  const utf8 = toUtf8(plain.all, encoding);
  let text = await peek(utf8, SAMPLE_SIZE);
  let sample = sampleOf(Buffer.concat(text.taken).toString('utf8').slice(0, SAMPLE_SIZE), text.ended);
  for (let size = SAMPLE_SIZE * 4; needsMore(sample, text) && size <= JSON_SAMPLE_LIMIT; size *= 4) {
    text = await peek(text.all, size);
    const { json } = sampleOf(Buffer.concat(text.taken).toString('utf8'), text.ended);
    sample = { ...sample, json };
  }
  if (text.taken.length === 0 && !text.problem) return { ...empty, kind: 'empty', compression };
  return { kind: 'text', format: '', compression, sample, binary: isBinary(sample.text), chunks: text.all };
}

const needsMore = (sample: Sample, { ended }: Peeked): boolean =>
  !ended && sample.json.length === 0 && /^\s*[[{]/.test(sample.text);

/** Zero bytes and other control characters in plenty, or hardly any valid UTF-8. */
export function isBinary(text: string): boolean {
  const start = text.slice(0, 8192);
  const strange = start.match(/[\0-\x08\x0e-\x1a\ufffd]/g)?.length ?? 0;
  return strange > start.length * 0.1;
}

interface Peeked {
  readonly taken: readonly Buffer[];
  readonly ended: boolean;
  readonly problem?: unknown;
  /** Everything, what was taken included. To be read once. */
  readonly all: AsyncIterable<Buffer>;
}

/** Reads the first `size` bytes ahead. A problem met meanwhile is raised again where it belongs. */
async function peek(source: AsyncIterable<Buffer>, size: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const taken: Buffer[] = [];
  let length = 0;
  let ended = false;
  let problem: unknown;
  while (length < size && !ended) {
    try {
      const next = await iterator.next();
      if (next.done) ended = true;
      else if (next.value.length > 0) {
        taken.push(Buffer.from(next.value));
        length += next.value.length;
      }
    } catch (error) {
      if (!(error instanceof DamagedSource)) throw error;
      problem = error;
      ended = true;
    }
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* taken;
    if (problem) throw problem;
    if (!ended) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { taken, ended, problem, all: all() };
}
