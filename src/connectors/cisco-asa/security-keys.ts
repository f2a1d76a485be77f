import { type EventRow, isAddress } from '../event-row.js';

type Write = (row: EventRow, value: string, key: string) => void;

const COLUMNS = `
  Protocol:Protocol IngressInterface:DeviceInboundInterface EgressInterface:DeviceOutboundInterface User:SourceUserName
  URL:RequestURL URI:RequestURL UserAgent:RequestClientApplication HTTPReferer:RequestContext
  HTTP_Referer:RequestContext ApplicationProtocol:ApplicationProtocol ReferencedHost:DestinationHostName
  HTTP_Hostname:DestinationHostName DNSQuery:DestinationDnsDomain DeviceUUID:DeviceExternalID
  AccessControlRuleReason:Reason FileName:FileName FileType:FileType FileSHA256:FileHash FileSize:FileSize
  NAT_InitiatorIP:SourceTranslatedAddress NAT_ResponderIP:DestinationTranslatedAddress
  Classification:DeviceEventCategory`;

const PORTS = `
  SrcPort:SourcePort DstPort:DestinationPort NAT_InitiatorPort:SourceTranslatedPort
  NAT_ResponderPort:DestinationTranslatedPort`;

/** Fields that FTD's guide documents and that have no column of their own: they stay in AdditionalExtensions by their names. */
const OTHERS = `
  EventPriority InstanceID ConnectionID FirstPacketSecond LastPacketSecond AccessControlRuleAction IngressZone EgressZone
  IngressVRF EgressVRF ACPolicy PrefilterPolicy UserAgent Client ClientVersion ClientAppDetector WebApplication
  ConnectionDuration InitiatorPackets ResponderPackets NAPPolicy DNSRecordType DNSResponseType DNSSICategory DNS_Sinkhole
  DNS_TTL DNSSinkhole URLCategory URLReputation URLSICategory HTTPResponse HTTP_Method SecIntMatchingIP IPReputationSICategory
  SSLActualAction SSLCertificate SSLExpectedAction SSLFlowStatus SSLPolicy SSLRuleName SSLServerCertStatus SSLServerName
  SSLSessionID SSLTicketID SSLURLCategory SSLVersion SSLCipherSuite SSLFlowErrorDescription SSLFlowFlags SSLFlowMessages
  TCPFlags TunnelRule VLAN_ID EndpointProfile EndpointDeviceType OriginalClientSrcIP NetBIOSDomain NetworkSecurityGroup
  IntrusionPolicy Priority GID SID Revision MPLS_Label NumIOC InlineResult InlineResultReason SnortRuleGroups
  MitreAttackGroups ThreatName ThreatScore SHA_Disposition SperoDisposition FileDirection FileAction FilePolicy
  FileStorageStatus FileSandboxStatus FileStaticAnalysisStatus FileCount FileTimestamp ArchiveFileName ArchiveFileStatus
  ArchiveSHA256 ArchiveDepth ICMPType ICMPCode HostName Sensor SourceSecurityGroup SourceSecurityGroupTag
  SourceSecurityGroupType DestinationSecurityGroup DestinationSecurityGroupTag DestinationSecurityGroupType
  SrcIPLocation DstIPLocation EVE_Process EVE_ProcessConfidencePct EVE_ThreatConfidencePct EVE_ThreatConfidenceIndex
  EVE_Fingerprint FileSandboxAnalysis DetectionType AnalyzedFileType WebAppMatch ReferencedHostName
  QoS_Policy QoS_Rule QoSDroppedInitiatorBytes QoSDroppedResponderBytes`;

/** Those whose names are written with spaces. */
const SPACED = ['Prefilter Policy', 'Source Security Group', 'Destination Security Group', 'Monitor Rules', 'VLAN ID'];

const words = (text: string): string[] => text.trim().split(/\s+/);
const pairs = (text: string): [string, string][] => words(text).map((pair) => pair.split(':') as [string, string]);
const keep: Write = (row, value, key) => row.extra(key, value);

/** The documented fields of security events and how each is written. */
export const KEYS: ReadonlyMap<string, Write> = new Map<string, Write>([
  ...[...words(OTHERS), ...SPACED].map((key): [string, Write] => [key, keep]),
  ...pairs(COLUMNS).map(([key, column]): [string, Write] => [key, (row, value) => row.text(column, value)]),
  ...pairs(PORTS).map(([key, column]): [string, Write] => [key, port(column)]),
  ['SrcIP', (row, value) => row.host('Source', value)],
  ['DstIP', (row, value) => row.host('Destination', value)],
  ['InitiatorBytes', (row, value, key) => void (row.long('SentBytes', value) || row.extra(key, value))],
  ['ResponderBytes', (row, value, key) => void (row.long('ReceivedBytes', value) || row.extra(key, value))],
  ['FileSize', (row, value, key) => void (row.int('FileSize', value) || row.extra(key, value))],
  ['ICMPType', (row, value, key) => void (row.customNumber(2, 'ICMP Type', value) || row.extra(key, value))],
  ['ICMPCode', (row, value, key) => void (row.customNumber(3, 'ICMP Code', value) || row.extra(key, value))],
  [
    'ConnectionID',
    (row, value) => {
      row.text('ExtID', value);
      row.int('ExternalID', value);
    },
  ],
  [
    'AccessControlRuleName',
    (row, value) => {
      row.text('DeviceCustomString2', value);
      row.text('DeviceCustomString2Label', 'Access Control Rule');
    },
  ],
  [
    // what the intrusion rule says; the row's Message is the whole line
    'Message',
    (row, value) => {
      row.text('DeviceCustomString3', value.replace(/^"(.*)"$/, '$1'));
      row.text('DeviceCustomString3Label', 'Message');
    },
  ],
  ['ReferencedHost', hostName],
]);

/** `SrcPort` of ICMP events isn't a port's number only: `8 (Echo)`. */
function port(column: string): Write {
  return (row, value, key) => {
    if (!row.int(column, value)) row.extra(key, value);
  };
}

function hostName(row: EventRow, value: string, key: string): void {
  if (isAddress(value)) row.extra(key, value);
  else row.text('DestinationHostName', value);
}
