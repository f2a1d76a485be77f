import { isIP } from 'node:net';
import type { Row } from '../../ingest/connector.js';
import { integer, type WindowsEvent } from './event.js';

/** Fields with a column of their own. */
const MAPPED = new Set(
  'Protocol Initiated SourceIp SourcePort DestinationIp DestinationPort Image ProcessId ProcessGuid User'.split(' '),
);
const PROTOCOLS: Readonly<Record<string, string>> = { tcp: 'Tcp', udp: 'Udp', icmp: 'Icmp' };

/** A value that is none: what Sysmon writes for nothing, and for a process it does not know. */
export const known = (text: string | undefined): string =>
  text === undefined || text === '-' || /^<unknown/i.test(text) ? '' : text;

/** The file's name in a path of Windows or Linux. */
export const fileName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);

/** Domain and name of `DOMAIN\name`. */
export function accountParts(user: string): readonly [domain: string, name: string] {
  const at = user.indexOf('\\');
  return at === -1 ? ['', user] : [user.slice(0, at), user.slice(at + 1)];
}

/**
 * The DeviceNetworkEvents row of event 3: a connection that this computer began (`Initiated` true), or one that it accepted:
 * then the source is the remote side.
 */
export function networkRow(event: WindowsEvent): Row {
  const { data } = event;
  const inbound = /^(?:false|0)$/i.test(data.Initiated ?? '');
  const source = side(data, 'Source');
  const destination = side(data, 'Destination');
  const [local, remote] = inbound ? [destination, source] : [source, destination];
  const image = known(data.Image);
  const [domain, name] = accountParts(known(data.User));
  const protocol = known(data.Protocol);
  const rest = Object.entries(data).filter(([field, value]) => known(value) !== '' && !isPlaced(field, value));
  return {
    TimeGenerated: event.time,
    Timestamp: event.time,
    ActionType: inbound ? 'InboundConnectionAccepted' : 'ConnectionSuccess',
    DeviceName: event.computer,
    LocalIP: local.address,
    LocalPort: local.port,
    RemoteIP: remote.address,
    RemotePort: remote.port,
    RemoteUrl: remote.host,
    Protocol: PROTOCOLS[protocol.toLowerCase()] ?? protocol,
    InitiatingProcessFileName: fileName(image),
    InitiatingProcessFolderPath: image,
    InitiatingProcessId: integer(known(data.ProcessId)),
    InitiatingProcessUniqueId: known(data.ProcessGuid),
    InitiatingProcessAccountDomain: domain,
    InitiatingProcessAccountName: name,
    ReportId: integer(event.recordId),
    AdditionalFields: rest.length > 0 ? Object.fromEntries(rest) : null,
    SourceSystem: 'Sysmon',
    Type: 'DeviceNetworkEvents',
  };
}

interface Side {
  readonly address: string;
  readonly port: number | null;
  readonly host: string;
}

function side(data: WindowsEvent['data'], name: 'Source' | 'Destination'): Side {
  const address = known(data[`${name}Ip`]);
  return {
    address: isIP(address) > 0 ? address : '',
    port: portOf(known(data[`${name}Port`])),
    host: known(data[`${name}Hostname`]),
  };
}

function portOf(text: string): number | null {
  const port = integer(text);
  return port !== null && port >= 0 && port <= 65_535 ? port : null;
}

/** Whether a field's value has a column of its own. */
function isPlaced(field: string, value: string): boolean {
  if (!MAPPED.has(field)) return false;
  if (field.endsWith('Ip')) return isIP(value) > 0;
  return !field.endsWith('Port') || portOf(value) !== null;
}
