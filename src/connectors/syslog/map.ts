import { isIP } from 'node:net';
import type { ParseContext, Row } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { ticksFromUnixMilliseconds } from '../../util/ticks.js';
import { type ReadTime, timeReader } from '../log-time.js';
import { zoneOfSetting } from '../zone.js';
import { facilityName, severityName } from './names.js';
import type { SyslogMessage } from './parse.js';

/** Columns beside Azure's. */
export const EXTRA_COLUMNS: Readonly<Record<string, KqlType>> = {
  MessageId: 'string',
  StructuredData: 'dynamic',
  AdditionalFields: 'dynamic',
};

const HOUR = 3_600_000;
const INT_LIMIT = 2_147_483_647;

/**
 * Makes rows of the table Syslog. A message without a time has that of its arrival (the context's `modified`) where any text is taken, as on
 * a stream; in a file that of the message before it, since the file's last change would pass for the latest event.
 */
export function syslogMapper(context: ParseContext): (message: SyslogMessage) => Row {
  const zone = zoneOfSetting(context.settings['time-zone']);
  const collector = String(context.settings.collector ?? '');
  let modified = context.modified;
  let read = timeReader(zone, modified);
  const anyText = context.settings['any-text'] === true;
  let before: bigint | null = null;
  return (message) => {
    if (context.modified > modified + HOUR) {
      modified = context.modified;
      read = timeReader(zone, modified);
    }
    const time = eventTime(message, read);
    if (!anyText && time !== null) before = time;
    const host = message.hosts[message.hosts.length - 1] ?? '';
    const { priority, severity, pid } = message;
    const isNumber = /^\d{1,10}$/.test(pid) && Number(pid) <= INT_LIMIT;
    const extra = { ...message.extra, ...(pid === '' || isNumber ? {} : { processId: pid }) };
    return {
      TimeGenerated: time ?? before ?? ticksFromUnixMilliseconds(context.modified),
      EventTime: time,
      Computer: message.hosts[0] ?? '',
      HostName: host,
      HostIP: isIP(host) > 0 ? host : '',
      CollectorHostName: collector,
      Facility: priority === null ? '' : facilityName(priority),
      SeverityLevel: priority !== null ? severityName(priority) : severity === null ? '' : severityName(severity),
      ProcessName: message.process,
      ProcessID: isNumber ? Number(pid) : null,
      SyslogMessage: message.text,
      MessageId: message.messageId,
      StructuredData: message.data,
      AdditionalFields: Object.keys(extra).length > 0 ? extra : null,
      SourceSystem: 'Linux',
      Type: 'Syslog',
    };
  };
}

/** The innermost time that says its year, else the innermost. */
function eventTime({ times }: SyslogMessage, read: ReadTime): bigint | null {
  const inward = [...times].reverse();
  for (const { text, hasYear } of inward) {
    const ticks = hasYear ? read(text) : null;
    if (ticks !== null) return ticks;
  }
  for (const { text } of inward) {
    const ticks = read(text);
    if (ticks !== null) return ticks;
  }
  return null;
}
