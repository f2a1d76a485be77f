import { threatIntel } from '../../connectors/threat-intel/manifest.js';
import type { WritableStore } from '../../engine/store/open.js';
import { Batcher } from '../../ingest/batcher.js';
import type { Sample } from '../../ingest/connector.js';
import { SAMPLE_SIZE, sampleOf } from '../../ingest/detect.js';
import { makeFramer } from '../../ingest/make-framer.js';
import { parseContext } from '../../ingest/parse-context.js';
import { RecordReader } from '../../ingest/record-reader.js';
import { peek } from './body.js';
import type { Staging } from './staging.js';
import { FeedFailure } from './types.js';

/** Records rejected, and none read: what is this? The rest need not be looked at. */
const HOPELESS = 20_000;

/** Takes in what a feed sends: documents, or STIX objects one by one. Rows wait in the staging area. */
export interface Intake {
  /** When what comes next was written, Unix ms. */
  modified: number;
  /** One document as UTF-8. */
  document(chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Objects that know of each other, up to `end`. */
  objects(): { take(object: unknown): Promise<void>; end(): Promise<void> };
  readonly counts: { records: number; events: number; rejected: number };
  /** Hands over what is left. */
  flush(): Promise<void>;
}

export interface IntakeOptions {
  readonly name: string;
  /** Settings of connectors by `connector.setting`. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

export function openIntake(store: WritableStore, staging: Staging, { name, settings }: IntakeOptions): Intake {
  const batcher = new Batcher(staging.writer);
  const counts = { records: 0, events: 0, rejected: 0 };
  const total = { ...counts };

  const open = (sample: Sample, framing: 'json' | 'lines') => {
    const detected = { connector: threatIntel, framing };
    const { parse, direct, declared } = parseContext({ store, batcher, settings, table: '' }, detected, {
      fileName: name,
      modified: () => intake.modified,
      sample,
    });
    const reader = new RecordReader(batcher, {
      fileId: 0,
      path: rejectedUnder(name),
      connector: threatIntel,
      parser: threatIntel.open(parse),
      direct,
      declared,
      skip: 0,
      ended: false,
      cutShort: false,
    });
    const count = (): void => {
      counts.records = total.records + reader.counts.records;
      counts.events = total.events + reader.counts.events;
      counts.rejected = total.rejected + reader.counts.rejected;
    };
    return {
      reader,
      detected,
      async step(): Promise<void> {
        count();
        if (counts.rejected > HOPELESS && counts.events === 0) throw new FeedFailure(NOT_INDICATORS);
        if (batcher.isFull()) await batcher.handOver();
      },
      end(): void {
        reader.end();
        count();
        Object.assign(total, counts);
      },
    };
  };

  const intake: Intake = {
    modified: Date.now(),
    counts,
    async document(chunks) {
      const [start, all] = await peek(chunks, SAMPLE_SIZE);
      const sample = sampleOf(start.toString('utf8', 0, SAMPLE_SIZE), start.length < SAMPLE_SIZE);
      const { reader, detected, step, end } = open(sample, isJson(sample) ? 'json' : 'lines');
      const framer = makeFramer(detected, reader, sample);
      for await (const chunk of all) {
        framer.push(chunk);
        await step();
      }
      framer.end();
      end();
    },
    objects() {
      const { reader, step, end } = open({ text: '', lines: [], json: [] }, 'json');
      return {
        async take(object) {
          reader.record(object, 0);
          await step();
        },
        end: async () => end(),
      };
    },
    flush: () => batcher.handOver(),
  };
  return intake;
}

export const NOT_INDICATORS = 'it holds no indicators: what could not be read is among the rejected';

/** What a feed's rejected records are filed under. */
export const rejectedUnder = (name: string): string => `feed:${name}`;

/** A document longer than the sample has no whole value in it yet. */
const isJson = ({ json, text }: Sample): boolean => json.length > 0 || /^\s*(?:\{|\[\s*(?:[{"]|\]))/.test(text);
