import { compressionOf, decompress } from '../../ingest/compression.js';
import { encodingOf, toUtf8 } from '../../ingest/text-encoding.js';
import { FeedFailure } from './types.js';

/** Bytes that a document may have, also when it is decompressed. */
export const DOCUMENT_LIMIT = 256 * 1_048_576;

type Bytes = AsyncIterable<Buffer>;

/** The same bytes; fails once there are more than the limit. */
export async function* bounded(source: Bytes, limit = DOCUMENT_LIMIT): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > limit) throw new FeedFailure(`it is larger than ${Math.round(limit / 1_048_576)} MiB`);
    yield chunk;
  }
}

/** A document as UTF-8, decompressed when it is a gzip or zstd file. */
export async function* plainText(source: Bytes, limit = DOCUMENT_LIMIT): AsyncGenerator<Buffer> {
  const [start, all] = await peek(bounded(source, limit), 64);
  const { kind, name } = compressionOf(start);
  if (kind === 'unsupported') throw new FeedFailure(`it is compressed with ${name}; gzip and zstd are taken`);
  if (kind === 'none') return yield* toUtf8(all, encodingOf(start));
  const [inner, text] = await peek(bounded(decompress(all, kind), limit), 1024);
  yield* toUtf8(text, encodingOf(inner));
}

/** The first bytes of a source, and all of it. */
export async function peek(source: Bytes, least: number): Promise<readonly [start: Buffer, all: Bytes]> {
  const rest = source[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let length = 0;
  while (length < least) {
    const next = await rest.next();
    if (next.done) break;
    // a chunk may be good until the next one only
    held.push(Buffer.from(next.value));
    length += next.value.length;
  }
  const start = Buffer.concat(held, length);
  async function* all(): AsyncGenerator<Buffer> {
    if (length > 0) yield start;
    try {
      for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
    } finally {
      await rest.return?.();
    }
  }
  return [start, all()];
}

/** All of a document that has to be whole in memory. */
export async function textOf(source: Bytes, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of plainText(source, limit)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** A JSON document in memory. @throws FeedFailure when it is none */
export async function jsonOf(source: Bytes, what: string, limit = 64 * 1_048_576): Promise<Json> {
  const text = await textOf(source, limit);
  let value: unknown;
  try {
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw new FeedFailure(`${what} is no JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FeedFailure(`${what} is no JSON object`);
  return value as Json;
}

export type Json = Readonly<Record<string, unknown>>;
