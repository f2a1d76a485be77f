import type { Sample } from '../connector.js';
import type { Detected } from '../detect.js';
import { type Destination, parseContext } from '../parse-context.js';
import { RecordReader } from '../record-reader.js';

/**
 * A reader of records that come from no file: nothing was read of them before.
 * @param from what rejected records are filed under
 * @throws Reject when the connector doesn't take the source
 */
export function openStreamReader(
  destination: Destination,
  detected: Detected,
  { from, sample }: { readonly from: string; readonly sample?: Sample },
): RecordReader {
  const origins = { fileName: '', modified: Date.now, ...(sample ? { sample } : {}) };
  const { parse, direct, declared } = parseContext(destination, detected, origins);
  const { connector } = detected;
  const parser = connector.open(parse);
  return new RecordReader(destination.batcher, {
    fileId: 0,
    path: from,
    connector,
    parser,
    direct,
    declared,
    skip: 0,
    ended: false,
    cutShort: false,
  });
}
