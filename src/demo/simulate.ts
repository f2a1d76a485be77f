import { APPLICATIONS } from './applications.js';
import { MINUTE } from './clock.js';
import type { Flow } from './flow.js';
import type { LogFile } from './log-file.js';
import { createResolver, HOUSEKEEPING, type Resolver } from './resolver.js';
import { activityAt, RHYTHMS } from './rhythm.js';
import type { Period, Planned } from './schedule.js';
import type { Sensors } from './sensors.js';
import { TRAFFIC } from './traffic.js';
import { connect, type World } from './world.js';

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
  const housekeeping = (world.people.length * 14 * scale * activityAt(RHYTHMS.office, minute)) / 1440;
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

/** What a run needs: the network, who watches it, and the files to keep up. */
export interface Simulation {
  readonly world: World;
  readonly sensors: Sensors;
  readonly period: Period;
  readonly scale: number;
  readonly queue: readonly Planned[];
  readonly paloAlto: { turnTo(time: number): Promise<void>; flush(): Promise<void> };
  readonly single: readonly LogFile[];
  readonly onProgress: ((fraction: number) => void) | undefined;
}

/** Runs the network minute by minute and writes the logs. */
export async function simulate({
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
