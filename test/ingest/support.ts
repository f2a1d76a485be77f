import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Framer, RecordSink } from '../../src/ingest/framing.js';

/** A directory that goes away with the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'trawl-ingest-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export interface Framed {
  readonly records: unknown[];
  readonly lines: number[];
  readonly rejected: { text: string; line: number; reason: string }[];
  readonly envelopes: unknown[];
}

/** What a framer makes of bytes that come in chunks of the given sizes (the last size goes on). */
export function frame(
  make: (sink: RecordSink) => Framer,
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
): Framed {
  const framed: Framed = { records: [], lines: [], rejected: [], envelopes: [] };
  const framer = make({
    record(record, line, envelope) {
      framed.records.push(record);
      framed.lines.push(line);
      framed.envelopes.push(envelope);
    },
    reject: (text, line, reason) => framed.rejected.push({ text, line, reason }),
  });
  let at = 0;
  for (let n = 0; at < bytes.length; n++) {
    const size = Math.max(1, sizes[Math.min(n, sizes.length - 1)] ?? bytes.length);
    framer.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  framer.end();
  return framed;
}
