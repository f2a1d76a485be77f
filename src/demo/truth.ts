import { DECOYS } from './decoys.js';
import type { Hunt, Plan } from './incident.js';
import { PLANTED } from './planted.js';
import type { Planned } from './schedule.js';

/** One thing that is wrong in the demo network, with what a hunt should say of it. */
export interface Planted {
  readonly id: string;
  /** The hunt that looks for this, 1 to 5. */
  readonly hunt: Hunt;
  /** Other hunts that rightly show it. */
  readonly also: readonly Hunt[];
  readonly story: string;
  /** Name and address of the machine inside. */
  readonly host: string;
  readonly address: string;
  /** The outside address, '' for lookups. */
  readonly remote: string;
  /** The name looked up, '' for connections. */
  readonly domain: string;
  /** Destination port, null for lookups. */
  readonly port: number | null;
  /** Connections, or queries received by the DNS server. */
  readonly count: number;
  /** Start of the first and of the last one, Unix ms. */
  readonly first: number;
  readonly last: number;
  /** Bytes from and to the inside, 0 for lookups. */
  readonly sent: number;
  readonly received: number;
}

/** One thing that looks wrong and is not. */
export interface Decoy {
  readonly id: string;
  /** The hunt that could wrongly show it. */
  readonly hunt: Hunt;
  /** `quiet`: a good hunt does not show it. `explainable`: it may; a person can tell why it is harmless. */
  readonly expected: 'quiet' | 'explainable';
  readonly why: string;
  readonly sources: readonly string[];
  /** Outside addresses, inner host names, or domains. */
  readonly targets: readonly string[];
}

/** The incidents with the numbers of what was planned for them. */
export function describePlanted(items: ReadonlyMap<string, readonly Planned[]>): Planted[] {
  return PLANTED.map(({ id, hunt, also, story, plan }) => {
    const planned = items.get(id) ?? [];
    const times = planned.map((item) => item.time);
    const flows = planned.flatMap((item) => ('flow' in item ? [item.flow] : []));
    const queries = planned.reduce((sum, item) => sum + ('lookup' in item ? item.lookup.types.length : 0), 0);
    const first = planned[0];
    return {
      id,
      hunt,
      also,
      story,
      host: plan.from,
      address: first === undefined ? '' : 'flow' in first ? first.flow.source : first.lookup.host.address,
      remote: plan.kind === 'flows' ? plan.to : '',
      domain: plan.kind === 'lookups' ? plan.name : '',
      port: plan.kind === 'flows' ? plan.port : null,
      count: plan.kind === 'flows' ? flows.length : queries,
      first: times[0] ?? 0,
      last: times[times.length - 1] ?? 0,
      sent: flows.reduce((sum, flow) => sum + flow.sent, 0),
      received: flows.reduce((sum, flow) => sum + flow.received, 0),
    };
  });
}

const target = (plan: Plan): string => (plan.kind === 'flows' ? plan.to : plan.name);

/** The decoys, in the order of their hunts. */
export const describeDecoys = (): Decoy[] =>
  DECOYS.map(({ id, hunt, expected, why, plans }) => ({
    id,
    hunt,
    expected,
    why,
    sources: [...new Set(plans.map((plan) => plan.from))],
    targets: [...new Set(plans.map(target))],
  }));
