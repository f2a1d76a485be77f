import type { QueryEvent, ResultShape } from '../../index.js';

type EventOf<K extends QueryEvent['kind']> = Extract<QueryEvent, { kind: K }>;

/** A result whose rows come in batches, to be read once, before the next result is. */
export interface StreamedTable extends ResultShape {
  readonly batches: AsyncIterable<unknown[][]>;
}

/** A query's events told apart: what stands at the start, results one after the other, what stands at the end. */
export interface StreamedResult {
  readonly start: EventOf<'start'>;
  readonly tables: AsyncIterable<StreamedTable>;
  /** Only there once all tables were read. */
  end(): EventOf<'end'>;
  /** Cancels what is not read; harmless at the end. */
  close(): Promise<void>;
}

/** Starts a streamed query: resolves when it is compiled. Rejects as the query does. */
export async function streamed(stream: AsyncIterable<QueryEvent>): Promise<StreamedResult> {
  const events = stream[Symbol.asyncIterator]();
  const take = async (): Promise<QueryEvent> => (await events.next()).value as QueryEvent;
  const start = (await take()) as EventOf<'start'>;
  let next: QueryEvent = start;
  async function* batches(): AsyncGenerator<unknown[][], void> {
    for (next = await take(); next.kind === 'rows'; next = await take()) yield next.rows;
  }
  async function* tables(): AsyncGenerator<StreamedTable, void> {
    next = await take();
    while (next.kind === 'table') {
      const { kind: _, ...shape } = next;
      yield { ...shape, batches: batches() };
    }
  }
  return {
    start,
    tables: tables(),
    end: () => next as EventOf<'end'>,
    close: async () => void (await events.return?.()),
  };
}
