import { APPLICATIONS, type Application } from './applications.js';
import type { Outcome } from './flow.js';
import type { Program } from './processes.js';

/** When the connections of an incident happen. Hours count back from the end of the logs. */
export type When =
  /** So many, at random, between two times. */
  | { readonly kind: 'between'; readonly from: number; readonly until: number; readonly count: number }
  /** So many within so many minutes of the last night that lies wholly in the last day. */
  | { readonly kind: 'night'; readonly minutes: number; readonly count: number }
  /** Every so many ms, give or take a share. `from` is 'start' for the whole of the logs. */
  | { readonly kind: 'every'; readonly period: number; readonly jitter: number; readonly from: number | 'start' }
  /** On every day at an hour (UTC), spread over so many minutes. */
  | { readonly kind: 'daily'; readonly hour: number; readonly minutes: number; readonly count: number };

/** A size or duration: median and spread of a log-normal. */
export type Spread = readonly [median: number, sigma: number];

/** Connections. */
export interface FlowPlan {
  readonly kind: 'flows';
  /** Host name, or an outside address. */
  readonly from: string;
  /** Host name, or an address. */
  readonly to: string;
  readonly port: number;
  readonly when: When;
  readonly protocol?: 'tcp' | 'udp';
  readonly application?: Application;
  /** Taken in turn. */
  readonly outcomes?: readonly Outcome[];
  readonly sent: Spread;
  readonly received: Spread;
  readonly duration: Spread;
  readonly program?: Program;
  readonly process?: string;
  readonly domain?: string;
  readonly category?: string;
  /** Seen by the endpoint only. */
  readonly local?: boolean;
}

/** DNS lookups. */
export interface LookupPlan {
  readonly kind: 'lookups';
  readonly from: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly when: When;
  readonly answered: boolean;
}

export type Plan = FlowPlan | LookupPlan;
/** The number of a shipped hunt. */
export type Hunt = 1 | 2 | 3 | 4 | 5;

/** Something wrong, as data. */
export interface PlantedIncident {
  readonly id: string;
  readonly hunt: Hunt;
  /** Other hunts that rightly show it as well. */
  readonly also: readonly Hunt[];
  readonly story: string;
  readonly plan: Plan;
}

/** Something that only looks wrong, as data. */
export interface DecoyIncident {
  readonly id: string;
  readonly hunt: Hunt;
  /** `quiet`: a good hunt does not show it. `explainable`: it may, and a person can tell why it is harmless. */
  readonly expected: 'quiet' | 'explainable';
  readonly why: string;
  readonly plans: readonly Plan[];
}

/** So many at random between two times, in hours before the end. */
export const last = (from: number, until: number, count: number): When => ({ kind: 'between', from, until, count });
/** Every day at an hour, spread over so many minutes. */
export const daily = (hour: number, minutes: number, count: number): When => ({ kind: 'daily', hour, minutes, count });
/** At a steady beat. */
export const every = (period: number, jitter: number, from: number | 'start'): When => ({
  kind: 'every',
  period,
  jitter,
  from,
});

/** A connection attempt that a firewall stopped: a packet or a few, no answer. */
export const stopped = {
  sent: [120, 0.3],
  received: [0, 0],
  duration: [0, 0],
  application: APPLICATIONS.unidentified,
  category: 'any',
} as const;
/** Bytes of a megabyte. */
export const MB = 1024 * 1024;
