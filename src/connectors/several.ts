import type { Emit, Origin, Parser } from '../ingest/connector.js';

/**
 * A parser of records that may hold several events each (a batch that came as one message, tuples in a record).
 * `parse` can report one event a record; `end` reports the others.
 * @param read emits the rows of a record and returns how many events it held
 */
export function severalParser(read: (record: unknown, emit: Emit, origin: Origin) => number): Parser {
  let uncounted = 0;
  return {
    parse(record, emit, origin) {
      const events = read(record, emit, origin);
      uncounted += Math.max(0, events - 1);
      return events > 0 ? 'event' : 'skip';
    },
    end() {
      const count = uncounted;
      uncounted = 0;
      return count;
    },
  };
}

/** The items of a list under one of the names, when a message is a whole envelope or an array; the message itself otherwise. */
export function itemsOf(record: unknown, names: readonly string[]): readonly unknown[] {
  if (Array.isArray(record)) return record;
  if (typeof record === 'object' && record !== null)
    for (const name of names) {
      const list = (record as Readonly<Record<string, unknown>>)[name];
      if (Array.isArray(list)) return list;
    }
  return [record];
}
