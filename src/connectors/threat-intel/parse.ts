import { type Emit, type Origin, type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { entriesIn, isEntry, sharedFields } from './feed/documents.js';
import { entryRows } from './feed/entry.js';
import { feedReader } from './feed/reader.js';
import { isJson, type Json } from './json.js';
import { attributesIn, isMisp } from './misp/document.js';
import { attributeRow } from './misp/event.js';
import { isWarninglist, WARNINGLIST_TABLE, warninglistRow } from './misp/warninglist.js';
import { sourceOf, TABLE } from './row.js';
import { isStixObject } from './stix/objects.js';
import { stixReader } from './stix/reader.js';

/**
 * A parser of one source of indicators. A record may hold many events (a MISP event, a warninglist): those beyond the
 * first, and the indicators of STIX, which wait for their neighbours, are counted at the end.
 */
export function threatIntelParser(context: ParseContext): Parser {
  const source = sourceOf(context.settings, ticksFromUnixMilliseconds(context.modified));
  const stix = stixReader(source);
  const readLine = feedReader(source, context.fileName);
  const feed = { source, name: context.fileName.replace(/\.[^.]*$/, '') };
  let further = 0;

  const count = (events: number): 'event' | 'skip' => {
    further += Math.max(0, events - 1);
    return events > 0 ? 'event' : 'skip';
  };

  const attributes = (document: Json, emit: Emit): number => {
    let events = 0;
    for (const { attribute, object, event } of attributesIn(document)) {
      emit(TABLE, attributeRow(attribute, object, event, source));
      events++;
    }
    return events;
  };

  const warninglist = (values: readonly unknown[], about: Json, emit: Emit): number => {
    for (const value of values) emit(WARNINGLIST_TABLE, warninglistRow(String(value), about, source.modified));
    return values.length;
  };

  const entries = (list: readonly Json[], shared: Json, emit: Emit): number => {
    for (const entry of list) for (const row of entryRows({ ...shared, ...entry }, feed)) emit(TABLE, row);
    return list.length;
  };

  /** The events of a JSON object; undefined when it is nothing known. */
  const object = (record: Json, emit: Emit, envelope: Json): number | undefined => {
    if (isMisp(record)) return attributes(record, emit);
    if (Array.isArray(record.list) && isWarninglist(record)) return warninglist(record.list, record, emit);
    if (isEntry(record)) return entries([record], sharedFields(envelope), emit);
    const nested = entriesIn(record);
    return nested.length > 0 ? entries(nested, sharedFields(record), emit) : undefined;
  };

  return {
    parse(record, emit: Emit, origin: Origin) {
      if (typeof record === 'string') return count(readLine(record, emit));
      if (isStixObject(record)) {
        stix.take(record, emit);
        return 'skip';
      }
      if (!isJson(record)) throw new Reject('neither an indicator nor an object that holds some');
      const events = object(record, emit, origin.envelope ?? {});
      if (events === undefined)
        throw new Reject('no STIX object, MISP event or attribute, and no field that names an indicator');
      return count(events);
    },
    end(emit) {
      const counted = further + stix.end(emit);
      further = 0;
      return counted;
    },
  };
}
