import type { Row } from '../../ingest/connector.js';
import { type Connection, connectionRow } from '../nsg-flow/connection.js';
import { toTicks } from '../table/event-time.js';
import type { Table } from './columns.js';
import { publicAddresses } from './public-addresses.js';

/** The columns of both tables under one name each. */
const COLUMNS = {
  AzureNetworkAnalytics_CL: {
    start: 'FlowStartTime_t',
    end: 'FlowEndTime_t',
    source: 'SrcIP_s',
    destination: 'DestIP_s',
    sourcePublic: 'SrcPublicIPs_s',
    destinationPublic: 'DestPublicIPs_s',
    port: 'DestPort_d',
    protocol: 'L4Protocol_s',
    application: 'L7Protocol_s',
    direction: 'FlowDirection_s',
    status: 'FlowStatus_s',
    rule: 'NSGRule_s',
    device: 'NSGList_s',
    mac: 'MACAddress_s',
    sent: 'OutboundBytes_d',
    received: 'InboundBytes_d',
    type: 'FlowType_s',
    counts: ['AllowedInFlows_d', 'AllowedOutFlows_d', 'DeniedInFlows_d', 'DeniedOutFlows_d'],
  },
  NTANetAnalytics: {
    start: 'FlowStartTime',
    end: 'FlowEndTime',
    source: 'SrcIp',
    destination: 'DestIp',
    sourcePublic: 'SrcPublicIps',
    destinationPublic: 'DestPublicIps',
    port: 'DestPort',
    protocol: 'L4Protocol',
    application: 'L7Protocol',
    direction: 'FlowDirection',
    status: 'FlowStatus',
    rule: 'AclRule',
    device: 'TargetResourceId',
    mac: 'MacAddress',
    sent: 'BytesSrcToDest',
    received: 'BytesDestToSrc',
    type: 'FlowType',
    counts: ['AllowedInFlows', 'AllowedOutFlows', 'DeniedInFlows', 'DeniedOutFlows'],
  },
} as const;

interface Side {
  readonly address: string;
  readonly bytesSent?: number | null;
  readonly bytesReceived?: number | null;
}

/**
 * The CommonSecurityLog rows of an aggregated flow: one for each pair of addresses, as public ones come as a list.
 * Bytes are the entry's, or the flow's when it has only one pair. None for rows without addresses or time (topology).
 */
export function connections(table: Table, row: Row): Row[] {
  const names = COLUMNS[table];
  const time = toTicks(row[names.start]) ?? toTicks(row.TimeGenerated);
  if (time === null) return [];
  const direction = text(row[names.direction]);
  const inbound = direction === '' ? null : /^I/i.test(direction);
  const sources = sideOf(row, names.source, names.sourcePublic, inbound === true);
  const destinations = sideOf(row, names.destination, names.destinationPublic, inbound === false);
  const pairs = sources.flatMap((source) => destinations.map((destination) => ({ source, destination })));
  const alone = pairs.length === 1;
  const [allowedIn, allowedOut, deniedIn, deniedOut] = names.counts.map((name) => number(row[name]) ?? 0);
  const denied = /^D/i.test(text(row[names.status])) || (deniedIn! + deniedOut! > 0 && allowedIn! + allowedOut! === 0);
  const device = text(row[names.device]);
  return pairs.map(({ source, destination }) => {
    const flow: Connection = {
      product: table === 'NTANetAnalytics' ? 'VNetFlow' : 'NSGFlow',
      time,
      end: toTicks(row[names.end]),
      device: device.slice(device.lastIndexOf('/') + 1),
      source: source.address,
      destination: destination.address,
      sourcePort: null,
      destinationPort: number(row[names.port]),
      protocol: PROTOCOLS[text(row[names.protocol])] ?? text(row[names.protocol]),
      application: text(row[names.application]),
      inbound,
      denied,
      activity: denied ? 'flow denied' : 'flow',
      rule: text(row[names.rule]),
      mac: text(row[names.mac]),
      bytesSent: source.bytesSent ?? destination.bytesSent ?? (alone ? number(row[names.sent]) : null),
      bytesReceived: source.bytesReceived ?? destination.bytesReceived ?? (alone ? number(row[names.received]) : null),
      count: alone ? allowedIn! + allowedOut! + deniedIn! + deniedOut! : null,
      extra: { FlowType: row[names.type], Country: row.Country_s ?? row.Country },
    };
    return connectionRow(flow);
  });
}

const PROTOCOLS: Readonly<Record<string, string>> = { T: 'TCP', U: 'UDP' };

/** The addresses of one side: its own, else its public ones; the side that is outside Azure in the first schema's way. */
function sideOf(row: Row, own: string, listed: string, outside: boolean): readonly Side[] {
  const address = text(row[own]);
  if (address !== '') return [{ address }];
  const found = publicAddresses(text(row[listed]));
  if (found.length > 0) return found;
  if (outside) return publicAddresses(text(row.AllExtIPs) || text(row.PublicIPs_s));
  const machine = text(row.VMIP_s);
  return machine === '' ? [] : [{ address: machine }];
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function number(value: unknown): number | null {
  const found = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? Math.trunc(found) : null;
}
