import { type EventRow, isAddress } from '../event-row.js';

/** Returns false when the column is filled already or takes no such value. */
type Write = (row: EventRow, value: string) => boolean;

/** Fields that fill a column as they are, in the order of preference where several fill the same. */
const TEXTS = `
  proto:Protocol action:DeviceAction xlatesrc:SourceTranslatedAddress xlatedst:DestinationTranslatedAddress
  service_id:ApplicationProtocol user:SourceUserName src_user_name:SourceUserName usercheck_user:SourceUserName
  administrator:SourceUserName endpointuser:SourceUserName dst_user_name:DestinationUserName
  src_machine_name:SourceHostName machine:SourceHostName endpointname:SourceHostName dst_machine_name:DestinationHostName
  dst_domain_name:DestinationHostName sni:DestinationHostName resource:RequestURL url:RequestURL method:RequestMethod
  web_client_type:RequestClientApplication user_agent:RequestClientApplication referrer:RequestContext
  dns_query:DestinationDnsDomain domain:DestinationDnsDomain from:SourceUserName to:DestinationUserName
  file_name:FileName file_type:FileType file_sha256:FileHash file_sha1:FileHash file_md5:FileHash file_direction:FilePath
  message:Message message_info:Message msg:Message description:Message default_device_message:Message
  reason:Reason action_reason:Reason additional_info:Reason src_user_dn:SourceUserPrivileges
  matched_category:DeviceEventCategory app_category:DeviceEventCategory subject:DeviceEventCategory
  src_mac:SourceMACAddress mac_source_address:SourceMACAddress dst_mac:DestinationMACAddress
  mac_destination_address:DestinationMACAddress audit_status:EventOutcome login_status:EventOutcome`;

const INTS = `
  s_port:SourcePort xlatesport:SourceTranslatedPort xlatedport:DestinationTranslatedPort file_size:FileSize
  event_count:EventCount log_count:EventCount`;

/** Bytes by who sent them: `sent` and `outbound` are the client's. */
const LONGS = `
  sent_bytes:SentBytes client_outbound_bytes:SentBytes server_outbound_bytes:SentBytes
  received_bytes:ReceivedBytes client_inbound_bytes:ReceivedBytes server_inbound_bytes:ReceivedBytes`;

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]);

const once =
  (column: string): Write =>
  (row, value) => {
    if (row.has(column)) return false;
    row.text(column, value);
    return true;
  };

const host =
  (end: 'Source' | 'Destination'): Write =>
  (row, value) => {
    if (row.has(`${end}IP`) || !(isAddress(value) || !row.has(`${end}HostName`))) return false;
    row.host(end, value);
    return true;
  };

const labelled =
  (column: string, label: string): Write =>
  (row, value) => {
    if (row.has(column)) return false;
    row.text(column, value);
    row.text(`${column}Label`, label);
    return true;
  };

/** Services are ports; LEA writes their names. */
const service: Write = (row, value) => row.int('DestinationPort', value) || once('ApplicationProtocol')(row, value);

/** How fields are written, in this order. What none of them takes is left to AdditionalExtensions. */
export const COLUMNS: ReadonlyMap<string, Write> = new Map<string, Write>([
  ['src', host('Source')],
  ['dst', host('Destination')],
  ['ipv6_src', host('Source')],
  ['ipv6_dst', host('Destination')],
  ['service', service],
  ['rule_name', labelled('DeviceCustomString2', 'Rule Name')],
  ['protection_name', labelled('DeviceCustomString4', 'Protection Name')],
  ['malware_family', labelled('DeviceCustomString5', 'Malware Family')],
  ['ICMP Type', (row, value) => row.customNumber(2, 'ICMP Type', value)],
  ['icmp_type', (row, value) => row.customNumber(2, 'ICMP Type', value)],
  ['ICMP Code', (row, value) => row.customNumber(3, 'ICMP Code', value)],
  ['icmp_code', (row, value) => row.customNumber(3, 'ICMP Code', value)],
  ...pairs(INTS).map(([key, column]): [string, Write] => [
    key,
    (row, value) => !row.has(column) && row.int(column, value),
  ]),
  ...pairs(LONGS).map(([key, column]): [string, Write] => [
    key,
    (row, value) => !row.has(column) && row.long(column, value),
  ]),
  ...pairs(TEXTS).map(([key, column]): [string, Write] => [key, once(column)]),
  // management's own logs: who was connected from where
  ['client_ip', (row, value) => isAddress(value) && host('Source')(row, value)],
]);
