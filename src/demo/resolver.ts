import { forwarderFlow, lookupPackets } from './dns.js';
import type { Flow } from './flow.js';
import { DOMAIN, type Host } from './hosts.js';
import type { Sensors } from './sensors.js';
import type { World } from './world.js';

/** Part of the connections whose name the machine had not looked up lately. */
const LOOKUP_SHARE = 0.22;
const FORWARDED_SHARE = 0.12;

/** Names that Windows machines look up by themselves. */
export const HOUSEKEEPING: readonly (readonly [name: string, type: string, answered: boolean])[] = [
  [`_ldap._tcp.dc._msdcs.${DOMAIN}`, 'SRV', true],
  [`_kerberos._tcp.head-office._sites.${DOMAIN}`, 'SRV', true],
  [`dc01.${DOMAIN}`, 'A', true],
  [`file01.${DOMAIN}`, 'A', true],
  [`wpad.${DOMAIN}`, 'A', false],
  [`isatap.${DOMAIN}`, 'A', false],
  ['20.10.10.10.in-addr.arpa', 'PTR', true],
];

/** The office's DNS server. */
export interface Resolver {
  lookUp(time: number, host: Host, name: string, types: readonly string[], answered: boolean): void;
  /** The lookup that precedes a connection, if it needs one. */
  before(flow: Flow, minute: number): void;
}

/** `sensors` see its packets and its own connections. */
export function createResolver(world: World, sensors: Sensors): Resolver {
  const { random } = world;
  const server = world.hosts.get('dc01')!;
  const lookUp: Resolver['lookUp'] = (time, host, name, types, answered) => {
    const inner = name.endsWith(`.${DOMAIN}`) || name.endsWith('.arpa');
    for (const type of types) {
      const forwarded = !inner && random.chance(FORWARDED_SHARE);
      for (const packet of lookupPackets({ time, host, name, type, answered, inner, forwarded }, random))
        sensors.packet(packet);
      if (forwarded) sensors.see(forwarderFlow(time, server, random));
    }
  };
  return {
    lookUp,
    before(flow, minute) {
      if (flow.domain === '' || flow.from === null || flow.local || !random.chance(LOOKUP_SHARE)) return;
      const types = flow.from.address6 === '' ? ['A'] : ['A', 'AAAA'];
      lookUp(Math.max(minute, flow.time - 5 - random.int(60)), flow.from, flow.domain, types, true);
    },
  };
}
