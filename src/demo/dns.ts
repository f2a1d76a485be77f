import { APPLICATIONS } from './applications.js';
import type { DnsPacket, Flow } from './flow.js';
import { addressAt, type Host } from './hosts.js';
import type { Random } from './prng.js';

/** The provider's resolver, which our DNS server asks for what it does not know. */
export const FORWARDER = '198.19.192.53';

export interface Lookup {
  readonly time: number;
  readonly host: Host;
  readonly name: string;
  readonly type: string;
  readonly answered: boolean;
  /** Our own domain: the server answers by itself. */
  readonly inner: boolean;
  /** Not in the server's cache: it asks the forwarder. */
  readonly forwarded: boolean;
}

/** The packets of a lookup as the DNS server logs them: two, or four when it had to ask. */
export function lookupPackets(lookup: Lookup, random: Random): DnsPacket[] {
  const { time, name, type } = lookup;
  const base = {
    authoritative: lookup.inner,
    status: lookup.answered ? ('NOERROR' as const) : ('NXDOMAIN' as const),
    type,
    name,
    xid: random.int(0x10000),
    context: random.int(0x40000),
    remote: addressAt(lookup.host, time),
  };
  const query = { status: 'NOERROR', authoritative: false, response: false } as const;
  if (!lookup.forwarded) {
    return [
      { ...base, ...query, time, direction: 'Rcv' },
      { ...base, time, direction: 'Snd', response: true },
    ];
  }
  const outer = { remote: FORWARDER, xid: random.int(0x10000), context: base.context ^ 0x3a1 };
  const delay = 4 + random.int(40);
  return [
    { ...base, ...query, time, direction: 'Rcv' },
    { ...base, ...query, ...outer, time, direction: 'Snd' },
    { ...base, ...outer, time: time + delay, direction: 'Rcv', response: true },
    { ...base, time: time + delay, direction: 'Snd', response: true },
  ];
}

/** The connection of the DNS server to the forwarder for a forwarded lookup. */
export function forwarderFlow(time: number, server: Host, random: Random): Flow {
  return {
    time,
    duration: 5 + random.int(60),
    source: server.address,
    sourcePort: 49_152 + random.int(16_000),
    destination: FORWARDER,
    destinationPort: 53,
    protocol: 'udp',
    sent: 70 + random.int(40),
    received: 90 + random.int(300),
    application: APPLICATIONS.dns,
    outcome: 'allow',
    from: server,
    to: null,
    program: null,
    process: 'dns',
    domain: '',
    category: 'any',
    local: false,
  };
}
