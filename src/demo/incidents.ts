import { APPLICATIONS, type Application } from './applications.js';
import { HOUR, MINUTE, SECOND } from './clock.js';
import type { Outcome } from './flow.js';
import { INTEL } from './intel.js';
import { PROGRAMS, type Program } from './processes.js';

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

export interface LookupPlan {
  readonly kind: 'lookups';
  readonly from: string;
  readonly name: string;
  readonly types: readonly string[];
  readonly when: When;
  readonly answered: boolean;
}

export type Plan = FlowPlan | LookupPlan;
export type Hunt = 1 | 2 | 3 | 4 | 5;

export interface PlantedIncident {
  readonly id: string;
  readonly hunt: Hunt;
  /** Other hunts that rightly show it as well. */
  readonly also: readonly Hunt[];
  readonly story: string;
  readonly plan: Plan;
}

export interface DecoyIncident {
  readonly id: string;
  readonly hunt: Hunt;
  /** `quiet`: a good hunt does not show it. `explainable`: it may, and a person can tell why it is harmless. */
  readonly expected: 'quiet' | 'explainable';
  readonly why: string;
  readonly plans: readonly Plan[];
}

const last = (from: number, until: number, count: number): When => ({ kind: 'between', from, until, count });
const daily = (hour: number, minutes: number, count: number): When => ({ kind: 'daily', hour, minutes, count });
const every = (period: number, jitter: number, from: number | 'start'): When => ({
  kind: 'every',
  period,
  jitter,
  from,
});

/** A connection attempt that a firewall stopped: a packet or a few, no answer. */
const stopped = {
  sent: [120, 0.3],
  received: [0, 0],
  duration: [0, 0],
  application: APPLICATIONS.unidentified,
  category: 'any',
} as const;
const MB = 1024 * 1024;

/** What is wrong in the demo network. */
export const PLANTED: readonly PlantedIncident[] = [
  {
    id: 'c2-address',
    hunt: 1,
    also: [5],
    story: 'A finance workstation keeps calling a Cobalt Moth server; the head office firewall resets every attempt.',
    plan: {
      kind: 'flows',
      from: 'fin-ws03',
      to: INTEL.address,
      port: 443,
      when: last(21, 0.5, 48),
      outcomes: ['reset-both'],
      program: PROGRAMS.rundll,
      ...stopped,
      application: APPLICATIONS.ssl,
      sent: [420, 0.2],
    },
  },
  {
    id: 'c2-block',
    hunt: 1,
    also: [5],
    story:
      'An operations workstation tries a proxy port in a Velvet Jackal network that only a CIDR indicator covers; dropped.',
    plan: {
      kind: 'flows',
      from: 'ops-ws03',
      to: '198.51.100.71',
      port: 8080,
      when: last(18, 1, 22),
      outcomes: ['drop'],
      program: PROGRAMS.rundll,
      ...stopped,
    },
  },
  {
    id: 'c2-ipv6',
    hunt: 1,
    also: [5],
    story: 'An engineering workstation reaches for the same Cobalt Moth servers over IPv6; denied.',
    plan: {
      kind: 'flows',
      from: 'eng-ws01',
      to: INTEL.address6,
      port: 443,
      when: last(16, 1, 14),
      outcomes: ['deny'],
      program: PROGRAMS.rundll,
      ...stopped,
    },
  },
  {
    id: 'c2-branch',
    hunt: 1,
    also: [5],
    story: "A branch workstation calls the Cobalt Moth server too; the branch's FortiGate denies it.",
    plan: {
      kind: 'flows',
      from: 'bra-ws02',
      to: INTEL.address,
      port: 443,
      when: last(20, 0.5, 31),
      outcomes: ['deny'],
      program: PROGRAMS.rundll,
      ...stopped,
    },
  },
  {
    id: 'reverse-shell',
    hunt: 2,
    also: [5],
    story:
      'PowerShell, started by Word on a sales workstation, holds long connections to port 4444 of an outside host.',
    plan: {
      kind: 'flows',
      from: 'sal-ws02',
      to: '198.51.100.203',
      port: 4444,
      when: last(19, 4, 6),
      application: APPLICATIONS.unknown,
      program: PROGRAMS.powershell,
      sent: [160_000, 0.4],
      received: [42_000, 0.4],
      duration: [70 * MINUTE, 0.3],
      category: 'not-resolved',
    },
  },
  {
    id: 'exfiltration',
    hunt: 3,
    also: [5],
    story: 'At night a finance workstation sends hundreds of MB to one outside host, in sessions of a few MB each.',
    plan: {
      kind: 'flows',
      from: 'fin-ws02',
      to: '203.0.113.214',
      port: 443,
      when: { kind: 'night', minutes: 100, count: 96 },
      application: APPLICATIONS.ssl,
      program: PROGRAMS.rundll,
      sent: [6.4 * MB, 0.12],
      received: [38_000, 0.3],
      duration: [25 * SECOND, 0.3],
      category: 'unknown',
    },
  },
  {
    id: 'dns-domain',
    hunt: 4,
    also: [],
    story: 'An operations workstation looks up an indicator domain of Cobalt Moth.',
    plan: {
      kind: 'lookups',
      from: 'ops-ws01',
      name: INTEL.domain,
      types: ['A'],
      when: last(22, 0.3, 17),
      answered: true,
    },
  },
  {
    id: 'dns-subdomain',
    hunt: 4,
    also: [],
    story: 'An engineering workstation looks up a name below that domain, which is no indicator itself.',
    plan: {
      kind: 'lookups',
      from: 'eng-ws03',
      name: `cdn7.stage.${INTEL.domain}`,
      types: ['A', 'AAAA'],
      when: last(15, 1, 9),
      answered: true,
    },
  },
  {
    id: 'dns-url',
    hunt: 4,
    also: [],
    story: 'A sales workstation looks up the host of a Grey Heron download address, known only as a URL indicator.',
    plan: {
      kind: 'lookups',
      from: 'sal-ws03',
      name: 'files.greyheron.test',
      types: ['A'],
      when: last(12, 1, 5),
      answered: false,
    },
  },
  {
    id: 'beacon',
    hunt: 5,
    also: [],
    story: 'The application server calls an address never seen before, every five minutes give or take 10 %.',
    plan: {
      kind: 'flows',
      from: 'app01',
      to: '198.51.100.240',
      port: 443,
      when: every(5 * MINUTE, 0.1, 22),
      application: APPLICATIONS.ssl,
      process: 'java',
      sent: [780, 0.15],
      received: [340, 0.15],
      duration: [900, 0.3],
      category: 'unknown',
    },
  },
];

const browse = {
  sent: [9_000, 0.5],
  received: [120_000, 0.8],
  duration: [30 * SECOND, 0.6],
  application: APPLICATIONS.ssl,
} as const;

/** What looks wrong and is not. Outside addresses are used on every day unless their being new is the point. */
export const DECOYS: readonly DecoyIncident[] = [
  {
    id: 'denied-adverts',
    hunt: 1,
    expected: 'quiet',
    why: 'denied by policy, but the address is no indicator',
    plans: [
      {
        kind: 'flows',
        from: 'sal-ws03',
        to: '198.19.200.12',
        port: 443,
        when: daily(11, 300, 25),
        outcomes: ['deny', 'reset-both'],
        program: PROGRAMS.edge,
        ...stopped,
        application: APPLICATIONS.ssl,
        category: 'web-advertisements',
      },
    ],
  },
  {
    id: 'expired-indicator',
    hunt: 1,
    expected: 'quiet',
    why: 'the indicator of this address ran out three weeks ago',
    plans: [
      {
        kind: 'flows',
        from: 'fin-ws01',
        to: INTEL.expiredAddress,
        port: 443,
        when: daily(10, 360, 9),
        outcomes: ['deny'],
        program: PROGRAMS.edge,
        ...stopped,
      },
    ],
  },
  {
    id: 'revoked-indicator',
    hunt: 1,
    expected: 'quiet',
    why: 'the feed has revoked the indicator of this address',
    plans: [
      {
        kind: 'flows',
        from: 'bra-ws01',
        to: INTEL.revokedAddress,
        port: 443,
        when: daily(9, 420, 6),
        outcomes: ['deny'],
        program: PROGRAMS.chrome,
        ...stopped,
      },
    ],
  },
  {
    id: 'indicator-scans-us',
    hunt: 1,
    expected: 'quiet',
    why: 'an indicator address, but it is the one knocking: inbound, denied',
    plans: [
      {
        kind: 'flows',
        from: INTEL.scanner,
        to: 'web01',
        port: 22,
        when: daily(3, 600, 14),
        outcomes: ['drop'],
        ...stopped,
      },
    ],
  },
  {
    id: 'inner-odd-port',
    hunt: 2,
    expected: 'quiet',
    why: 'an odd port, but of a server inside',
    plans: [
      {
        kind: 'flows',
        from: 'eng-ws02',
        to: 'git01',
        port: 9418,
        when: daily(10, 420, 20),
        program: PROGRAMS.code,
        ...browse,
        application: APPLICATIONS.unknown,
      },
    ],
  },
  {
    id: 'badge-vendor',
    hunt: 2,
    expected: 'explainable',
    why: "the badge system's sync to its vendor's ports 8443 and 9443, every half hour since before the logs begin",
    plans: [
      {
        kind: 'flows',
        from: 'ops-ws02',
        to: '198.19.201.40',
        port: 9443,
        when: every(30 * MINUTE, 0.02, 'start'),
        application: APPLICATIONS.ssl,
        program: PROGRAMS.badge,
        domain: 'sync.portico-access.example',
        sent: [3_200, 0.2],
        received: [5_400, 0.2],
        duration: [3 * SECOND, 0.3],
      },
      {
        kind: 'flows',
        from: 'ops-ws02',
        to: '198.19.201.41',
        port: 8443,
        when: every(6 * HOUR, 0.02, 'start'),
        application: APPLICATIONS.ssl,
        program: PROGRAMS.badge,
        domain: 'files.portico-access.example',
        sent: [2_100, 0.2],
        received: [900_000, 0.2],
        duration: [9 * SECOND, 0.3],
      },
    ],
  },
  {
    id: 'home-ssh',
    hunt: 2,
    expected: 'explainable',
    why: 'an engineer reaches her own machine at home on port 2222 on most days',
    plans: [
      {
        kind: 'flows',
        from: 'eng-ws02',
        to: '198.19.202.17',
        port: 2222,
        when: daily(12, 50, 2),
        application: APPLICATIONS.ssh,
        program: PROGRAMS.ssh,
        domain: 'home.lukas-garden.example',
        sent: [45_000, 0.5],
        received: [160_000, 0.5],
        duration: [15 * MINUTE, 0.5],
      },
    ],
  },
  {
    id: 'radio',
    hunt: 2,
    expected: 'explainable',
    why: 'a music player on an Internet radio port, every day',
    plans: [
      {
        kind: 'flows',
        from: 'sal-ws01',
        to: '198.19.202.80',
        port: 8000,
        when: daily(9, 60, 1),
        application: APPLICATIONS.stream,
        program: PROGRAMS.player,
        domain: 'radio.quietwaves.example',
        sent: [90_000, 0.2],
        received: [160 * MB, 0.3],
        duration: [3 * HOUR, 0.2],
        category: 'streaming-media',
      },
    ],
  },
  {
    id: 'not-the-internet',
    hunt: 2,
    expected: 'quiet',
    why: 'link-local, carrier-grade NAT and multicast addresses are not the Internet, even when new',
    plans: [
      {
        kind: 'flows',
        from: 'ops-ws01',
        to: '169.254.169.254',
        port: 8775,
        when: last(20, 2, 6),
        local: true,
        program: PROGRAMS.svchost,
        ...browse,
      },
      {
        kind: 'flows',
        from: 'fin-ws01',
        to: '100.64.12.9',
        port: 41641,
        protocol: 'udp',
        when: last(14, 1, 8),
        local: true,
        program: PROGRAMS.svchost,
        ...browse,
      },
      {
        kind: 'flows',
        from: 'eng-ws01',
        to: '239.12.7.9',
        port: 5004,
        protocol: 'udp',
        when: last(13, 1, 5),
        local: true,
        program: PROGRAMS.teams,
        ...browse,
      },
    ],
  },
  {
    id: 'big-download',
    hunt: 3,
    expected: 'quiet',
    why: "gigabytes received, not sent: a hunt that takes PAN-OS' `in` for received shows it",
    plans: [
      {
        kind: 'flows',
        from: 'ops-ws03',
        to: '198.19.203.5',
        port: 443,
        when: daily(14, 60, 6),
        program: PROGRAMS.edge,
        application: APPLICATIONS.ssl,
        domain: 'images.broadmirror.example',
        category: 'computer-and-internet-info',
        sent: [2.1 * MB, 0.1],
        received: [700 * MB, 0.1],
        duration: [5 * MINUTE, 0.2],
      },
    ],
  },
  {
    id: 'big-download-branch',
    hunt: 3,
    expected: 'quiet',
    why: 'gigabytes received in the branch: a hunt that swaps in and out for every vendor shows it',
    plans: [
      {
        kind: 'flows',
        from: 'bra-ws01',
        to: '198.19.203.9',
        port: 443,
        when: daily(15, 45, 4),
        program: PROGRAMS.chrome,
        application: APPLICATIONS.ssl,
        domain: 'video.broadmirror.example',
        category: 'streaming-media',
        sent: [1.4 * MB, 0.1],
        received: [400 * MB, 0.1],
        duration: [6 * MINUTE, 0.2],
      },
    ],
  },
  {
    id: 'inner-backup',
    hunt: 3,
    expected: 'quiet',
    why: 'the nightly backup: tens of GB, but from one inner server to another',
    plans: ['file01', 'mail01', 'web01'].map(
      (from): Plan => ({
        kind: 'flows',
        from,
        to: 'backup01',
        port: 10006,
        when: daily(22, 90, 4),
        application: APPLICATIONS.backup,
        process: 'VeeamAgent',
        sent: [5_000 * MB, 0.2],
        received: [9 * MB, 0.2],
        duration: [12 * MINUTE, 0.2],
      }),
    ),
  },
  {
    id: 'cloud-backup',
    hunt: 3,
    expected: 'explainable',
    why: 'the backup server copies to the cloud vault every night, the same address every time',
    plans: [
      {
        kind: 'flows',
        from: 'backup01',
        to: '198.19.204.30',
        port: 443,
        when: daily(1, 80, 12),
        application: APPLICATIONS.ssl,
        process: 'VeeamAgent',
        domain: 'vault.stonelocker.example',
        category: 'online-storage-and-backup',
        sent: [190 * MB, 0.2],
        received: [1.5 * MB, 0.2],
        duration: [4 * MINUTE, 0.2],
      },
    ],
  },
  {
    id: 'video-calls',
    hunt: 3,
    expected: 'quiet',
    why: 'a day of video calls stays below 100 MB sent',
    plans: [
      {
        kind: 'flows',
        from: 'sal-ws01',
        to: '198.19.204.77',
        port: 443,
        protocol: 'udp',
        when: daily(10, 240, 3),
        application: APPLICATIONS.call,
        program: PROGRAMS.teams,
        domain: 'relay.clearcalls.example',
        sent: [13 * MB, 0.1],
        received: [44 * MB, 0.2],
        duration: [35 * MINUTE, 0.2],
      },
    ],
  },
  {
    id: 'name-contains-indicator',
    hunt: 4,
    expected: 'quiet',
    why: 'the names contain an indicator domain as text, but are other domains',
    plans: [
      {
        kind: 'lookups',
        from: 'eng-ws02',
        name: `not${INTEL.domain}`,
        types: ['A'],
        when: last(20, 1, 8),
        answered: true,
      },
      {
        kind: 'lookups',
        from: 'eng-ws02',
        name: `${INTEL.domain}.org`,
        types: ['A'],
        when: last(20, 1, 4),
        answered: true,
      },
    ],
  },
  {
    id: 'parent-of-url',
    hunt: 4,
    expected: 'quiet',
    why: 'the domain above the host of a URL indicator is no indicator',
    plans: [
      { kind: 'lookups', from: 'sal-ws01', name: 'greyheron.test', types: ['A'], when: last(18, 1, 5), answered: true },
    ],
  },
  {
    id: 'expired-domain',
    hunt: 4,
    expected: 'quiet',
    why: 'the indicator of this domain ran out forty days ago',
    plans: [
      {
        kind: 'lookups',
        from: 'fin-ws01',
        name: INTEL.expiredDomain,
        types: ['A'],
        when: last(16, 1, 6),
        answered: true,
      },
    ],
  },
  {
    id: 'new-scanners',
    hunt: 5,
    expected: 'quiet',
    why: 'new on the last day, but only as scanners from outside, all denied',
    plans: ['203.0.113.221', '203.0.113.222', '198.51.100.251'].map(
      (from): Plan => ({
        kind: 'flows',
        from,
        to: 'web02',
        port: 3389,
        when: last(22, 0.5, 11),
        outcomes: ['drop'],
        ...stopped,
      }),
    ),
  },
  {
    id: 'telemetry',
    hunt: 5,
    expected: 'quiet',
    why: 'cameras and the door controller call home every few minutes, in the baseline as well',
    plans: ['cam01', 'cam02', 'cam03', 'cam04', 'door01'].map(
      (from, index): Plan => ({
        kind: 'flows',
        from,
        to: `198.19.205.${10 + index}`,
        port: 443,
        when: every((5 + index) * MINUTE, 0.02, 'start'),
        application: APPLICATIONS.ssl,
        domain: `t${index}.iot-cloud.example`,
        sent: [900, 0.2],
        received: [500, 0.2],
        duration: [SECOND, 0.3],
      }),
    ),
  },
  {
    id: 'time-servers',
    hunt: 5,
    expected: 'quiet',
    why: 'the time service asks the same servers as ever',
    plans: ['dc01', 'dc02', 'mon01'].map(
      (from, index): Plan => ({
        kind: 'flows',
        from,
        to: `198.19.206.${index + 1}`,
        port: 123,
        protocol: 'udp',
        when: every(17 * MINUTE, 0.01, 'start'),
        application: APPLICATIONS.ntp,
        process: 'w32time',
        sent: [48, 0],
        received: [48, 0],
        duration: [40, 0.2],
      }),
    ),
  },
  {
    id: 'new-but-ordinary',
    hunt: 5,
    expected: 'explainable',
    why: 'addresses that are new because someone followed a link today: a handful of visits each',
    plans: (['fin-ws01', 'sal-ws02', 'eng-ws03', 'ops-ws01'] as const).map(
      (from, index): Plan => ({
        kind: 'flows',
        from,
        to: `198.19.207.${21 + index * 7}`,
        port: 443,
        when: last(22, 1, 3),
        program: PROGRAMS.edge,
        domain: `www.newpage${index + 1}.example`,
        category: 'news',
        ...browse,
      }),
    ),
  },
];
