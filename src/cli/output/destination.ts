import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { trawlError } from '../../util/errors.js';
import type { Io } from '../io.js';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

/** Writes texts to standard output, or to a file when there is one. @throws TrawlError `output-unwritable` */
export async function writeTexts(io: Io, texts: Iterable<string>, file?: string): Promise<void> {
  if (file === undefined) {
    for (const chunk of chunked(texts)) {
      if (io.gone) return;
      await io.write(chunk);
    }
    return;
  }
  await writing(file, async () => {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'w');
    try {
      for (const chunk of chunked(texts)) await handle.write(chunk);
    } finally {
      await handle.close();
    }
  });
}

/** Lets `write` make a file, which goes to standard output when the user named none. */
export async function writeFileBy(io: Io, write: (file: string) => Promise<void>, file?: string): Promise<void> {
  if (file !== undefined) {
    await writing(file, async () => {
      await mkdir(dirname(file), { recursive: true });
      await write(file);
    });
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'trawl-'));
  try {
    const path = join(folder, 'result');
    await write(path);
    for await (const chunk of createReadStream(path)) if (!io.gone) await io.writeBytes(chunk as Uint8Array);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True when `--output` names a folder: it ends in a slash, or is one. */
export const isFolder = (path: string): boolean =>
  /[/\\]$/.test(path) || (existsSync(path) && statSync(path).isDirectory());

async function writing(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw trawlError('output-unwritable', { path: file, reason: (error as Error).message.split('\n', 1)[0]! });
  }
}

function* chunked(texts: Iterable<string>): Iterable<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
