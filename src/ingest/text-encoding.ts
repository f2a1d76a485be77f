/** How a source's bytes are to be read as text. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding by byte order mark, or by where the zero bytes stand when there is none. */
export function encodingOf(start: Uint8Array): TextEncoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const length = Math.min(start.length, 1024) & ~1;
  if (length < 16) return 'utf-8';
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at < length; at += 2) {
    if (start[at] === 0) evenZeros++;
    if (start[at + 1] === 0) oddZeros++;
  }
  const half = length / 2;
  if (oddZeros > half * 0.7 && evenZeros < half * 0.05) return 'utf-16le';
  return evenZeros > half * 0.7 && oddZeros < half * 0.05 ? 'utf-16be' : 'utf-8';
}

/** The same text as UTF-8 bytes without a byte order mark. Invalid UTF-8 is left for the decoder to replace. */
export async function* toUtf8(source: AsyncIterable<Buffer>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    const decoder = new TextDecoder(encoding);
    for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
    return;
  }
  let first = true;
  for await (const chunk of source) {
    yield first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
    first = false;
  }
}
