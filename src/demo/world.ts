import { DAY, HOUR } from './clock.js';
import type { Flow } from './flow.js';
import { addressAt, buildHosts, type Host } from './hosts.js';
import { type Baseline, createPopulation, type Population } from './population.js';
import { createRandom, type Random, weightedIndex, zipfWeights } from './prng.js';
import type { Period } from './schedule.js';
import { buildServices, SERVICE_WEIGHTS, type Service } from './services.js';

/** Customers of the web site. */
export const CUSTOMER_COUNT = 600;
/** Machines that scan our addresses. */
export const SCANNER_COUNT = 350;

/** The machines, the outside and the dice of one demo network. */
export interface World {
  readonly random: Random;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly office: readonly Host[];
  readonly branch: readonly Host[];
  readonly people: readonly Host[];
  readonly servers: readonly Host[];
  readonly services: readonly Service[];
  /** Ranks of the services that have IPv6. */
  readonly dual: readonly number[];
  readonly outside: Readonly<Record<'services' | 'services6' | 'updates' | 'customers' | 'scanners', Population>>;
}

/**
 * Addresses count as known if a connection to them began after the hunts' two weeks begin and well before their last
 * day does, whatever its length (two hours at most for those drawn from a population).
 */
export function baselineOf({ start, end }: Period): Baseline {
  return { from: Math.max(start, end - 14 * DAY + 6 * HOUR), to: end - DAY - 2 * HOUR };
}

/** A network of so many hosts; the same for the same seed and period. */
export function createWorld(seed: number, hostCount: number, period: Period): World {
  const list = buildHosts(hostCount);
  const services = buildServices();
  const dual = services.flatMap((service, rank) => (service.address6 === '' ? [] : [rank]));
  const baseline = baselineOf(period);
  const population = (weights: readonly number[]): Population =>
    createPopulation(weights.length, weightedIndex(weights), baseline);
  return {
    random: createRandom(seed, 'traffic'),
    hosts: new Map(list.map((host) => [host.name, host])),
    office: list.filter((host) => host.zone === 'users'),
    branch: list.filter((host) => host.zone === 'branch'),
    people: list.filter((host) => host.user !== ''),
    servers: list.filter((host) => host.agent),
    services,
    dual,
    outside: {
      services: population(SERVICE_WEIGHTS),
      services6: population(dual.map((rank) => SERVICE_WEIGHTS[rank]!)),
      updates: population(zipfWeights(120, 0.7)),
      customers: population(zipfWeights(CUSTOMER_COUNT, 0.5)),
      scanners: population(zipfWeights(SCANNER_COUNT, 0.6)),
    },
  };
}

/** A connection with the usual rest filled in: allowed, TCP, from and to where the hosts say. */
export function connect(
  world: World,
  flow: Pick<Flow, 'time' | 'destination' | 'destinationPort' | 'application' | 'sent' | 'received' | 'duration'> &
    Partial<Flow>,
): Flow {
  const from = flow.from ?? null;
  return {
    source: from ? addressAt(from, flow.time) : '',
    sourcePort: 49_152 + world.random.int(16_000),
    protocol: 'tcp',
    outcome: 'allow',
    from,
    to: null,
    program: null,
    process: '',
    domain: '',
    category: 'any',
    local: false,
    ...flow,
  };
}
