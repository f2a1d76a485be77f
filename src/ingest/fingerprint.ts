import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** What tells files apart by content without reading all of a large one. */
export interface Identity {
  readonly size: number;
  /** Hash of the first 1,024 bytes (of all, when there are fewer). */
  readonly head: string;
  /** Hash of the size and of 16 blocks of 64 KiB spread evenly over the file: the whole content up to 1 MiB. */
  readonly fingerprint: string;
}

/** Bytes at the beginning that `Identity.head` is of. */
export const HEAD = 1024;
/** Bytes before the end that the cheap fingerprint is of. */
export const TAIL = 4096;
const ENDS = 'ends:';
const BLOCK = 65_536;
const BLOCKS = 16;

/** The identity of the first `size` bytes of an open file. */
export async function identify(file: FileHandle, size: number): Promise<Identity> {
  const hash = createHash('sha256').update(`${size}\n`);
  const last = Math.max(0, size - BLOCK);
  const starts =
    size <= BLOCK * BLOCKS
      ? Array.from({ length: Math.ceil(size / BLOCK) }, (_, index) => index * BLOCK)
      : Array.from({ length: BLOCKS }, (_, index) => Math.floor((last * index) / (BLOCKS - 1)));
  for (const start of starts) hash.update(await read(file, start, Math.min(BLOCK, size - start)));
  const head = headOf(await read(file, 0, Math.min(HEAD, size)));
  return { size, head, fingerprint: hash.digest('hex') };
}

/**
 * The identity of a file that grows, cheap enough to be taken at each commit: its fingerprint is of the size, the beginning
 * and what stands before the end.
 */
export async function identifyEnds(file: FileHandle, size: number): Promise<Identity> {
  const start = await read(file, 0, Math.min(HEAD, size));
  const from = Math.max(0, size - TAIL);
  return endsIdentity(size, start, await read(file, from, size - from));
}

/** @param start the first 1,024 bytes, @param end the 4,096 bytes before `size`; all when there are fewer */
export function endsIdentity(size: number, start: Uint8Array, end: Uint8Array): Identity {
  const hash = createHash('sha256').update(`${size}\n`).update(start).update(end);
  return { size, head: headOf(start), fingerprint: `${ENDS}${hash.digest('hex')}` };
}

export const headOf = (start: Uint8Array): string => createHash('sha256').update(start).digest('hex').slice(0, 32);

/** Whether the first bytes of a file are those that were identified. */
export async function beginsWith(file: FileHandle, known: Identity): Promise<boolean> {
  const cheap = known.fingerprint.startsWith(ENDS);
  const now = cheap ? await identifyEnds(file, known.size) : await identify(file, known.size);
  return now.fingerprint === known.fingerprint;
}

/** Whether only beginning and end count. */
export const isOfEnds = ({ fingerprint }: Identity): boolean => fingerprint.startsWith(ENDS);

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
