import { constants, createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';

/** Raised after everything readable was handed on: the rest of the source is lost. */
export class DamagedSource extends Error {
  override readonly name = 'DamagedSource';
}

export type Compression = 'none' | 'gzip' | 'zstd' | 'unsupported';

const MAGIC: readonly (readonly [Compression, string, readonly number[]])[] = [
  ['gzip', 'gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', 'zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['unsupported', 'bzip2', [0x42, 0x5a, 0x68]],
  ['unsupported', 'xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['unsupported', 'zip', [0x50, 0x4b, 0x03, 0x04]],
  ['unsupported', '7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['unsupported', 'lz4', [0x04, 0x22, 0x4d, 0x18]],
];

/** How a source is compressed, by its first bytes, and the name of the format. */
export function compressionOf(start: Uint8Array): { readonly kind: Compression; readonly name: string } {
  const found = MAGIC.find(([, , magic]) => magic.every((byte, at) => start[at] === byte));
  return found ? { kind: found[0], name: found[1] } : { kind: 'none', name: '' };
}

/** Input goes in small slices, so that one that expands a thousandfold doesn't fill the memory. */
const GZIP_SLICE = 65_536;
const ZSTD_SLICE = 2_048;

/**
 * The decompressed bytes of a source. A truncated or damaged one gives all that could be read, then throws `DamagedSource`.
 */
export async function* decompress(source: AsyncIterable<Buffer>, kind: Compression): AsyncGenerator<Buffer> {
  if (kind === 'gzip') yield* gunzip(source);
  else if (kind === 'zstd') yield* unzstd(source);
  else yield* source;
}

async function* gunzip(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: 262_144, flush: constants.Z_NO_FLUSH });
  let ready: Buffer[] = [];
  let error: Error | undefined;
  let wake = (): void => {};
  // flowing from the start: what is decompressed is here before the write is acknowledged, and no error can take it back
  stream.on('data', (chunk: Buffer) => ready.push(chunk));
  stream.on('error', (problem: Error) => {
    error = problem;
    wake();
  });
  const step = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      act(resolve);
    });
  const take = (): Buffer[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length && !error; at += GZIP_SLICE) {
        const slice = chunk.subarray(at, at + GZIP_SLICE);
        await step((done) => stream.write(slice, () => done()));
        yield* take();
      }
      if (error) break;
    }
    if (!error) {
      await step((done) => {
        stream.once('end', done);
        stream.end();
      });
      yield* take();
    }
    if (error) throw new DamagedSource(`the gzip data is damaged or cut off (${error.message})`);
  } finally {
    stream.destroy();
  }
}

async function* unzstd(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let ready: Buffer[] = [];
  const stream = new Decompress((chunk) => {
    if (chunk.length > 0) ready.push(Buffer.from(chunk));
  });
  const take = (): Buffer[] => {
    const taken = ready;
    ready = [];
    return taken;
  };
  let problem: Error | undefined;
  const push = (bytes: Uint8Array, final: boolean): void => {
    try {
      stream.push(bytes, final);
    } catch (error) {
      problem = error as Error;
    }
  };
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length && !problem; at += ZSTD_SLICE) {
      push(new Uint8Array(chunk.subarray(at, at + ZSTD_SLICE)), false);
      yield* take();
    }
    if (problem) break;
  }
  if (!problem) {
    push(new Uint8Array(0), true);
    yield* take();
  }
  if (problem) throw new DamagedSource(`the zstd data is damaged or cut off (${problem.message})`);
}
