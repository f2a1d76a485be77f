import type { ParseContext, Row } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { dnsRow } from './dns.js';
import { isSysmon, type WindowsEvent } from './event.js';
import { networkRow } from './network.js';
import { dataElement, dataItem, parameterXml, renderMessage } from './render.js';

/** Columns beside Azure's. */
export const EXTRA_COLUMNS: Readonly<Record<string, KqlType>> = { AdditionalFields: 'dynamic' };

const LEVEL_NAMES = ['LogAlways', 'Critical', 'Error', 'Warning', 'Information', 'Verbose'];

/** The rows of an event, each with its table: in Event, and in a table of the hunts where Sysmon saw a connection or a lookup. */
export function mapper({ settings }: Pick<ParseContext, 'settings'>): (event: WindowsEvent) => [string, Row][] {
  const wanted = new Set(String(settings['hunt-rows']).split(/[\s,]+/));
  const client = String(settings['client-ip']);
  return (event) => {
    const rows: [string, Row][] = [['Event', eventRow(event)]];
    if (!isSysmon(event)) return rows;
    if (event.id === 3 && wanted.has('network')) rows.push(['DeviceNetworkEvents', networkRow(event)]);
    if (event.id === 22 && wanted.has('dns')) rows.push(['DnsEvents', dnsRow(event, client)]);
    return rows;
  };
}

function eventRow(event: WindowsEvent): Row {
  const { data, level, recordId } = event;
  const hasData = Object.keys(data).length > 0;
  const extra = { ...(recordId === '' ? {} : { EventRecordID: recordId }), ...event.extra };
  return {
    TimeGenerated: event.time,
    Source: event.provider,
    EventLog: event.channel,
    EventID: event.id,
    EventLevel: level,
    EventLevelName: level === null ? '' : (LEVEL_NAMES[level] ?? ''),
    EventCategory: event.task,
    Computer: event.computer,
    UserName: event.user,
    RenderedDescription: event.message !== '' ? event.message : isSysmon(event) ? renderMessage(event.id, data) : '',
    EventData: dataItem(event.dataXml !== '' ? event.dataXml : hasData ? dataElement(data) : ''),
    ParameterXml: parameterXml(data),
    AdditionalFields: Object.keys(extra).length > 0 ? extra : null,
    SourceSystem: 'OpsManager',
    Type: 'Event',
  };
}
