import { hostReader } from '../syslog-prefix.js';
import { isObject, type Json } from './json.js';

/** An event, and the host that a syslog header in front of it names ('' for none). */
export interface EveRecord {
  readonly event: Json;
  readonly host: string;
}

/**
 * A reader of records: an event as JSON, as text, as text behind a syslog header (with or without `@cee:`), or within
 * the `message` or `event.original` of a log shipper. Null for what is none of these.
 */
export function eveReader(): (record: unknown) => EveRecord | null {
  const readHost = hostReader();
  return (record) => {
    if (typeof record !== 'string') return withHost(eventIn(record), '');
    const start = record.indexOf('{');
    if (start === -1) return null;
    if (start === 0) return withHost(eventIn(parse(record)), '');
    const prefix = Buffer.from(record.slice(0, start));
    return withHost(eventIn(parse(record.slice(start))), readHost(prefix, 0, prefix.length));
  };
}

const withHost = (event: Json | null, host: string): EveRecord | null => event && { event, host };

function eventIn(value: unknown): Json | null {
  if (!isObject(value)) return null;
  if (isEvent(value)) return value;
  const original = isObject(value.event) ? value.event.original : undefined;
  for (const inner of [value.message, original]) {
    const event = typeof inner === 'string' ? parse(inner.slice(inner.indexOf('{'))) : undefined;
    if (isObject(event) && isEvent(event)) return event;
  }
  return null;
}

/** True for an object with the marks of an EVE event. */
const isEvent = (value: Json): boolean =>
  typeof value.event_type === 'string' &&
  value.event_type !== '' &&
  (typeof value.timestamp === 'string' || typeof value.flow_id === 'number');

/** True for an event that is certainly Suricata's: its own object is there, or a flow's id. */
export const isCertain = (event: Json): boolean =>
  typeof event.timestamp === 'string' &&
  (typeof event.flow_id === 'number' || isObject(event[String(event.event_type)]));

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
