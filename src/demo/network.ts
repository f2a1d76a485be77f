import { DAY, isoDay } from './clock.js';
import { DECOYS } from './decoys.js';
import { buildIndicators } from './intel.js';
import { createDailyLog, createLogFile, type LogFile, type WrittenFile } from './log-file.js';
import { PLANTED } from './planted.js';
import { expandPlan, type Period, type Planned } from './schedule.js';
import { createSensors } from './sensors.js';
import { simulate } from './simulate.js';
import { type Decoy, describeDecoys, describePlanted, type Planted } from './truth.js';
import { createWorld, type World } from './world.js';
import { stixBundle } from './writers/stix.js';
import { windowsDnsHeader } from './writers/windows-dns.js';

/** What network to make. */
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

/** What was written, and the truth about it. */
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
