import { parseIsoDatetime, ticksFromUnixMilliseconds, UNIX_EPOCH_TICKS } from '../../util/ticks.js';
import { textOf } from '../pairs.js';
import { ecsData } from './ecs.js';
import { accountOf, integer, isSysmon, type WindowsEvent } from './event.js';
import { fieldsOfMessage } from './render.js';
import { readDataXml, readXmlEvent } from './xml.js';

export type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a way of exporting keeps what. Paths have dots; the first that leads to a value counts. */
interface Shape {
  /** Paths that must lead to a value: what the shape is told by. */
  readonly marks: readonly string[];
  readonly provider: readonly string[];
  readonly id: readonly string[];
  readonly channel: readonly string[];
  readonly computer: readonly string[];
  readonly time: readonly string[];
  readonly level?: readonly string[];
  readonly task?: readonly string[];
  readonly recordId?: readonly string[];
  readonly user?: readonly string[];
  readonly domain?: readonly string[];
  readonly message?: readonly string[];
  readonly addresses?: readonly string[];
  /** Where the event's own fields are: '' when they stand beside the others, null when only the message has them. */
  readonly data: string | null;
}

const SYSTEM = {
  marks: ['Event.System.EventID'],
  provider: [
    'Event.System.Provider.#attributes.Name',
    'Event.System.Provider.@Name',
    'Event.System.Provider.Name',
    'Event.System.Provider_attributes.Name',
  ],
  id: ['Event.System.EventID', 'Event.System.EventID.#text'],
  channel: ['Event.System.Channel'],
  computer: ['Event.System.Computer'],
  time: [
    'Event.System.TimeCreated.#attributes.SystemTime',
    'Event.System.TimeCreated.@SystemTime',
    'Event.System.TimeCreated.SystemTime',
    'Event.System.TimeCreated_attributes.SystemTime',
  ],
  level: ['Event.System.Level'],
  task: ['Event.System.Task'],
  recordId: ['Event.System.EventRecordID'],
  user: [
    'Event.System.Security.#attributes.UserID',
    'Event.System.Security.@UserID',
    'Event.System.Security.UserID',
    'Event.System.Security_attributes.UserID',
  ],
  message: ['Event.RenderingInfo.Message'],
  data: 'Event.EventData',
} satisfies Shape;

const SHAPES: readonly Shape[] = [
  SYSTEM,
  {
    marks: ['winlog.event_id'],
    provider: ['winlog.provider_name', 'event.provider'],
    id: ['winlog.event_id'],
    channel: ['winlog.channel'],
    computer: ['winlog.computer_name', 'host.name', 'host.hostname'],
    time: ['@timestamp', 'event.created'],
    level: ['winlog.level', 'log.level'],
    task: ['winlog.task_id'],
    recordId: ['winlog.record_id'],
    user: ['winlog.user.name', 'winlog.user.identifier'],
    domain: ['winlog.user.domain'],
    message: ['message'],
    addresses: ['host.ip'],
    data: 'winlog.event_data',
  },
  {
    // winlogbeat before version 7
    marks: ['event_id', 'event_data'],
    provider: ['source_name', 'provider_name'],
    id: ['event_id'],
    channel: ['log_name', 'channel'],
    computer: ['computer_name', 'host.name', 'beat.hostname'],
    time: ['@timestamp'],
    level: ['level'],
    recordId: ['record_number', 'record_id'],
    user: ['user.name', 'user.identifier'],
    domain: ['user.domain'],
    message: ['message'],
    data: 'event_data',
  },
  {
    // Wazuh, whose names begin with a small letter
    marks: ['win.system.eventID'],
    provider: ['win.system.providerName'],
    id: ['win.system.eventID'],
    channel: ['win.system.channel'],
    computer: ['win.system.computer'],
    time: ['win.system.systemTime'],
    level: ['win.system.level'],
    task: ['win.system.task'],
    recordId: ['win.system.eventRecordID'],
    message: ['win.system.message'],
    data: 'win.eventdata',
  },
  {
    // EvtxECmd
    marks: ['EventId', 'Channel', 'Payload'],
    provider: ['Provider'],
    id: ['EventId'],
    channel: ['Channel'],
    computer: ['Computer'],
    time: ['TimeCreated'],
    level: ['Level'],
    recordId: ['EventRecordId', 'RecordNumber'],
    user: ['UserId'],
    data: 'Payload',
  },
  {
    // Azure's table Event
    marks: ['EventID', 'EventLog', 'Source'],
    provider: ['Source'],
    id: ['EventID'],
    channel: ['EventLog'],
    computer: ['Computer'],
    time: ['TimeGenerated'],
    level: ['EventLevel'],
    task: ['EventCategory'],
    user: ['UserName'],
    message: ['RenderedDescription'],
    data: 'EventData',
  },
  {
    // Get-WinEvent | ConvertTo-Json
    marks: ['Id', 'ProviderName', 'LogName'],
    provider: ['ProviderName'],
    id: ['Id'],
    channel: ['LogName'],
    computer: ['MachineName'],
    time: ['TimeCreated.value', 'TimeCreated.DateTime', 'TimeCreated'],
    level: ['Level'],
    task: ['Task'],
    recordId: ['RecordId'],
    user: ['UserId.Value', 'UserId'],
    message: ['Message'],
    data: null,
  },
  {
    // NXLog and what is made of its output
    marks: ['EventID'],
    provider: ['SourceName', 'ProviderName', 'Provider_Name', 'Provider', 'source_name'],
    id: ['EventID'],
    channel: ['Channel', 'log_name'],
    computer: ['Hostname', 'Computer', 'computer_name', 'ComputerName'],
    time: ['TimeCreated', 'SystemTime', 'UtcTime', 'EventTime', '@timestamp'],
    level: ['LevelValue', 'Level', 'Severity'],
    task: ['Task'],
    recordId: ['RecordNumber', 'EventRecordID', 'record_number'],
    user: ['AccountName', 'UserID'],
    domain: ['Domain'],
    message: ['Message'],
    data: '',
  },
]; // prettier-ignore

/** What flat exports have beside the event's own fields. */
const FLAT_SYSTEM = new Set(
  `@timestamp @version host port tags type EventReceivedTime EventTime EventType SeverityValue Severity SourceName ProviderName ProviderGuid
  SourceModuleName SourceModuleType Keywords Version Task TaskValue Opcode OpcodeValue Category RecordNumber RecordId ExecutionProcessID
  ProcessID ThreadID Channel Hostname Domain AccountName AccountType UserID Message EventID Level LevelValue ERROR_EVT_UNRESOLVED
  ActivityID RelatedActivityID Id Qualifiers LogName ProviderId ThreadId MachineName UserId TimeCreated ContainerLog MatchedQueryIds
  Bookmark LevelDisplayName OpcodeDisplayName TaskDisplayName KeywordsDisplayNames Properties RunspaceId PSComputerName PSShowComputerName
  PSSourceJobInstanceId Computer SystemTime EventRecordID Provider Provider_Name Correlation Execution _id _index _type
  source_name log_name record_number computer_name`.split(/\s+/),
); // prettier-ignore

/** Values that wrap the event. */
const WRAPPERS = ['_source', 'result', 'data'];

/**
 * Reads an event from the JSON of Winlogbeat, Elastic Agent, NXLog, evtx converters, `Get-WinEvent`, Wazuh, Azure's table Event, or
 * from XML within a field. Null when the value is no Windows event.
 */
export function readJsonEvent(value: unknown): WindowsEvent | null {
  if (!isObject(value)) return null;
  for (const shape of SHAPES)
    if (shape.marks.every((path) => find(value, [path]) !== undefined)) return readShape(value, shape);
  const raw = value._raw ?? find(value, ['event.original']);
  if (typeof raw === 'string' && /<Event[\s>]/.test(raw)) return readXmlEvent(raw);
  for (const name of WRAPPERS) if (isObject(value[name])) return readJsonEvent(value[name]);
  return null;
}

function readShape(value: Json, shape: Shape): WindowsEvent | null {
  const text = (paths: readonly string[] = []): string => textOf(find(value, paths));
  const id = integer(text(shape.id));
  if (id === null) return null;
  const message = text(shape.message);
  const named = { provider: text(shape.provider), channel: text(shape.channel) };
  const data = readData(value, shape, isSysmon(named) ? fieldsOfMessage(message) : {});
  const user = accountOf(text(shape.user));
  const domain = text(shape.domain);
  return {
    ...named,
    id,
    computer: text(shape.computer),
    time: timeOf(value, shape, data),
    level: levelOf(text(shape.level)),
    task: integer(text(shape.task)),
    recordId: text(shape.recordId),
    user: domain === '' ? user : `${domain}\\${user}`,
    data,
    message,
    dataXml: '',
    addresses: [find(value, shape.addresses ?? [])].flat().filter((address) => typeof address === 'string'),
    extra: extraOf(value, shape, data),
  };
}

/** The value that the first of some paths leads to; names with dots in them are found too. */
function find(record: Json, paths: readonly string[]): unknown {
  for (const path of paths) {
    let value: unknown = record[path];
    if (value === undefined) {
      value = record;
      for (const step of path.split('.')) value = isObject(value) ? value[step] : undefined;
    }
    if (isObject(value) && '#text' in value) value = value['#text'];
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** @param said the fields that the message shows */
function readData(value: Json, shape: Shape, said: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (shape.data === null) return said;
  if (shape.data === '') {
    const own = Object.entries(value).filter(([name, field]) => !FLAT_SYSTEM.has(name) && !isObject(field));
    const fields = own.map(([name, field]) => [name, textOf(field)] as const).filter(([, field]) => field !== '');
    return { ...said, ...Object.fromEntries(fields) };
  }
  const found = find(value, [shape.data]);
  const data = fieldsOf(typeof found === 'string' ? parsed(found) : found);
  if (shape.data === 'win.eventdata')
    return Object.fromEntries(Object.entries(data).map(([name, text]) => [name.replace(/^./, upper), text]));
  if (shape.data === 'winlog.event_data') return { ...data, ...ecsData(value, data) };
  return Object.keys(data).length > 0 ? data : said;
}

const upper = (letter: string): string => letter.toUpperCase();

/** The data that a text holds: EvtxECmd's JSON, Azure's XML. */
function parsed(text: string): unknown {
  if (/<EventData[\s>]/.test(text)) return readDataXml(text);
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? (value.EventData ?? value.UserData ?? value) : value;
  } catch {
    return undefined;
  }
}

/** An event's fields: an object, or a list of named values as XML has it. */
function fieldsOf(data: unknown): Readonly<Record<string, string>> {
  if (!isObject(data)) return {};
  const list = Array.isArray(data.Data) ? data.Data : isObject(data.Data) ? [data.Data] : null;
  const entries: (readonly [string, unknown])[] = list
    ? list
        .filter(isObject)
        .map((item) => [
          textOf(find(item, ['@Name', 'Name', '#attributes.Name', 'name'])),
          item['#text'] ?? item.text ?? item.Value,
        ])
    : Object.entries(data); // prettier-ignore
  return Object.fromEntries(
    entries.filter(([name]) => name !== '' && name !== '#attributes').map(([name, field]) => [name, textOf(field)]),
  );
}

const LEVELS = ['always', 'critical', 'error', 'warning', 'information', 'verbose'];

function levelOf(text: string): number | null {
  const number = integer(text);
  if (number !== null) return number;
  const at = text === '' ? -1 : LEVELS.findIndex((name) => name.startsWith(text.toLowerCase()));
  return at === -1 ? null : at;
}

function timeOf(value: Json, { time }: Shape, data: Readonly<Record<string, string>>): bigint | null {
  for (const path of time) {
    const ticks = readTime(find(value, [path]), path);
    if (ticks !== null) return ticks;
  }
  return parseIsoDatetime(data.UtcTime ?? '') ?? readTime(find(value, ['EventTime']), '');
}

/** ISO 8601, PowerShell's `/Date(1718352905000)/`, Unix milliseconds. A local time without zone (NXLog's EventTime) is left for later. */
function readTime(value: unknown, path: string): bigint | null {
  if (typeof value === 'number' && value > 0 && value < 1e14)
    return ticksFromUnixMilliseconds(value < 1e11 ? value * 1000 : value);
  if (typeof value !== 'string') return null;
  const date = /^\\?\/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?\/$/.exec(value);
  if (date) return BigInt(date[1]!) * 10_000n + UNIX_EPOCH_TICKS;
  if (path === 'EventTime' && !/(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return null;
  return parseIsoDatetime(value);
}

/** What the export has beside all that, as it is. */
function extraOf(value: Json, shape: Shape, data: Readonly<Record<string, string>>): Json {
  const used = new Set(
    [shape.provider, shape.id, shape.channel, shape.computer, shape.recordId, shape.message, shape.data ?? []]
      .flat()
      .filter((path) => path !== undefined),
  );
  return without(value, '', used, shape.data === '' ? data : {});
}

function without(value: Json, prefix: string, used: ReadonlySet<string>, data: Json): Json {
  const rest: [string, unknown][] = [];
  for (const [name, field] of Object.entries(value)) {
    const path = prefix + name;
    if (used.has(path) || (prefix === '' && name in data)) continue;
    const inner = isObject(field) && prefix.split('.').length < 4 ? without(field, `${path}.`, used, data) : field;
    if (inner !== null && inner !== '' && !(isObject(inner) && Object.keys(inner).length === 0))
      rest.push([name, inner]);
  }
  return Object.fromEntries(rest);
}
