import { parseIsoDatetime, ticksFromUnixMilliseconds, UNIX_EPOCH_TICKS } from '../../util/ticks.js';

/** An event of the analytical log, whichever way it was exported. */
export interface EtwEvent {
  readonly id: number;
  readonly time: bigint | null;
  readonly computer: string;
  /** 1 critical to 5 verbose; null when it isn't said. */
  readonly level: number | null;
  /** The event's fields as text, by name. */
  readonly data: Readonly<Record<string, string>>;
  /** The rendered message, '' when it wasn't exported. */
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of some paths (`winlog.event_id`) that leads to a value; a value in an XML-like wrapper is unwrapped. */
function find(record: Json, paths: readonly string[]): unknown {
  for (const path of paths) {
    let value: unknown = record[path];
    if (value === undefined) {
      value = record;
      for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
    }
    if (isObject(value)) value = value['#text'] ?? value.text ?? value.Value ?? value.value ?? value;
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

const ID = [
  'winlog.event_id',
  'event_id',
  'Event.System.EventID',
  'System.EventID',
  'EventID',
  'EventId',
  'Id',
  'event.code',
  'event.id',
];
const TIME = [
  '@timestamp',
  'Event.System.TimeCreated.#attributes.SystemTime',
  'Event.System.TimeCreated.@SystemTime',
  'Event.System.TimeCreated.SystemTime',
  'System.TimeCreated.SystemTime',
  'TimeCreated',
  'EventTime',
  'Timestamp',
  'timestamp',
  'TimeGenerated',
]; // prettier-ignore
const COMPUTER = [
  'winlog.computer_name',
  'computer_name',
  'Event.System.Computer',
  'System.Computer',
  'Computer',
  'MachineName',
  'Hostname',
  'host.name',
  'host.hostname',
  'agent.name',
]; // prettier-ignore
const LEVEL = ['event.severity', 'winlog.level', 'Event.System.Level', 'System.Level', 'Level'];
const DATA = ['winlog.event_data', 'event_data', 'Event.EventData', 'EventData'];
const MESSAGE = ['message', 'Message'];

/**
 * Reads an event of the DNS server exported by Elastic Agent, Winlogbeat, NXLog, evtx converters or `Get-WinEvent | ConvertTo-Json`.
 * Null when the value is no such event.
 */
export function readEtwEvent(value: unknown): EtwEvent | null {
  if (!isObject(value)) return null;
  const id = Number(find(value, ID));
  if (!Number.isInteger(id)) return null;
  const message = find(value, MESSAGE);
  const text = typeof message === 'string' ? message : '';
  const data = { ...fieldsOfMessage(text), ...fieldsOf(find(value, DATA) ?? value) };
  const level = Number(find(value, LEVEL));
  if (data.QNAME === undefined && data.XID === undefined && data.PacketData === undefined) return null;
  return {
    id,
    time: readTime(find(value, TIME)),
    computer: String(find(value, COMPUTER) ?? ''),
    level: Number.isInteger(level) && level > 0 ? level : null,
    data,
    message: text,
  };
}

/** Fields of an event's data: an object, or a list of `{Name, #text}` as XML has it. */
function fieldsOf(data: unknown): Record<string, string> {
  const list = Array.isArray(data) ? data : isObject(data) && Array.isArray(data.Data) ? data.Data : null;
  const entries: [string, unknown][] = list
    ? list
        .filter(isObject)
        .map((item) => [
          String(find(item, ['Name', '@Name', '#attributes.Name', 'name']) ?? ''),
          item['#text'] ?? item.text ?? item.Value,
        ])
    : isObject(data)
      ? Object.entries(data)
      : []; // prettier-ignore
  const texts = entries.filter(
    ([, field]) => typeof field === 'string' || typeof field === 'number' || typeof field === 'boolean',
  );
  return Object.fromEntries(texts.map(([name, field]) => [name, String(field)]));
}

/** Fields of a rendered message: `QUERY_RECEIVED: TCP=0; InterfaceIP=10.0.0.1; …`. */
function fieldsOfMessage(message: string): Record<string, string> {
  if (!/^[A-Z_]+: /.test(message)) return {};
  const fields: Record<string, string> = {};
  for (const pair of message.slice(message.indexOf(': ') + 2).split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) fields[pair.slice(0, equals).trim()] = pair.slice(equals + 1).trim();
  }
  return fields;
}

/** ISO 8601, PowerShell's `/Date(1718352905000)/`, or Unix time in seconds or milliseconds. */
function readTime(value: unknown): bigint | null {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0 && value < 1e14)
    return ticksFromUnixMilliseconds(value < 1e11 ? value * 1000 : value);
  if (typeof value !== 'string') return null;
  const date = /^\\?\/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?\/$/.exec(value);
  return date ? BigInt(date[1]!) * 10_000n + UNIX_EPOCH_TICKS : parseIsoDatetime(value);
}
