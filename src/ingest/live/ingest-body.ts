import { isBatchKnown } from '../../engine/store/batches.js';
import type { WritableStore } from '../../engine/store/open.js';
import { trawlError } from '../../util/errors.js';
import { Batcher } from '../batcher.js';
import { type Connector, Reject } from '../connector.js';
import { detect, framingOf, SAMPLE_SIZE, sampleOf } from '../detect.js';
import { makeFramer } from '../make-framer.js';
import type { Destination } from '../parse-context.js';
import type { ReadCounts } from '../record-reader.js';
import type { LiveWriter } from './live-writer.js';
import { openStreamReader } from './stream-reader.js';

/** A body that a client sent, decompressed. */
export interface Body {
  readonly bytes: Buffer;
  /** Name of the connector to use, whatever the content looks like. */
  readonly connector?: string;
  /** Table for data already in a table's shape; means the connector `table` unless another is named. */
  readonly table?: string;
  /** What rejected records are filed under: `http://192.0.2.7`. */
  readonly from: string;
  /** What the client calls the batch: one of that name is taken in once. */
  readonly id?: string;
}

/** What became of a body, after its commit. */
export interface BodyReport {
  readonly events: number;
  readonly rejected: number;
  readonly byTable: Readonly<Record<string, number>>;
  /** Whether a batch of that name was in already: nothing was added then. */
  readonly known: boolean;
}

const KNOWN: BodyReport = { events: 0, rejected: 0, byTable: {}, known: true };

/** Takes a body in, all of it or nothing; resolves after the commit. @throws TrawlError `connector-unknown`, `body-unrecognised` */
export type BodyIngest = (body: Body) => Promise<BodyReport>;

export function openBodyIngest(
  store: WritableStore,
  writer: LiveWriter,
  connectors: readonly Connector[],
  settings: Readonly<Record<string, string | number | boolean>>,
): BodyIngest {
  const underWay = new Map<string, Promise<BodyReport>>();
  const write = async (body: Body): Promise<BodyReport> => {
    if (body.id !== undefined && (await isKnown(store, body.id))) return KNOWN;
    await writer.room();
    const batcher = new Batcher(writer, Number.POSITIVE_INFINITY);
    const { events, rejected, byTable } = parse(
      { store, batcher, settings, table: body.table ?? '' },
      connectors,
      body,
    );
    void batcher.handOver(body.id === undefined ? [] : [body.id]);
    await writer.flush();
    return { events, rejected, byTable, known: false };
  };
  return async (body) => {
    const { id } = body;
    if (id === undefined) return write(body);
    const before = underWay.get(id);
    if (before) return before.then(() => KNOWN);
    const mine = write(body);
    underWay.set(id, mine);
    try {
      return await mine;
    } finally {
      underWay.delete(id);
    }
  };
}

async function isKnown(store: WritableStore, id: string): Promise<boolean> {
  const connection = await store.connect();
  try {
    return await isBatchKnown(connection, id);
  } finally {
    connection.closeSync();
  }
}

function parse(
  destination: Destination,
  connectors: readonly Connector[],
  { bytes, connector: named, table, from }: Body,
): ReadCounts {
  const sample = sampleOf(bytes.toString('utf8', 0, SAMPLE_SIZE), bytes.length <= SAMPLE_SIZE);
  const name = named ?? (table === undefined ? undefined : 'table');
  const forced = connectors.find((connector) => connector.name === name);
  if (name !== undefined && !forced)
    throw trawlError('connector-unknown', { name, known: connectors.map((connector) => connector.name) });
  const framing = forced && framingOf(forced, sample, false);
  const detected = forced ? framing && { connector: forced, framing } : detect(connectors, sample, false);
  if (!detected) throw trawlError('body-unrecognised', { reason: 'no connector recognises it' });
  try {
    const reader = openStreamReader(destination, detected, { from, sample });
    const framer = makeFramer(detected, reader, sample);
    framer.push(bytes);
    framer.end();
    reader.end();
    return reader.counts;
  } catch (error) {
    if (error instanceof Reject) throw trawlError('body-unrecognised', { reason: error.message });
    throw error;
  }
}
