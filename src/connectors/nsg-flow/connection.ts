import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';

/** What a flow log of Azure tells of a flow, as far as CommonSecurityLog takes it. Bytes are null when they aren't known. */
export interface Connection {
  readonly product: 'NSGFlow' | 'VNetFlow';
  readonly time: bigint;
  readonly end?: bigint | null;
  /** The network security group or virtual network. */
  readonly device: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  readonly protocol: string;
  readonly application?: string;
  readonly inbound: boolean | null;
  readonly denied: boolean;
  readonly activity: string;
  readonly rule: string;
  readonly mac: string;
  readonly bytesSent: number | null;
  readonly bytesReceived: number | null;
  readonly count?: number | null;
  /** What has no column. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** The CommonSecurityLog row of a flow: its source opened it, SentBytes go from source to destination. */
export function connectionRow(flow: Connection): Row {
  return {
    TimeGenerated: flow.time,
    DeviceVendor: 'Microsoft',
    DeviceProduct: flow.product,
    DeviceEventClassID: 'flow',
    Activity: flow.activity,
    Computer: flow.device,
    SourceIP: flow.source,
    DestinationIP: flow.destination,
    SourcePort: flow.sourcePort,
    DestinationPort: flow.destinationPort,
    Protocol: flow.protocol,
    ApplicationProtocol: flow.application ?? '',
    SentBytes: flow.bytesSent,
    ReceivedBytes: flow.bytesReceived,
    DeviceAction: flow.denied ? 'Deny' : 'Allow',
    EventOutcome: flow.denied ? 'Failure' : 'Success',
    Reason: flow.rule,
    CommunicationDirection: flow.inbound === null ? '' : flow.inbound ? 'Inbound' : 'Outbound',
    DeviceMacAddress: flow.mac,
    EventCount: flow.count ?? null,
    StartTime: flow.time,
    EndTime: flow.end ?? null,
    AdditionalExtensions: pairs(flow.extra),
  };
}
