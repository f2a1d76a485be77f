import type { Row } from '../../ingest/connector.js';
import { pairs } from '../pairs.js';
import { applicationOf, commonExtras, commonRow, type Seen } from './base.js';
import { type Json, number, part, text } from './json.js';
import { eveTime } from './map.js';

/** What became of a connection, in the words that Zeek's `conn` is read with as well. */
interface Fate {
  readonly action: string;
  readonly outcome: string;
  readonly meaning: string;
}

const FATES: Readonly<Record<'drop' | 'allow' | 'reject' | 'no reply' | 'partial', Fate>> = {
  drop: { action: 'drop', outcome: 'Failure', meaning: 'dropped by Suricata' },
  allow: { action: 'allow', outcome: 'Success', meaning: 'established' },
  reject: { action: 'reject', outcome: 'Failure', meaning: 'attempt rejected' },
  'no reply': { action: 'no reply', outcome: 'Failure', meaning: 'attempt without a reply' },
  partial: { action: 'partial', outcome: '', meaning: 'seen midstream only' },
};

const SYN = 2;
const RST = 4;

/** The fate of a flow: its verdict as an IPS, else by the flags of both directions, else by who sent packets. */
export function fateOf(event: Json): Fate {
  const flow = part(event, 'flow');
  const verdict = text(flow.action);
  if (verdict === 'drop' || verdict === 'reject') return FATES.drop;
  const answered = (number(flow.pkts_toclient) ?? 0) > 0;
  const asked = (number(flow.pkts_toserver) ?? 0) > 0;
  const toServer = flags(part(event, 'tcp').tcp_flags_ts);
  const toClient = flags(part(event, 'tcp').tcp_flags_tc);
  if (toServer === null || toClient === null || toServer + toClient === 0)
    return !answered ? FATES['no reply'] : asked ? FATES.allow : FATES.partial;
  if (!(toServer & SYN)) return FATES.partial;
  if (toClient & SYN) return FATES.allow;
  if (toClient & RST) return FATES.reject;
  return answered ? FATES.partial : FATES['no reply'];
}

/** TCP flags as Suricata writes them: two hexadecimal digits. */
const flags = (value: unknown): number | null =>
  typeof value === 'string' && /^[\da-f]{1,4}$/i.test(value) ? Number.parseInt(value, 16) : null;

/** The CommonSecurityLog row of a `flow` event: its source is the client, bytes are those of whole packets. */
export function connection(event: Json, seen: Seen): Row {
  const flow = part(event, 'flow');
  const tcp = part(event, 'tcp');
  const fate = fateOf(event);
  return Object.assign(commonRow(event, seen, 'flow'), {
    Activity: applicationOf(event) || fate.meaning,
    SentBytes: number(flow.bytes_toserver),
    ReceivedBytes: number(flow.bytes_toclient),
    DeviceAction: fate.action,
    EventOutcome: fate.outcome,
    Reason: fate.meaning,
    StartTime: eveTime(flow.start),
    EndTime: eveTime(flow.end),
    AdditionalExtensions: pairs(commonExtras(event), {
      pkts_toserver: flow.pkts_toserver,
      pkts_toclient: flow.pkts_toclient,
      age: flow.age,
      state: flow.state,
      reason: flow.reason,
      alerted: flow.alerted,
      bypass: flow.bypass,
      tcp_flags_ts: tcp.tcp_flags_ts,
      tcp_flags_tc: tcp.tcp_flags_tc,
      tcp_state: tcp.state,
    }),
  });
}

/** The CommonSecurityLog row of a `netflow` event, one direction of a flow: bytes received are not known. */
export function halfConnection(event: Json, seen: Seen): Row {
  const flow = part(event, 'netflow');
  return Object.assign(commonRow(event, seen, 'netflow'), {
    Activity: applicationOf(event) || 'netflow',
    SentBytes: number(flow.bytes),
    StartTime: eveTime(flow.start),
    EndTime: eveTime(flow.end),
    AdditionalExtensions: pairs(commonExtras(event), {
      pkts: flow.pkts,
      age: flow.age,
      min_ttl: flow.min_ttl,
      max_ttl: flow.max_ttl,
      tcp_flags: part(event, 'tcp').tcp_flags,
    }),
  });
}
