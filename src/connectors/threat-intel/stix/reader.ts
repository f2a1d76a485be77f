import { type Emit, Reject } from '../../../ingest/connector.js';
import { type Source, TABLE } from '../row.js';
import { finishedRows, indicatorRows, isStixObject, neighbours, type StixObject } from './objects.js';

/** Indicators held back at most; in a longer source, names that come later than this are not resolved. */
const HELD = 200_000;

/**
 * Reads STIX objects one by one. Indicators are held until the end, since the identities, malware and relationships
 * that name them may follow; all other objects only serve that and are no events.
 */
export function stixReader(source: Source) {
  const around = neighbours();
  let held: { object: StixObject; parsed: ReturnType<typeof indicatorRows> }[] = [];
  let flushed = 0;

  const flush = (emit: Emit): void => {
    for (const { object, parsed } of held)
      for (const row of finishedRows(object, parsed, around, source)) emit(TABLE, row);
    flushed += held.length;
    held = [];
  };

  const one = (object: unknown): void => {
    if (!isStixObject(object)) throw new Reject('a STIX object without a type and an id of that type');
    around.add(object);
    if (object.type === 'indicator') held.push({ object, parsed: indicatorRows(object) });
  };

  return {
    /** Takes an object or a whole bundle; throws `Reject` when an indicator in it can't be read. */
    take(object: StixObject, emit: Emit): void {
      const objects = object.type === 'bundle' && Array.isArray(object.objects) ? object.objects : [object];
      const before = held.length;
      try {
        for (const item of objects) one(item);
      } catch (error) {
        held.length = before;
        throw error;
      }
      if (held.length >= HELD) flush(emit);
    },
    /** Emits what is held; the number of indicators read since the last end. */
    end(emit: Emit): number {
      flush(emit);
      const events = flushed;
      flushed = 0;
      return events;
    },
  };
}
