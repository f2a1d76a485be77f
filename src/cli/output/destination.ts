import { createReadStream, existsSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TrawlError, trawlError } from '../../util/errors.js';
import type { Io } from '../io.js';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

/** Texts as they come: at once, or one after the other. */
export type Texts = Iterable<string> | AsyncIterable<string>;

/**
 * Writes texts to standard output, or to a file when there is one: the file is there when all of it is.
 * @throws TrawlError `output-unwritable`, and what `texts` throws
 */
export async function writeTexts(io: Io, texts: Texts, file?: string): Promise<void> {
  if (file === undefined) {
    for await (const chunk of chunked(texts)) {
      if (io.gone) return;
      await io.write(chunk);
    }
    return;
  }
  await wholeFile(file, async (path) => {
    let handle: Awaited<ReturnType<typeof open>> | undefined;
    try {
      for await (const chunk of chunked(texts)) {
        const to = handle ?? (await attempt(file, () => open(path, 'w')));
        handle = to;
        await attempt(file, () => to.write(chunk));
      }
    } finally {
      await handle?.close();
    }
  });
}

/** Lets `write` make a file, which goes to standard output when the user named none. */
export async function writeFileBy<T>(io: Io, write: (file: string) => Promise<T>, file?: string): Promise<T> {
  if (file !== undefined) return wholeFile(file, write);
  const folder = mkdtempSync(join(tmpdir(), 'trawl-'));
  try {
    const path = join(folder, 'result');
    const result = await write(path);
    for await (const chunk of createReadStream(path)) if (!io.gone) await io.writeBytes(chunk as Uint8Array);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets `write` put files into a folder, made when missing. @throws TrawlError `output-unwritable` */
export async function intoFolder<T>(folder: string, write: (folder: string) => Promise<T>): Promise<T> {
  await attempt(folder, () => mkdir(folder, { recursive: true }));
  return write(folder);
}

/** True when `--output` names a folder: it ends in a slash, or is one. */
export const isFolder = (path: string): boolean =>
  /[/\\]$/.test(path) || (existsSync(path) && statSync(path).isDirectory());

/** Lets `write` make a file beside it that takes its place when it is whole; what is no plain file (a pipe) is written to as it is. */
async function wholeFile<T>(file: string, write: (path: string) => Promise<T>): Promise<T> {
  await attempt(file, () => mkdir(dirname(file), { recursive: true }));
  if (existsSync(file) && !statSync(file).isFile()) return write(file);
  const target = existsSync(file) ? realpathSync(file) : file;
  const part = `${target}.${process.pid}.part`;
  try {
    const result = await write(part);
    await attempt(file, () => rename(part, target));
    return result;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** @throws TrawlError `output-unwritable` */
async function attempt<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TrawlError) throw error;
    throw trawlError('output-unwritable', { path: file, reason: (error as Error).message.split('\n', 1)[0]! });
  }
}

async function* chunked(texts: Texts): AsyncIterable<string> {
  let chunk = '';
  for await (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
