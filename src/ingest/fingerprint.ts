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

const HEAD = 1024;
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
  const head = createHash('sha256').update(await read(file, 0, Math.min(HEAD, size)));
  return { size, head: head.digest('hex').slice(0, 32), fingerprint: hash.digest('hex') };
}

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
