import type { Application } from './applications.js';
import type { Host } from './hosts.js';
import type { Program } from './processes.js';

/** What the firewall on the path did, in PAN-OS' words. */
export type Outcome = 'allow' | 'deny' | 'drop' | 'reset-both';

/** One connection of the demo network; every sensor's records are made from it. Times in Unix ms, sizes in bytes. */
export interface Flow {
  readonly time: number;
  readonly duration: number;
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** Sent by the source. */
  readonly sent: number;
  /** Received by the source. */
  readonly received: number;
  readonly application: Application;
  readonly outcome: Outcome;
  /** The machine at each end, when it is one of ours. */
  readonly from: Host | null;
  readonly to: Host | null;
  /** The workstation's program or the server's process name. */
  readonly program: Program | null;
  readonly process: string;
  /** The name the source looked up, '' when it had none. */
  readonly domain: string;
  /** PAN-OS URL category. */
  readonly category: string;
  /** Not seen by any firewall (same network segment, multicast). */
  readonly local: boolean;
}

/** A packet that the DNS server wrote to its debug log. */
export interface DnsPacket {
  readonly time: number;
  readonly direction: 'Rcv' | 'Snd';
  readonly response: boolean;
  /** The other end: the client, or the resolver asked in its place. */
  readonly remote: string;
  /** Transaction id, 16 bits. */
  readonly xid: number;
  /** Identifies the packet's buffer in the log. */
  readonly context: number;
  readonly status: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL';
  readonly authoritative: boolean;
  readonly type: string;
  readonly name: string;
}
