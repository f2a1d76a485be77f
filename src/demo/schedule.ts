import { APPLICATIONS } from './applications.js';
import { DAY, HOUR, MINUTE } from './clock.js';
import type { Flow } from './flow.js';
import { addressAt, type Host } from './hosts.js';
import type { FlowPlan, LookupPlan, Plan, Spread, When } from './incident.js';
import { createRandom, type Random } from './prng.js';

/** A lookup that an incident plans. */
export interface PlannedLookup {
  readonly time: number;
  readonly host: Host;
  readonly name: string;
  readonly types: readonly string[];
  readonly answered: boolean;
}

/** A connection or a lookup of an incident, at its time. */
export type Planned =
  | { readonly time: number; readonly flow: Flow }
  | { readonly time: number; readonly lookup: PlannedLookup };

/** The stretch of time the logs cover, Unix ms. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

/** Start of the last stretch of so many minutes that lies in the dark hours (22 to 5 UTC) and in the last 23 hours. */
export function lastNight(end: number, minutes: number): number {
  const length = minutes * MINUTE;
  const dark = (time: number): boolean => Math.floor(time / HOUR) % 24 >= 22 || Math.floor(time / HOUR) % 24 < 5;
  for (let start = end - length - 20 * MINUTE; start >= end - 23 * HOUR; start -= 5 * MINUTE) {
    if (dark(start) && dark(start + length / 2) && dark(start + length)) return start;
  }
  throw new RangeError(`no night of ${minutes} minutes in the last day`);
}

/** The times of a plan, in order. */
export function timesOf(when: When, period: Period, random: Random): number[] {
  const { start, end } = period;
  const spread = (from: number, to: number, count: number): number[] =>
    Array.from({ length: count }, () => Math.floor(from + random.next() * (to - from))).sort((a, b) => a - b);
  switch (when.kind) {
    case 'between':
      return spread(end - when.from * HOUR, end - when.until * HOUR, when.count);
    case 'night': {
      const from = lastNight(end, when.minutes);
      return spread(from, from + when.minutes * MINUTE, when.count);
    }
    case 'every': {
      const times: number[] = [];
      const first = when.from === 'start' ? start : end - when.from * HOUR;
      for (let time = first + random.int(when.period); time < end - MINUTE; ) {
        times.push(time);
        time += Math.round(when.period * (1 + when.jitter * (random.next() * 2 - 1)));
      }
      return times;
    }
    case 'daily': {
      const times: number[] = [];
      for (let day = Math.floor(start / DAY) * DAY; day < end; day += DAY) {
        times.push(...spread(day + when.hour * HOUR, day + when.hour * HOUR + when.minutes * MINUTE, when.count));
      }
      return times;
    }
  }
}

const draw = ([median, sigma]: Spread, random: Random): number =>
  Math.round(sigma === 0 ? median : random.logNormal(median, sigma));

function flowOf(plan: FlowPlan, time: number, index: number, hosts: ReadonlyMap<string, Host>, random: Random): Flow {
  const from = hosts.get(plan.from) ?? null;
  const to = hosts.get(plan.to) ?? null;
  const six = plan.to.includes(':');
  return {
    time,
    duration: draw(plan.duration, random),
    source: from ? (six ? from.address6 : addressAt(from, time)) : plan.from,
    sourcePort: 49_152 + random.int(16_000),
    destination: to ? (from ? to.address : to.published || to.address) : plan.to,
    destinationPort: plan.port,
    protocol: plan.protocol ?? 'tcp',
    sent: draw(plan.sent, random),
    received: draw(plan.received, random),
    application: plan.application ?? APPLICATIONS.unknown,
    outcome: plan.outcomes?.[index % plan.outcomes.length] ?? 'allow',
    from,
    to,
    program: plan.program ?? null,
    process: plan.process ?? '',
    domain: plan.domain ?? '',
    category: plan.category ?? 'any',
    local: plan.local ?? false,
  };
}

function lookupOf(plan: LookupPlan, time: number, hosts: ReadonlyMap<string, Host>): PlannedLookup {
  return { time, host: hosts.get(plan.from)!, name: plan.name, types: plan.types, answered: plan.answered };
}

/** All that one plan gives within the period: connections that end in it, lookups that fall in it. */
export function expandPlan(
  id: string,
  plan: Plan,
  period: Period,
  hosts: ReadonlyMap<string, Host>,
  seed: number,
): Planned[] {
  const random = createRandom(seed, `incident ${id} ${plan.from}`);
  return timesOf(plan.when, period, random)
    .filter((time) => time >= period.start && time <= period.end)
    .map(
      (time, index): Planned =>
        plan.kind === 'flows'
          ? { time, flow: flowOf(plan, time, index, hosts, random) }
          : { time, lookup: lookupOf(plan, time, hosts) },
    )
    .filter((planned) => !('flow' in planned) || planned.time + planned.flow.duration <= period.end);
}
