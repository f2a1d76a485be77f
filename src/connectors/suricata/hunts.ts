import type { Row } from '../../ingest/connector.js';
import { alerted, dropped } from './alert.js';
import type { Seen } from './base.js';
import { dnsEvent, isAnswer } from './dns.js';
import { connection, halfConnection } from './flow.js';
import { type Json, part, text } from './json.js';
import { request, session } from './web.js';

/** A row for a table that the hunts read. */
export interface HuntRow {
  readonly table: 'CommonSecurityLog' | 'DnsEvents';
  readonly row: Row;
}

const MAPPERS: Readonly<Record<string, (event: Json, seen: Seen) => Row>> = {
  flow: connection,
  alert: alerted,
  drop: dropped,
  http: request,
  tls: session,
};

/** Event types that give rows to the hunts' tables. */
export const HUNTED = [...Object.keys(MAPPERS), 'netflow', 'dns'];

/** Flows of which one direction's `netflow` event was seen; the other follows at once. */
const REMEMBERED = 10_000;

/** Sensors that are told apart; beyond those, what was noted of them starts afresh. */
const SENSORS = 1000;

/**
 * Maps events to what the hunts read, beside the events' own tables; undefined for what they don't read.
 * Of each sensor is noted whether it logs answers of DNS and whole flows: queries and `netflow` events would count those twice.
 */
export interface HuntMapper {
  /** Notes what an event says of its sensor. */
  note(event: Json, sensor: string): void;
  map(event: Json, type: string, seen: Seen): HuntRow | undefined;
}

/** @param chosen the event types to map */
export function huntMapper(chosen: ReadonlySet<string>): HuntMapper {
  const withAnswers = new Set<string>();
  const withFlows = new Set<string>();
  const halves = new Set<string>();

  const isSecondHalf = (event: Json, sensor: string): boolean => {
    if (event.flow_id === undefined) return false;
    const key = `${text(event.flow_id)} ${sensor}`;
    if (halves.delete(key)) return true;
    if (halves.size >= REMEMBERED) halves.clear();
    halves.add(key);
    return false;
  };

  const note = (event: Json, sensor: string): void => {
    const noted = event.event_type === 'flow' ? withFlows : isAnswer(part(event, 'dns')) ? withAnswers : undefined;
    if (noted === undefined || noted.has(sensor)) return;
    if (noted.size >= SENSORS) noted.clear();
    noted.add(sensor);
  };

  return {
    note,
    map(event, type, seen) {
      note(event, seen.sensor);
      if (!chosen.has(type)) return undefined;
      if (type === 'dns') return { table: 'DnsEvents', row: dnsEvent(event, seen, withAnswers.has(seen.sensor)) };
      if (type === 'netflow')
        return withFlows.has(seen.sensor) || isSecondHalf(event, seen.sensor)
          ? undefined
          : { table: 'CommonSecurityLog', row: halfConnection(event, seen) };
      const map = MAPPERS[type];
      return map && { table: 'CommonSecurityLog', row: map(event, seen) };
    },
  };
}
