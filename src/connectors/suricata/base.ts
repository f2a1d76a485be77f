import type { Row } from '../../ingest/connector.js';
import { type Json, number, text } from './json.js';

/** What an event is mapped with: its time in ticks and the sensor that saw it. */
export interface Seen {
  readonly time: bigint;
  readonly sensor: string;
}

/** The columns of CommonSecurityLog that every mapped event fills. ICMP has no ports. */
export function commonRow(event: Json, { time, sensor }: Seen, classId: string): Row {
  return {
    TimeGenerated: time,
    DeviceVendor: 'Suricata',
    DeviceProduct: 'Suricata',
    DeviceEventClassID: classId,
    Computer: sensor,
    SourceIP: text(event.src_ip),
    DestinationIP: text(event.dest_ip),
    SourcePort: number(event.src_port),
    DestinationPort: number(event.dest_port),
    Protocol: text(event.proto),
    ApplicationProtocol: applicationOf(event),
    DeviceInboundInterface: text(event.in_iface),
  };
}

/** The application protocol, '' when Suricata could not tell it (`failed`). */
export function applicationOf(event: Json): string {
  const name = text(event.app_proto);
  return name === 'failed' || name === 'unknown' ? '' : name;
}

/** The fields of any event that CommonSecurityLog has no column for. */
export const commonExtras = (event: Json): Record<string, unknown> => ({
  flow_id: event.flow_id,
  community_id: event.community_id,
  vlan: event.vlan,
  icmp_type: event.icmp_type,
  icmp_code: event.icmp_code,
  app_proto_ts: event.app_proto_ts,
  app_proto_tc: event.app_proto_tc,
});
