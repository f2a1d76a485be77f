import { APPLICATIONS } from './applications.js';
import { DAY, isoDay, MINUTE } from './clock.js';
import { forwarderFlow, lookupPackets } from './dns.js';
import type { Flow } from './flow.js';
import { DOMAIN, type Host } from './hosts.js';
import { DECOYS, PLANTED } from './incidents.js';
import { buildIndicators } from './intel.js';
import { createDailyLog, createLogFile, type LogFile, type WrittenFile } from './log-file.js';
import { activityAt } from './rhythm.js';
import { expandPlan, type Period, type Planned } from './schedule.js';
import { createSensors, type Sensors } from './sensors.js';
import { TRAFFIC } from './traffic.js';
import { type Decoy, describeDecoys, describePlanted, type Planted } from './truth.js';
import { connect, createWorld, type World } from './world.js';
import { stixBundle } from './writers/stix.js';
import { windowsDnsHeader } from './writers/windows-dns.js';

export interface DemoOptions {
  /** The same seed, end, days, scale and hosts give the same bytes. Default 1. */
  readonly seed?: number;
  /** Time of the last event, Unix ms. */
  readonly end: number;
  /** Length of the logs. Default 14; the fifth hunt needs all of them. */
  readonly days?: number;
  /** Everyday traffic against the usual; incidents and decoys stay as they are. Default 1: about 400,000 events. */
  readonly scale?: number;
  /** Machines, 40 to 800. Default 60. Traffic grows with the people among them. */
  readonly hosts?: number;
  /** Told now and then how far it is, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

export interface DemoNetwork {
  readonly files: readonly WrittenFile[];
  readonly events: number;
  readonly planted: readonly Planted[];
  readonly decoys: readonly Decoy[];
}

function check({ seed = 1, end, days = 14, scale = 1 }: DemoOptions): { seed: number; scale: number; period: Period } {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  if (!Number.isSafeInteger(end) || end < 2 * DAY) throw new RangeError(`end must be a Unix time in ms, not ${end}`);
  if (!Number.isInteger(days) || days < 2 || days > 366)
    throw new RangeError(`days must be a whole number from 2 to 366, not ${days}`);
  if (!(scale > 0) || scale > 1000) throw new RangeError(`scale must be above 0 and at most 1000, not ${scale}`);
  return { seed, scale, period: { start: end - days * DAY, end } };
}

/** Incidents and decoys, by incident and all in time order. */
function plan(world: World, period: Period, seed: number): { byId: Map<string, Planned[]>; queue: Planned[] } {
  const byId = new Map<string, Planned[]>();
  for (const { id, plans } of [...PLANTED.map(({ id, plan }) => ({ id, plans: [plan] })), ...DECOYS]) {
    byId.set(
      id,
      plans.flatMap((one, index) => expandPlan(`${id} ${index}`, one, period, world.hosts, seed)),
    );
  }
  return { byId, queue: [...byId.values()].flat().sort((a, b) => a.time - b.time) };
}

/** Part of the connections whose name the machine had not looked up lately. */
const LOOKUP_SHARE = 0.22;
const FORWARDED_SHARE = 0.12;

/** Names that Windows machines look up by themselves. */
const HOUSEKEEPING: readonly (readonly [name: string, type: string, answered: boolean])[] = [
  [`_ldap._tcp.dc._msdcs.${DOMAIN}`, 'SRV', true],
  [`_kerberos._tcp.head-office._sites.${DOMAIN}`, 'SRV', true],
  [`dc01.${DOMAIN}`, 'A', true],
  [`file01.${DOMAIN}`, 'A', true],
  [`wpad.${DOMAIN}`, 'A', false],
  [`isatap.${DOMAIN}`, 'A', false],
  ['20.10.10.10.in-addr.arpa', 'PTR', true],
];

interface Resolver {
  lookUp(time: number, host: Host, name: string, types: readonly string[], answered: boolean): void;
  /** The lookup that precedes a connection, if it needs one. */
  before(flow: Flow, minute: number): void;
}

function createResolver(world: World, sensors: Sensors): Resolver {
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

/** A minute of everyday traffic. */
function everyday(world: World, sensors: Sensors, resolver: Resolver, minute: number, scale: number): void {
  const { random } = world;
  for (const kind of TRAFFIC) {
    const factor = kind.factor?.(minute) ?? 1;
    const mean = (kind.perDay(world) * scale * factor * activityAt(kind.rhythm, minute)) / 1440;
    for (let count = random.poisson(mean); count > 0; count--) {
      const flow = kind.make(world, minute + random.int(MINUTE));
      resolver.before(flow, minute);
      sensors.see(flow);
    }
  }
  const housekeeping = (world.people.length * 14 * scale * activityAt(TRAFFIC[0]!.rhythm, minute)) / 1440;
  for (let count = random.poisson(housekeeping); count > 0; count--) {
    const [name, type, answered] = random.pick(HOUSEKEEPING);
    resolver.lookUp(minute + random.int(MINUTE), random.pick(world.people), name, [type], answered);
  }
}

/** The monitor's last check, which ends the logs at exactly `end`. */
function lastEvent(world: World, end: number): Flow {
  const to = world.hosts.get('app01')!;
  return connect(world, {
    time: end - 40,
    duration: 40,
    from: world.hosts.get('mon01')!,
    to,
    destination: to.address,
    destinationPort: 443,
    application: APPLICATIONS.ssl,
    process: 'prometheus',
    sent: 700,
    received: 2_400,
    local: true,
  });
}

/**
 * Writes the logs of a made-up office network into `folder` (made if need be; files of the same names are replaced).
 * Every address and name in them is private or reserved for examples. Memory does not grow with the number of events.
 */
export async function generateDemoNetwork(folder: string, options: DemoOptions): Promise<DemoNetwork> {
  const { seed, scale, period } = check(options);
  const world = createWorld(seed, options.hosts ?? 60, period);
  const { byId, queue } = plan(world, period, seed);

  const single: LogFile[] = [];
  const open = async (path: string, connector: string): Promise<LogFile> => {
    const file = await createLogFile(folder, path, connector);
    single.push(file);
    return file;
  };
  const paloAlto = createDailyLog(folder, 'cef', (time) => `firewall/pa-fw01-${isoDay(time)}.log`);
  const written: WrittenFile[] = [];
  try {
    const fortiGate = await open('firewall/fgt-branch.log', 'cef');
    const defender = await open('defender/DeviceNetworkEvents.json', 'defender');
    const dns = await open('dns/dns-dc01.log', 'windows-dns');
    const agent = await open('azure/VMConnection.json', 'table');
    const intel = await open('intel/indicators.json', 'threat-intel');

    const indicators = buildIndicators(seed);
    intel.append(stixBundle(indicators, seed, period.end), period.end, 0);
    dns.append(windowsDnsHeader(period.start), period.start, 0);

    const sensors = createSensors({
      paloAlto: paloAlto.append,
      fortiGate: fortiGate.append,
      defender: defender.append,
      dns: dns.append,
      agent: agent.append,
    });
    await simulate({ world, sensors, period, scale, queue, paloAlto, single, onProgress: options.onProgress });

    written.push(...(await paloAlto.close()));
    while (single.length > 0) {
      const done = await single.shift()!.close();
      written.push(done.connector === 'threat-intel' ? { ...done, events: indicators.length } : done);
    }
  } finally {
    await paloAlto.close();
    for (const file of single) await file.close();
  }
  return {
    files: written,
    events: written.reduce((sum, file) => sum + file.events, 0),
    planted: describePlanted(byId),
    decoys: describeDecoys(),
  };
}

interface Simulation {
  readonly world: World;
  readonly sensors: Sensors;
  readonly period: Period;
  readonly scale: number;
  readonly queue: readonly Planned[];
  readonly paloAlto: { turnTo(time: number): Promise<void>; flush(): Promise<void> };
  readonly single: readonly LogFile[];
  readonly onProgress: DemoOptions['onProgress'];
}

async function simulate({
  world,
  sensors,
  period,
  scale,
  queue,
  paloAlto,
  single,
  onProgress,
}: Simulation): Promise<void> {
  const { start, end } = period;
  const resolver = createResolver(world, sensors);
  const first = Math.ceil(start / MINUTE) * MINUTE;
  const lastMinute = Math.floor(end / MINUTE) * MINUTE;
  sensors.see(lastEvent(world, end));
  let next = 0;
  for (let minute = first; minute <= lastMinute; minute += MINUTE) {
    everyday(world, sensors, resolver, minute, scale);
    for (; next < queue.length && queue[next]!.time < minute + MINUTE; next++) {
      const item = queue[next]!;
      if (item.time < minute) continue;
      if ('flow' in item) {
        resolver.before(item.flow, minute);
        sensors.see(item.flow);
      } else {
        const { time, host, name, types, answered } = item.lookup;
        resolver.lookUp(time, host, name, types, answered);
      }
    }
    await paloAlto.turnTo(minute);
    sensors.write(minute, end);
    await paloAlto.flush();
    for (const file of single) await file.flush();
    if (onProgress && (minute - first) % (60 * MINUTE) === 0) onProgress((minute - first) / (end - first));
  }
  onProgress?.(1);
}
