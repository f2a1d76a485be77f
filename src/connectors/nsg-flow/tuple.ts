import { Reject } from '../../ingest/connector.js';
import { ticksFromUnixMilliseconds } from '../../util/ticks.js';

/** One flow tuple, in the form that network security groups (versions 1 and 2) and virtual networks share. */
export interface FlowTuple {
  /** Ticks. */
  readonly time: bigint;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** As written: `T`, `U`, or the number of an IP protocol. */
  readonly protocol: string;
  readonly inbound: boolean;
  readonly denied: boolean;
  /** `B` begin, `C` continuing, `E` end, `D` denied; '' in version 1, which has none. */
  readonly state: string;
  /** The encryption field of virtual networks, '' for others. */
  readonly encryption: string;
  /** Packets and bytes since the flow's last tuple; null when the tuple has none. */
  readonly packetsSent: number | null;
  readonly bytesSent: number | null;
  readonly packetsReceived: number | null;
  readonly bytesReceived: number | null;
}

const number = (text: string | undefined): number | null => (text && /^\d{1,15}$/.test(text) ? Number(text) : null);

/**
 * A tuple of a network security group's flow log: `time,source,destination,ports,T|U,I|O,A|D` and, in version 2,
 * `state,packets,bytes,packets,bytes`. Throws `Reject` for anything else.
 */
export function groupTuple(text: string): FlowTuple {
  const cells = text.split(',').map((cell) => cell.trim());
  const [way, decision] = cells.slice(6);
  if (cells.length < 8 || !/^[IO]$/.test(way!) || !/^[AD]$/.test(decision!))
    throw new Reject(`not a flow tuple: ${text.slice(0, 120)}`);
  return {
    ...beginning(cells),
    denied: decision === 'D',
    state: cells[8] ?? '',
    encryption: '',
    ...counters(cells, 9),
  };
}

/**
 * A tuple of a virtual network's flow log: `time,source,destination,ports,protocol,I|O,state,encryption,packets,bytes,packets,bytes`.
 * Throws `Reject` for anything else.
 */
export function networkTuple(text: string): FlowTuple {
  const cells = text.split(',').map((cell) => cell.trim());
  const [way, state, encryption = ''] = cells.slice(6);
  if (cells.length < 8 || !/^[IO]$/.test(way!) || !/^[BCED]$/.test(state!))
    throw new Reject(`not a flow tuple: ${text.slice(0, 120)}`);
  return {
    ...beginning(cells),
    denied: state === 'D',
    state: state!,
    encryption,
    ...counters(cells, 9),
  };
}

/** What both kinds of tuples begin with; the cells were counted. */
function beginning(cells: readonly string[]) {
  const [time, source = '', destination = '', sourcePort, destinationPort, protocol = '', way] = cells;
  return {
    time: timeOf(time!),
    source,
    destination,
    sourcePort: number(sourcePort),
    destinationPort: number(destinationPort),
    protocol,
    inbound: way === 'I',
  };
}

const counters = (cells: readonly string[], from: number) => ({
  packetsSent: number(cells[from]),
  bytesSent: number(cells[from + 1]),
  packetsReceived: number(cells[from + 2]),
  bytesReceived: number(cells[from + 3]),
});

/** Unix seconds, or milliseconds when it has 13 digits. */
function timeOf(text: string): bigint {
  if (!/^\d{9,10}$|^\d{13}$/.test(text)) throw new Reject(`'${text.slice(0, 40)}' is not the time of a flow tuple`);
  return ticksFromUnixMilliseconds(text.length === 13 ? Number(text) : Number(text) * 1000);
}
