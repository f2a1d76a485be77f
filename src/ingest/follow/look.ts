import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { compressionOf } from '../compression.js';
import type { Connector, Sample } from '../connector.js';
import { type Detected, detect, framingOf, SAMPLE_SIZE, sampleOf } from '../detect.js';
import { isParquet } from '../parquet.js';
import { isBinary } from '../source.js';
import { encodingOf } from '../text-encoding.js';

/**
 * What a file is by its beginning:
 *  - `lines`: records that end with a line break, to be read as they come
 *  - `whole`: one document, Parquet, compressed: to be read when nobody writes it any more
 *  - `partial`: the beginning of what will be a line or a document
 *  - `unclear`: nothing that a connector claims, though more of it may tell
 */
export type Look =
  | { readonly kind: 'lines'; readonly detected: Detected; readonly sample: Sample }
  | { readonly kind: 'whole' }
  | { readonly kind: 'partial' }
  | { readonly kind: 'unclear'; readonly enough: boolean };

/** @param connector the name of the one to use, if it is known */
export async function lookAt(
  file: FileHandle,
  path: string,
  size: number,
  connectors: readonly Connector[],
  connector: string | undefined,
): Promise<Look> {
  const length = Math.min(size, SAMPLE_SIZE);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
  const start = buffer.subarray(0, bytesRead);
  if (isParquet(start) || compressionOf(start).kind !== 'none' || encodingOf(start) !== 'utf-8')
    return { kind: 'whole' };
  const text = start.toString('utf8').replace(/^\ufeff/, '');
  if (isBinary(text)) return { kind: 'whole' };
  const whole = size <= SAMPLE_SIZE;
  const lastBreak = text.lastIndexOf('\n');
  // the line that is being written says nothing yet, unless it is all there will be
  if (lastBreak < 0) return whole && !isJson(text) ? { kind: 'partial' } : { kind: 'whole' };
  const sample = { ...sampleOf(text.slice(0, lastBreak + 1), whole), fileName: basename(path) };
  const forced = connectors.find(({ name }) => name === connector);
  const framing = forced && framingOf(forced, sample, false);
  const detected = forced ? framing && { connector: forced, framing } : detect(connectors, sample, false);
  if (!detected) return /^\s*[[{<]/.test(text) ? { kind: 'whole' } : { kind: 'unclear', enough: !whole };
  if (detected.framing === 'xml-events' || detected.framing === 'parquet') return { kind: 'whole' };
  if (detected.framing === 'json' && !isLineOfJson(sample.lines[0] ?? '')) return { kind: 'whole' };
  return { kind: 'lines', detected, sample };
}

const isJson = (text: string): boolean => parsed(text) !== undefined;

function isLineOfJson(line: string): boolean {
  const value = parsed(line);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
