import { createGunzip, createInflate } from 'node:zlib';
import { trawlError } from '../../util/errors.js';

/** Bytes that a body may have when it is decompressed. */
export const BODY_LIMIT = 64 * 1_048_576;

/**
 * A body as it was before compression.
 * @throws TrawlError `body-invalid`: broken, too large (a bomb ends at the limit), or compressed in another way
 */
export async function decompressed(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const kind = (encoding ?? 'identity').trim().toLowerCase();
  if (kind === 'identity' || kind === '') return body;
  if (kind !== 'gzip' && kind !== 'x-gzip' && kind !== 'deflate')
    throw trawlError('body-invalid', { reason: `it is compressed with ${kind}; gzip and deflate are taken` });
  const stream = kind === 'deflate' ? createInflate() : createGunzip();
  const chunks: Buffer[] = [];
  let length = 0;
  stream.end(body);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > BODY_LIMIT)
        throw trawlError('body-invalid', {
          reason: `it is larger than ${BODY_LIMIT / 1_048_576} MiB when decompressed`,
        });
      chunks.push(chunk);
    }
  } catch (error) {
    stream.destroy();
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_'))
      throw trawlError('body-invalid', { reason: `it can't be decompressed: ${(error as Error).message}` });
    throw error;
  }
  return Buffer.concat(chunks, length);
}
