import { type Connector, Reject, type Sample } from '../../ingest/connector.js';
import { isSysmon, type WindowsEvent } from './event.js';
import { readJsonEvent } from './json.js';
import { EXTRA_COLUMNS, mapper } from './map.js';
import { readXmlEvent } from './xml.js';

const LOOKED_AT = 50;
const SYSMON_PROVIDER = /<Provider\s[^<>]*Name\s*=\s*["'](?:Microsoft-Windows|Linux)-Sysmon["']/;

/** Sysmon, of Windows and Linux; other events of a Windows event log that come along. */
export const sysmon: Connector = {
  name: 'sysmon',
  title:
    'Sysmon and other Windows events: XML; JSON of Winlogbeat, NXLog, EvtxECmd, evtx converters, Get-WinEvent, Wazuh',
  tables: ['Event', 'DeviceNetworkEvents', 'DnsEvents'],
  framing: ['json', 'xml-events'],
  schemas: { Event: EXTRA_COLUMNS },
  settings: {
    'hunt-rows': {
      default: 'network,dns',
      help: 'which events also give a row to a table of the hunts: network (3, to DeviceNetworkEvents), dns (22, to DnsEvents)',
    },
    'client-ip': {
      default: '127.0.0.1',
      help: 'ClientIP of lookups whose event does not say an address of the computer; empty keeps the DNS hunt from seeing them',
    },
  },
  detect: (sample) => (sample.json.length > 0 ? detectJson(sample.json) : detectXml(sample)),
  open(context) {
    const map = mapper(context);
    const read = context.framing === 'json' ? readJson : (record: unknown) => readXmlEvent(String(record));
    return {
      parse(record, emit) {
        for (const [table, row] of map(timed(read(record)))) emit(table, row);
        return 'event';
      },
    };
  },
};

function readJson(record: unknown): WindowsEvent {
  const event = readJsonEvent(record);
  if (event === null) throw new Reject('no event of a Windows event log (no event id with a provider or channel)');
  return event;
}

function timed(event: WindowsEvent): WindowsEvent {
  if (event.time === null) throw new Reject('the event has no time');
  return event;
}

/** Sure when Sysmon is among the events; of other Windows events only where nobody else knows them. */
function detectJson(values: readonly unknown[]): number {
  const events = values
    .map(eventOf)
    .filter((event) => event !== null && (event.provider !== '' || event.channel !== ''));
  const share = events.length / values.length;
  if (share < 0.5) return 0;
  return events.some((event) => isSysmon(event!)) ? 0.9 * share + 0.05 : 0.45 * share;
}

function eventOf(value: unknown): WindowsEvent | null {
  try {
    return readJsonEvent(value);
  } catch {
    return null;
  }
}

function detectXml({ text }: Sample): number {
  let sureness = 0;
  for (let at = text.indexOf('<Event'), looks = 0; at !== -1 && looks < LOOKED_AT; looks++) {
    const end = text.indexOf('</Event>', at);
    if (end === -1) break;
    const event = text.slice(at, end);
    if (SYSMON_PROVIDER.test(event)) return 0.95;
    if (event.includes('<System>') && event.includes('<EventID')) sureness = 0.6;
    at = text.indexOf('<Event', end);
  }
  return sureness;
}
