import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { plainText } from './body.js';
import { nonEmpty } from './list.js';
import type { Loaded, Loading } from './loading.js';
import { FeedFailure } from './types.js';

/** Reads a local file, unless it is as it was. */
export async function loadFile({ feed: { path }, position, intake, signal }: Loading<'file'>): Promise<Loaded> {
  const before = await stateOf(path);
  const etag = tagOf(before);
  if (etag === position.etag) return { position, unchanged: true, whole: true };
  intake.modified = before.mtimeMs;
  await intake.document(nonEmpty(plainText(createReadStream(path, { signal }))));
  if (tagOf(await stateOf(path)) !== etag) throw new FeedFailure('the file is being written');
  return { position: { etag }, whole: true };
}

async function stateOf(path: string): Promise<Stats> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return stats;
  } catch (error) {
    throw new FeedFailure(`the file can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
  throw new FeedFailure('it is no file');
}

const tagOf = ({ size, mtimeMs, ino }: Stats): string => `${ino} ${size} ${mtimeMs}`;
