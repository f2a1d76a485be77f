import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/engine/store/types.js';
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

/** Lines of CEF as a firewall writes them, numbered by `externalId`. */
export const cefLines = (count: number, from = 0): string =>
  Array.from(
    { length: count },
    (_, n) =>
      `Jan 18 11:07:53 fw-1 CEF:0|Example|Wall|1.0|100|connection|5|rt=${1_700_000_000_000 + (from + n) * 1000} src=10.0.${(n >> 8) % 256}.${n % 256} dst=203.0.113.${n % 254} dpt=443 act=allow externalId=${from + n}\n`,
  ).join('');

/** A zstd frame of raw blocks (node:zlib has no zstd before version 23). */
export function zstd(bytes: Uint8Array): Buffer {
  const parts = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50])];
  for (let at = 0; ; at += 100_000) {
    const block = bytes.subarray(at, at + 100_000);
    const last = at + 100_000 >= bytes.length;
    const header = (block.length << 3) | (last ? 1 : 0);
    parts.push(Buffer.from([header & 255, (header >> 8) & 255, (header >> 16) & 255]), Buffer.from(block));
    if (last) return Buffer.concat(parts);
  }
}

/** One column of a table, in the order the rows went in. */
export async function column(store: Store, table: string, name: string): Promise<unknown[]> {
  const stored = store.table(table);
  if (!stored?.physical.has(name)) return [];
  const connection = await store.connect();
  const result = await connection.runAndReadAll(
    `SELECT "${stored.physical.get(name)}" FROM ${stored.relation} ORDER BY rowid`,
  );
  connection.closeSync();
  return result.getRows().map(([value]) => value);
}
