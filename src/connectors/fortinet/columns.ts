/*
 * Which column each field of a Fortinet log fills: after "FortiOS to CEF log field mapping guidelines" of the FortiOS
 * Log Message Reference and the tables of its "… log support for CEF" chapters, with the spellings of FortiOS 4, FortiWeb
 * and FortiMail beside them.
 */

const COLUMNS = `
  srcip:SourceIP src:SourceIP client_ip:SourceIP srcport:SourcePort src_port:SourcePort srcintf:DeviceInboundInterface
  src_int:DeviceInboundInterface srcname:SourceHostName src_name:SourceHostName client_name:SourceHostName
  dstip:DestinationIP dst:DestinationIP dst_ip:DestinationIP dstport:DestinationPort dst_port:DestinationPort
  dstintf:DeviceOutboundInterface dst_int:DeviceOutboundInterface dstname:DestinationHostName
  dst_name:DestinationHostName hostname:DestinationHostName http_host:DestinationHostName
  transip:SourceTranslatedAddress tran_sip:SourceTranslatedAddress transport:SourceTranslatedPort
  tran_sport:SourceTranslatedPort tranip:DestinationTranslatedAddress tran_ip:DestinationTranslatedAddress
  tranport:DestinationTranslatedPort tran_port:DestinationTranslatedPort
  sessionid:ExternalID session_id:ExternalID proto:Protocol service:ApplicationProtocol
  sentbyte:SentBytes sent:SentBytes http_request_bytes:SentBytes rcvdbyte:ReceivedBytes rcvd:ReceivedBytes
  http_response_bytes:ReceivedBytes devid:DeviceExternalID device_id:DeviceExternalID devname:DeviceName
  url:RequestURL http_url:RequestURL catdesc:RequestContext agent:RequestClientApplication
  http_agent:RequestClientApplication http_method:RequestMethod cookies:RequestCookies filename:FileName
  filesize:FileSize count:EventCount status:EventOutcome role:SourceServiceName ui:SourceProcessName reason:Reason
  msg:Message from:SourceUserName`;

/**
 * Fields that also stay in AdditionalExtensions: those whose column CEF's tables don't know, and the ends of a VPN, which
 * FortiGate's CEF writes as source (the firewall) and destination (the peer).
 */
const KEPT = `
  srcmac:SourceMACAddress dstmac:DestinationMACAddress httpmethod:RequestMethod filehash:FileHash
  locip:SourceIP locport:SourcePort remip:DestinationIP remport:DestinationPort outintf:DeviceOutboundInterface`;

/** Columns that are made of several fields, or of other texts than the log's: what they need, by the field that says it. */
const SLOTS = `
  date:date time:time tz:tz timezone:tz eventtime:eventtime itime:itime timestamp:itime type:type subtype:subtype
  eventtype:eventtype level:level pri:level logid:logid log_id:logid logver:logver devid:devid device_id:devid
  devname:devname action:action status:status disposition:disposition direction:direction user:user
  xauthuser:xauthuser to:to srcip:srcip src:srcip dstip:dstip dst:dstip srcport:srcport src_port:srcport
  dstport:dstport dst_port:dstport remip:remip remport:remport qname:qname qtype:qtype ipaddr:ipaddr rcode:rcode msg:msg`;

/** Fields that are told whole by other columns. */
const TOLD = new Set(['date', 'time', 'type', 'action', 'user']);

/** What a field's name leads to. */
export interface Target {
  /** Its column in CommonSecurityLog; '' for none. */
  readonly column: string;
  /** Whether it stays in AdditionalExtensions beside its column. */
  readonly kept: boolean;
  /** Whether it needs neither column nor place in AdditionalExtensions. */
  readonly told: boolean;
  /** Its number in `SLOT_NAMES`; -1 for none. */
  readonly slot: number;
}

const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]); // prettier-ignore

const columnOf = new Map(pairs(COLUMNS));
const keptColumnOf = new Map(pairs(KEPT));
const slotOf = new Map(pairs(SLOTS));

/** The columns that fields fill by themselves. */
export const COLUMN_NAMES: readonly string[] = [...new Set([...columnOf.values(), ...keptColumnOf.values()])];

/** What derived columns are made of. */
export const SLOT_NAMES: readonly string[] = [...new Set(slotOf.values())];

/** What a field of a name fills. */
export function targetOf(name: string): Target {
  const kept = keptColumnOf.get(name);
  const slot = slotOf.get(name);
  return {
    column: kept ?? columnOf.get(name) ?? '',
    kept: kept !== undefined,
    told: TOLD.has(name),
    slot: slot === undefined ? -1 : SLOT_NAMES.indexOf(slot),
  };
}
