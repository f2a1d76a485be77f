import type { Row } from '../../ingest/connector.js';
import type { KqlType } from '../../kql/types.js';
import { isPortless, protocolName } from '../ip-protocol.js';
import { type Connection, connectionRow } from './connection.js';
import type { Flow, Json } from './records.js';

/** Columns of a tuple that Traffic Analytics, which adds tuples up, does not have. */
export const SCHEMAS: Readonly<Record<string, Readonly<Record<string, KqlType>>>> = {
  AzureNetworkAnalytics_CL: { SrcPort_d: 'real', FlowState_s: 'string', SystemId_g: 'string' },
  NTANetAnalytics: { FlowState: 'string', FlowLogGuid: 'string' },
};

/** The row of a tuple in the table that Traffic Analytics fills from such logs, and its name. */
export const tableRow = (flow: Flow, record: Json): { table: string; row: Row } =>
  flow.kind === 'group'
    ? { table: 'AzureNetworkAnalytics_CL', row: groupRow(flow, record) }
    : { table: 'NTANetAnalytics', row: networkRow(flow, record) };

const counts = ({ first, denied, inbound }: Flow) => ({
  allowedIn: first && !denied && inbound ? 1 : 0,
  allowedOut: first && !denied && !inbound ? 1 : 0,
  deniedIn: first && denied && inbound ? 1 : 0,
  deniedOut: first && denied && !inbound ? 1 : 0,
});

/**
 * Source of the columns: https://learn.microsoft.com/azure/network-watcher/traffic-analytics-schema. FlowType is `Unknown`:
 * what the addresses belong to is known to Traffic Analytics alone.
 */
function groupRow(flow: Flow, record: Json): Row {
  const number = counts(flow);
  const way = flow.inbound ? 'I' : 'O';
  const status = flow.denied ? 'D' : 'A';
  return {
    TimeGenerated: flow.time,
    SubType_s: 'FlowLog',
    FASchemaVersion_s: '2',
    FlowStartTime_t: flow.time,
    FlowEndTime_t: flow.time,
    FlowType_s: 'Unknown',
    SrcIP_s: flow.source,
    SrcPort_d: flow.sourcePort,
    DestIP_s: flow.destination,
    DestPort_d: flow.destinationPort,
    L4Protocol_s: flow.protocol,
    FlowDirection_s: way,
    FlowStatus_s: status,
    FlowState_s: flow.state,
    NSGList_s: groupName(flow.acl),
    NSGRule_s: flow.rule,
    NSGRules_s: `0|${flow.rule}|${way}|${status}|1`,
    NSGRuleType_s: ruleType(flow.rule),
    MACAddress_s: macAddress(flow.mac),
    AllowedInFlows_d: number.allowedIn,
    AllowedOutFlows_d: number.allowedOut,
    DeniedInFlows_d: number.deniedIn,
    DeniedOutFlows_d: number.deniedOut,
    CompletedFlows_d: flow.state === '' ? null : flow.state === 'E' ? 1 : 0,
    OutboundPackets_d: flow.packetsSent,
    OutboundBytes_d: flow.bytesSent,
    InboundPackets_d: flow.packetsReceived,
    InboundBytes_d: flow.bytesReceived,
    SystemId_g: text(record.systemId),
    _ResourceId: text(record.resourceId).toLowerCase(),
  };
}

/** What the encryption field of a tuple means, in Traffic Analytics' words. */
const ENCRYPTION: Readonly<Record<string, string>> = {
  X: 'Encrypted',
  NX: 'Unencrypted',
  NX_HW_NOT_SUPPORTED: 'Unsupported hardware',
  NX_SW_NOT_READY: 'Software not ready',
  NX_NOT_ACCEPTED: 'Drop due to no encryption',
  NX_NOT_SUPPORTED: 'Discovery not supported',
  NX_LOCAL_DST: 'Destination on same host',
  NX_FALLBACK: 'Fall back to no encryption',
};

function networkRow(flow: Flow, record: Json): Row {
  const number = counts(flow);
  return {
    TimeGenerated: flow.time,
    SubType: 'FlowLog',
    FaSchemaVersion: '3',
    FlowStartTime: flow.time,
    FlowEndTime: flow.time,
    FlowType: 'Unknown',
    SrcIp: flow.source,
    SrcPorts: flow.sourcePort === null ? '' : String(flow.sourcePort),
    DestIp: flow.destination,
    DestPort: flow.destinationPort,
    L4Protocol: LETTERS[flow.protocol] ?? nameOf(flow.protocol),
    FlowDirection: flow.inbound ? 'Inbound' : 'Outbound',
    FlowStatus: flow.denied ? 'Denied' : 'Allowed',
    FlowState: flow.state,
    FlowEncryption: ENCRYPTION[flow.encryption] ?? flow.encryption,
    AclGroup: flow.acl,
    AclRule: flow.rule,
    MacAddress: macAddress(flow.mac),
    AllowedInFlows: number.allowedIn,
    AllowedOutFlows: number.allowedOut,
    DeniedInFlows: number.deniedIn,
    DeniedOutFlows: number.deniedOut,
    CompletedFlows: flow.state === 'E' ? 1 : 0,
    PacketsSrcToDest: flow.packetsSent,
    BytesSrcToDest: flow.bytesSent,
    PacketsDestToSrc: flow.packetsReceived,
    BytesDestToSrc: flow.bytesReceived,
    FlowLogResourceId: text(record.flowLogResourceID),
    TargetResourceId: text(record.targetResourceID),
    FlowLogGuid: text(record.flowLogGUID),
  };
}

const LETTERS: Readonly<Record<string, string>> = { 6: 'T', 17: 'U' };
const NAMES: Readonly<Record<string, string>> = { T: 'TCP', U: 'UDP' };

const nameOf = (protocol: string): string =>
  NAMES[protocol] ?? (/^\d{1,3}$/.test(protocol) ? protocolName(Number(protocol)) : protocol);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `<subscription>/<resource group>/<name>` of a group's resource id, as Traffic Analytics lists groups. */
function groupName(resourceId: string): string {
  const found = /\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/[^/]+\/[^/]+\/([^/]+)/i.exec(resourceId);
  return found ? `${found[1]}/${found[2]}/${found[3]}`.toLowerCase() : resourceId;
}

/** Rule names say in a flow log whether they are Azure's own. */
const ruleType = (rule: string): string =>
  /^DefaultRule_/i.test(rule) ? 'Default' : /^UserRule_/i.test(rule) ? 'User Defined' : '';

/** `000D3AF8801A` as `00-0D-3A-F8-80-1A`. */
const macAddress = (mac: string): string =>
  /^[\da-f]{12}$/i.test(mac) ? mac.toUpperCase().replace(/(..)(?=.)/g, '$1-') : mac;

const STATES: Readonly<Record<string, string>> = {
  B: 'flow begin',
  C: 'flow continuing',
  E: 'flow end',
  D: 'flow denied',
};

/** The CommonSecurityLog row of a tuple. A flow that goes on has several: bytes are those since the last. */
export function connection(flow: Flow, record: Json): Row {
  const resource = flow.kind === 'group' ? text(record.resourceId) : text(record.targetResourceID);
  const portless = /^\d/.test(flow.protocol) && isPortless(Number(flow.protocol));
  const described: Connection = {
    product: flow.kind === 'group' ? 'NSGFlow' : 'VNetFlow',
    time: flow.time,
    device: resource.slice(resource.lastIndexOf('/') + 1),
    source: flow.source,
    destination: flow.destination,
    sourcePort: portless ? null : flow.sourcePort,
    destinationPort: portless ? null : flow.destinationPort,
    protocol: nameOf(flow.protocol),
    inbound: flow.inbound,
    denied: flow.denied,
    activity: flow.denied ? 'flow denied' : (STATES[flow.state] ?? 'flow'),
    rule: flow.rule,
    mac: macAddress(flow.mac),
    bytesSent: flow.bytesSent,
    bytesReceived: flow.bytesReceived,
    extra: {
      resourceId: resource,
      state: flow.state,
      encryption: flow.encryption,
      packetsSent: flow.packetsSent,
      packetsReceived: flow.packetsReceived,
      ...(flow.kind === 'network' ? { aclID: flow.acl } : {}),
    },
  };
  return connectionRow(described);
}
