import { basename } from 'node:path';
import type { FileEntry } from '../engine/store/files.js';
import { compressionOf, DamagedSource, decompress } from './compression.js';
import { endsIdentity, HEAD, headOf, isOfEnds, TAIL } from './fingerprint.js';
import type { Before } from './resume.js';
import { openSource } from './source.js';

const CHUNK = 262_144;
const BREAKS = [10, 13];

/**
 * Looks a compressed file up by what it unpacks to: a log that was followed and then packed away. Of those recorded only
 * files that were followed are known by beginning and end.
 */
export async function findUnpacked(
  entries: Iterable<FileEntry>,
  path: string,
  target: string,
  connector: string | undefined,
): Promise<Before> {
  const candidates = [...entries]
    .filter((entry) => isOfEnds(entry) && entry.target === target && entry.size > 0)
    .filter((entry) => connector === undefined || entry.connector === connector)
    // little content is alike by chance, unless the name says that it is the same file
    .filter((entry) => entry.size >= HEAD || basename(path).startsWith(basename(entry.path)))
    .sort((a, b) => a.size - b.size);
  if (candidates.length === 0) return { kind: 'nothing' };
  let found: Before = { kind: 'nothing' };
  let start = Buffer.alloc(0);
  /** The last bytes met, and where they begin. */
  let window = Buffer.alloc(0);
  let from = 0;
  let open = candidates;
  for await (const chunk of unpacked(path)) {
    if (start.length < HEAD) start = Buffer.concat([start, chunk.subarray(0, HEAD - start.length)]);
    window = Buffer.concat([window, chunk]);
    const end = from + window.length;
    // whether a line goes on behind a candidate's end is known with one byte more
    const here = open.filter(({ size }) => size < end);
    open = open.filter(({ size }) => size >= end);
    for (const entry of here) found = matching(entry, start, window, from) ?? found;
    if (start.length === HEAD) open = open.filter(({ size, head }) => size < HEAD || head === headOf(start));
    if (open.length === 0) return found;
    const kept = Math.min(window.length, TAIL + 1);
    from += window.length - kept;
    window = window.subarray(window.length - kept);
  }
  for (const entry of open)
    if (entry.size === from + window.length) found = matching(entry, start, window, from) ?? found;
  return found;
}

function matching(entry: FileEntry, start: Buffer, window: Buffer, from: number): Before | undefined {
  const { size } = entry;
  const end = window.subarray(Math.max(0, size - TAIL) - from, size - from);
  if (endsIdentity(size, start.subarray(0, size), end).fingerprint !== entry.fingerprint) return undefined;
  const [before, after] = [window[size - from - 1]!, window[size - from]];
  const cutShort = after !== undefined && !BREAKS.includes(before) && !BREAKS.includes(after);
  return { kind: 'unpacked', entry, cutShort };
}

/** What can be read of the text; damage is for whoever takes it in to say. */
async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const { file, close } = await openSource(path);
  try {
    if (!file) return;
    const magic = Buffer.alloc(8);
    await file.read(magic, 0, 8, 0);
    const stream = file.createReadStream({ start: 0, highWaterMark: CHUNK, autoClose: false });
    yield* decompress(stream as AsyncIterable<Buffer>, compressionOf(magic).kind);
  } catch (error) {
    if (!(error instanceof DamagedSource)) throw error;
  } finally {
    await close();
  }
}
