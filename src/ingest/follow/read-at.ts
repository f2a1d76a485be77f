import type { FileHandle } from 'node:fs/promises';
import { SLACK } from '../../util/byte-text.js';

/** The bytes of a file from a position on: so many, or those that there are. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length + SLACK);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
