import type { End, EventRow } from '../event-row.js';
import { portOf } from './ports.js';

/** How a field is written, when not as `key=value` in AdditionalExtensions. */
type Write = (row: EventRow, value: string) => void;

const asText =
  (column: string): Write =>
  (row, value) =>
    row.text(column, value);

const asNumber =
  (number: 1 | 2 | 3, label: string, otherwise: string): Write =>
  (row, value) => {
    if (!row.customNumber(number, label, value)) row.extra(otherwise, value);
  };

function connectionId(row: EventRow, value: string): void {
  row.text('ExtID', value);
  row.int('ExternalID', value);
}

const trimPort = (protocol: string): string => protocol.replace(/^protocol /, '');

/** The columns of fields that don't belong to one end. */
const WRITES: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['protocol', (row, value) => row.text('Protocol', trimPort(value))],
  ['connection', connectionId],
  ['bytes', asNumber(1, 'Bytes', 'bytes')],
  ['icmpType', asNumber(2, 'ICMP Type', 'icmp_type')],
  ['icmpCode', asNumber(3, 'ICMP Code', 'icmp_code')],
  ['hits', (row, value) => void row.int('EventCount', value)],
  ['sent', (row, value) => void row.long('SentBytes', value)],
  ['received', (row, value) => void row.long('ReceivedBytes', value)],
  ['reason', asText('Reason')],
  ['url', asText('RequestURL')],
  ['user', asText('SourceUserName')],
  ['dstUser', asText('DestinationUserName')],
  ['interface', asText('DeviceInboundInterface')],
  ['mac', asText('SourceMACAddress')],
  ['file', asText('FileName')],
  ['srcNat.addr', asText('SourceTranslatedAddress')],
  ['dstNat.addr', asText('DestinationTranslatedAddress')],
  ['assigned', asText('SourceTranslatedAddress')],
  ['srcNat.port', (row, value) => writePort(row, 'SourceTranslatedPort', value)],
  ['dstNat.port', (row, value) => writePort(row, 'DestinationTranslatedPort', value)],
  ['out.if', asText('DeviceOutboundInterface')],
  ['server.addr', (row, value) => row.host('Destination', value)],
  ['command', (row, value) => row.extra('command', value.replace(/'$/, ''))],
  ['client.addr', (row, value) => row.extra('client', value)],
  [
    'rule',
    (row, value) => {
      row.text('DeviceCustomString2', value);
      row.text('DeviceCustomString2Label', 'ACL');
    },
  ],
]);

/** Fields that only the Activity or the times use, or that say again what is in the Message. */
const SILENT = new Set(['direction', 'action', 'duration', 'ended', 'what', 'text', 'dstNat.icmpId']);

function writePort(row: EventRow, column: string, value: string): void {
  if (row.int(column, value)) return;
  const port = portOf(value);
  if (port === undefined) row.extra(column, value);
  else row.text(column, port);
  if (column === 'DestinationPort') row.text('ApplicationProtocol', value);
}

/** Writes a message's fields. `swapped` when its `src` is the connection's destination. */
export function writeFields(row: EventRow, values: ReadonlyMap<string, string>, swapped: boolean): void {
  for (const [field, value] of values) {
    const dot = field.indexOf('.');
    const end = dot === -1 ? '' : field.slice(0, dot);
    if (end === 'src' || end === 'dst') {
      writeEnd(row, (end === 'src') !== swapped ? 'Source' : 'Destination', field.slice(dot + 1), value);
      continue;
    }
    const name = swapped ? swappedName(field) : field;
    const write = WRITES.get(name);
    if (write) write(row, value);
    else if (!SILENT.has(field)) row.extra(field.replaceAll('.', '_'), value);
  }
}

const swappedName = (field: string): string =>
  field.startsWith('srcNat.')
    ? `dstNat.${field.slice(7)}`
    : field.startsWith('dstNat.')
      ? `srcNat.${field.slice(7)}`
      : field;

function writeEnd(row: EventRow, end: End, part: string, value: string): void {
  switch (part) {
    case 'addr':
      row.host(end, value);
      break;
    case 'port':
      writePort(row, `${end}Port`, value);
      break;
    case 'if':
      row.text(end === 'Source' ? 'DeviceInboundInterface' : 'DeviceOutboundInterface', value);
      break;
    case 'host':
      row.text(`${end}HostName`, value);
      break;
    case 'user':
      writeUser(row, end, value);
      break;
    default:
      row.extra(`${end === 'Source' ? 'src' : 'dst'}_${part}`, value);
  }
}

const SECURITY_GROUP = /^(?:[^,]*, *)?\d+(?::[^,]*)?$/;

/** `LOCAL\user`, `LOCAL\user, 7:Staff`, `, 7:Staff`, `7:Staff`: a user, and the security group of Cisco TrustSec. */
function writeUser(row: EventRow, end: End, value: string): void {
  let user = value;
  if (SECURITY_GROUP.test(value)) {
    const comma = value.lastIndexOf(',');
    user = comma === -1 ? '' : value.slice(0, comma).trim();
    row.extra(end === 'Source' ? 'src_sg' : 'dst_sg', value.slice(comma + 1).trim());
  }
  row.text(`${end}UserName`, user);
}
