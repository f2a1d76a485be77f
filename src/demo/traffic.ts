import { OWN } from './addresses.js';
import type { Flow } from './flow.js';
import { isPatchTuesday, RHYTHMS, type Rhythm } from './rhythm.js';
import { browse, discovery, forbidden, update, useServer } from './traffic-people.js';
import { betweenServers, customer, monitoring, printing, scan, serverOut } from './traffic-servers.js';
import type { World } from './world.js';

/** A kind of everyday traffic: how much of it there is and what one connection looks like. */
export interface TrafficKind {
  readonly name: string;
  readonly rhythm: Rhythm;
  /** Connections on a working day at scale 1. */
  perDay(world: World): number;
  /** More or less than usual at a time. */
  readonly factor?: (time: number) => number;
  make(world: World, time: number): Flow;
}

const { office, server, always } = RHYTHMS;

/** Everyday traffic, all kinds. */
export const TRAFFIC: readonly TrafficKind[] = [
  {
    name: 'office web',
    rhythm: office,
    perDay: (w) => w.office.length * 125,
    make: (w, t) => browse(w, w.random.pick(w.office), t),
  },
  {
    name: 'branch web',
    rhythm: office,
    perDay: (w) => w.branch.length * 115,
    make: (w, t) => browse(w, w.random.pick(w.branch), t),
  },
  {
    name: 'office servers',
    rhythm: office,
    perDay: (w) => w.office.length * 100,
    make: (w, t) => useServer(w, w.random.pick(w.office), t),
  },
  {
    name: 'branch servers',
    rhythm: office,
    perDay: (w) => w.branch.length * 70,
    make: (w, t) => useServer(w, w.random.pick(w.branch), t),
  },
  {
    name: 'machines left on',
    rhythm: always,
    perDay: (w) => w.people.length * 9,
    make: (w, t) => browse(w, w.random.pick(w.people), t),
  },
  {
    name: 'updates',
    rhythm: office,
    perDay: (w) => w.people.length * 3,
    factor: (time) => (isPatchTuesday(time) ? 8 : 1),
    make: (w, t) => update(w, w.random.pick(w.people), t),
  },
  { name: 'between servers', rhythm: server, perDay: () => 800, make: betweenServers },
  { name: 'servers out', rhythm: server, perDay: () => 1000, make: serverOut },
  { name: 'customers', rhythm: RHYTHMS.public, perDay: () => 1100, make: customer },
  {
    name: 'scans',
    rhythm: always,
    perDay: () => 1500,
    make: (w, t) => scan(w, t, w.random.pick([OWN.egress, OWN.web, OWN.mail]), w.hosts.get('web01')!),
  },
  {
    name: 'scans of the branch',
    rhythm: always,
    perDay: () => 500,
    make: (w, t) => scan(w, t, OWN.branchEgress, w.hosts.get('bra-ws01')!),
  },
  {
    name: 'forbidden',
    rhythm: office,
    perDay: (w) => w.people.length * 12,
    make: (w, t) => forbidden(w, w.random.pick(w.people), t),
  },
  {
    name: 'discovery',
    rhythm: office,
    perDay: (w) => w.people.length * 15,
    make: (w, t) => discovery(w, w.random.pick(w.people), t),
  },
  { name: 'printing', rhythm: office, perDay: (w) => w.people.length * 4, make: printing },
  { name: 'monitoring', rhythm: always, perDay: () => 500, make: monitoring },
];
