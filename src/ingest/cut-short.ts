import type { FileHandle } from 'node:fs/promises';

const BREAKS = [10, 13];

/**
 * True when the first `size` bytes of a file end inside a line that has more now: it was taken in as it stood then, and
 * what came after can't be added to it.
 */
export async function isCutShort(file: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const around = Buffer.alloc(2);
  const { bytesRead } = await file.read(around, 0, 2, size - 1);
  return bytesRead === 2 && !BREAKS.includes(around[0]!) && !BREAKS.includes(around[1]!);
}
