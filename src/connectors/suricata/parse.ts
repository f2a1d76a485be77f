import { type Emit, type ParseContext, type Parser, Reject } from '../../ingest/connector.js';
import { severalParser } from '../several.js';
import { huntMapper } from './hunts.js';
import { text } from './json.js';
import { eventRow } from './map.js';
import { type EveRecord, eveReader } from './read.js';

/** A parser of one source of EVE events, each on a line or a JSON value of its own. */
export function eveParser({ settings, sample }: ParseContext): Parser {
  const read = eveReader();
  const chosen = new Set(String(settings['hunt-rows'] ?? '').split(/[,\s]+/));
  const named = String(settings.sensor ?? '');
  const sensorOf = ({ event, host }: EveRecord): string => text(event.host) || named || host;
  const hunt = huntMapper(chosen);
  for (const record of sample?.json.length ? sample.json : (sample?.lines ?? [])) {
    const found = read(record);
    if (found) hunt.note(found.event, sensorOf(found));
  }

  const take = (record: unknown, emit: Emit): void => {
    const found = read(record);
    if (!found) throw new Reject('no event of Suricata: not JSON, or without event_type');
    const { event } = found;
    const type = String(event.event_type);
    const { table, row, time } = eventRow(event, type);
    const hunted = hunt.map(event, type, { time, sensor: sensorOf(found) });
    emit(table, row);
    if (hunted) emit(hunted.table, hunted.row);
  };

  return severalParser((record, emit) => {
    if (!Array.isArray(record)) {
      take(record, emit);
      return 1;
    }
    for (const item of record) take(item, emit);
    return record.length;
  });
}
