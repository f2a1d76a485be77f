import type { Row } from '../../ingest/connector.js';
import { alerted, dropped } from './alert.js';
import type { Seen } from './base.js';
import { dnsEvent, isAnswer } from './dns.js';
import { connection, halfConnection } from './flow.js';
import { type Json, part } from './json.js';
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

/**
 * Maps events of one source to what the hunts read, beside the events' own tables; undefined for what they don't read.
 * Notes whether the source logs answers of DNS and whole flows: queries and `netflow` events would count those twice.
 */
export function huntMapper(chosen: ReadonlySet<string>, sample: readonly Json[]) {
  let withAnswers = sample.some((event) => isAnswer(part(event, 'dns')));
  let withFlows = sample.some((event) => event.event_type === 'flow');
  const halves = new Set<unknown>();

  const isSecondHalf = (event: Json): boolean => {
    if (event.flow_id === undefined || halves.delete(event.flow_id)) return event.flow_id !== undefined;
    if (halves.size >= REMEMBERED) halves.clear();
    halves.add(event.flow_id);
    return false;
  };

  return (event: Json, type: string, seen: Seen): HuntRow | undefined => {
    if (type === 'flow') withFlows = true;
    if (!chosen.has(type)) return undefined;
    if (type === 'dns') {
      withAnswers ||= isAnswer(part(event, 'dns'));
      return { table: 'DnsEvents', row: dnsEvent(event, seen, withAnswers) };
    }
    if (type === 'netflow')
      return withFlows || isSecondHalf(event)
        ? undefined
        : { table: 'CommonSecurityLog', row: halfConnection(event, seen) };
    const map = MAPPERS[type];
    return map && { table: 'CommonSecurityLog', row: map(event, seen) };
  };
}
