import { type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { huntMapper } from './hunts.js';
import { type Json, text } from './json.js';
import { eventRow } from './map.js';
import { eveReader } from './read.js';

/** A parser of one source of EVE events, each on a line or a JSON value of its own. */
export function eveParser({ settings, sample }: ParseContext): Parser {
  const read = eveReader();
  const chosen = new Set(String(settings['hunt-rows'] ?? '').split(/[,\s]+/));
  const sensor = String(settings.sensor ?? '');
  const beginning = [...(sample?.json ?? []), ...(sample?.json.length ? [] : (sample?.lines ?? []))];
  const events = beginning.map((record) => read(record)?.event).filter((event): event is Json => !!event);
  const hunt = huntMapper(chosen, events);
  return {
    parse(record, emit) {
      const found = read(record);
      if (!found) throw new Reject('no event of Suricata: not JSON, or without event_type');
      const { event, host } = found;
      const type = String(event.event_type);
      const { table, row, time } = eventRow(event, type);
      const hunted = hunt(event, type, { time, sensor: text(event.host) || sensor || host });
      emit(table, row);
      if (hunted) emit(hunted.table, hunted.row);
      return 'event';
    },
  };
}
