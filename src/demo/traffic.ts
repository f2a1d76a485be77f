import { customerAddress, OWN, scannerAddress } from './addresses.js';
import { APPLICATIONS, type Application } from './applications.js';
import { HOUR, SECOND } from './clock.js';
import type { Flow } from './flow.js';
import type { Host } from './hosts.js';
import { hashText, type Random } from './prng.js';
import { PROGRAMS, type Program } from './processes.js';
import { isPatchTuesday, RHYTHMS, type Rhythm } from './rhythm.js';
import { connect, type World } from './world.js';

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

/** A log-normal size, cut at `most`. */
const size = (random: Random, median: number, sigma: number, most: number): number =>
  Math.min(most, Math.round(random.logNormal(median, sigma)));

const seconds = (random: Random, median: number): number => size(random, median * SECOND, 1.1, HOUR);

function browser(host: Host, rank: number): Program {
  if (rank === 3) return PROGRAMS.outlook;
  if (rank === 7) return PROGRAMS.teams;
  if (rank === 12) return PROGRAMS.onedrive;
  return hashText(host.name) % 3 === 0 ? PROGRAMS.chrome : PROGRAMS.edge;
}

function browse(world: World, host: Host, time: number): Flow {
  const { random } = world;
  const six = host.address6 !== '' && random.chance(0.3);
  const rank = six
    ? world.dual[world.outside.services6.draw(random, time)]!
    : world.outside.services.draw(random, time);
  const service = world.services[rank]!;
  const upload = random.chance(0.004);
  return connect(world, {
    time,
    from: host,
    ...(six ? { source: host.address6 } : {}),
    destination: six ? service.address6 : service.address,
    destinationPort: service.port,
    protocol: service.protocol,
    application: service.application,
    category: service.category,
    domain: service.domain,
    program: browser(host, rank),
    sent: upload ? size(random, 1_500_000, 0.7, 12_000_000) : size(random, 2400, 1.1, 2_000_000),
    received: size(random, 18_000, 1.8, 300_000_000),
    duration: seconds(random, 14),
  });
}

/** What people use inside: server, port, application, program, weight. */
const INNER: readonly (readonly [server: string, port: number, application: Application, program: Program])[] = [
  ['file01', 445, APPLICATIONS.smb, PROGRAMS.kernel],
  ['file01', 445, APPLICATIONS.smb, PROGRAMS.kernel],
  ['dc01', 389, APPLICATIONS.ldap, PROGRAMS.lsass],
  ['dc01', 88, APPLICATIONS.kerberos, PROGRAMS.lsass],
  ['dc02', 88, APPLICATIONS.kerberos, PROGRAMS.lsass],
  ['dc02', 135, APPLICATIONS.rpc, PROGRAMS.svchost],
  ['mail01', 443, APPLICATIONS.exchange, PROGRAMS.outlook],
  ['mail01', 443, APPLICATIONS.exchange, PROGRAMS.outlook],
  ['app01', 443, APPLICATIONS.ssl, PROGRAMS.edge],
  ['app01', 443, APPLICATIONS.ssl, PROGRAMS.edge],
  ['db01', 1433, APPLICATIONS.sql, PROGRAMS.erp],
  ['print01', 445, APPLICATIONS.smb, PROGRAMS.spooler],
  ['git01', 443, APPLICATIONS.ssl, PROGRAMS.code],
];

function useServer(world: World, host: Host, time: number): Flow {
  const { random } = world;
  const [name, port, application, program] = random.pick(INNER);
  const to = world.hosts.get(name)!;
  return connect(world, {
    time,
    from: host,
    to,
    destination: to.address,
    destinationPort: port,
    application,
    program,
    process: 'System',
    domain: to.fqdn,
    sent: size(random, 4200, 1.3, 40_000_000),
    received: size(random, 11_000, 1.6, 200_000_000),
    duration: seconds(random, 9),
  });
}

/** Server to server: from, to, port, application, process. */
const BETWEEN: readonly (readonly [
  from: string,
  to: string,
  port: number,
  application: Application,
  process: string,
])[] = [
  ['web01', 'app01', 443, APPLICATIONS.ssl, 'nginx'],
  ['web02', 'app01', 443, APPLICATIONS.ssl, 'nginx'],
  ['app01', 'db01', 1433, APPLICATIONS.sql, 'java'],
  ['app01', 'db01', 1433, APPLICATIONS.sql, 'java'],
  ['app01', 'db02', 1433, APPLICATIONS.sql, 'java'],
  ['db01', 'db02', 5022, APPLICATIONS.sql, 'sqlservr'],
  ['mail01', 'dc01', 389, APPLICATIONS.ldap, 'w3wp'],
  ['mon01', 'web01', 443, APPLICATIONS.ssl, 'prometheus'],
  ['mon01', 'app01', 9100, APPLICATIONS.web, 'prometheus'],
  ['file01', 'dc01', 88, APPLICATIONS.kerberos, 'lsass'],
];

function betweenServers(world: World, time: number): Flow {
  const { random } = world;
  const [source, target, port, application, process] = random.pick(BETWEEN);
  const from = world.hosts.get(source)!;
  const to = world.hosts.get(target)!;
  return connect(world, {
    time,
    from,
    to,
    destination: to.address,
    destinationPort: port,
    application,
    process,
    sent: size(random, 3000, 1, 5_000_000),
    received: size(random, 9000, 1.2, 30_000_000),
    duration: seconds(random, 4),
    local: from.zone === to.zone,
  });
}

const SERVER_PROCESS: Readonly<Record<string, string>> = {
  mail: 'EdgeTransport',
  web: 'nginx',
  app: 'java',
  wsus: 'WsusService',
  backup: 'VeeamAgent',
  git: 'gitaly',
  monitor: 'prometheus',
};

function serverOut(world: World, time: number): Flow {
  const { random } = world;
  const from = random.pick(world.servers);
  const service = world.services[world.outside.updates.draw(random, time)]!;
  const mail = from.role === 'mail' && random.chance(0.7);
  return connect(world, {
    time,
    from,
    destination: service.address,
    destinationPort: mail ? 25 : 443,
    application: mail ? APPLICATIONS.mail : APPLICATIONS.ssl,
    process: SERVER_PROCESS[from.role] ?? 'svchost',
    domain: service.domain,
    category: 'computer-and-internet-info',
    sent: size(random, 3500, 1, 900_000),
    received: size(random, 9000, 1.5, 80_000_000),
    duration: seconds(random, 3),
  });
}

function customer(world: World, time: number): Flow {
  const { random } = world;
  const to = world.hosts.get(random.chance(0.5) ? 'web01' : 'web02')!;
  return connect(world, {
    time,
    source: customerAddress(world.outside.customers.draw(random, time)),
    to,
    destination: to.published,
    destinationPort: random.chance(0.9) ? 443 : 80,
    application: APPLICATIONS.ssl,
    process: 'nginx',
    sent: size(random, 1800, 0.9, 2_000_000),
    received: size(random, 26_000, 1.3, 20_000_000),
    duration: seconds(random, 7),
  });
}

const SCANNED_PORTS = [22, 23, 23, 80, 443, 445, 445, 1433, 3306, 3389, 3389, 5060, 5900, 6379, 8080, 8443, 9200];

function scan(world: World, time: number, address: string, to: Host): Flow {
  const { random } = world;
  return connect(world, {
    time,
    source: scannerAddress(world.outside.scanners.draw(random, time)),
    sourcePort: 1024 + random.int(64_000),
    to,
    destination: address,
    destinationPort: random.pick(SCANNED_PORTS),
    application: APPLICATIONS.unidentified,
    outcome: 'drop',
    sent: 60,
    received: 0,
    duration: 0,
  });
}

/** Outbound that policy forbids: adverts, trackers, mail past the mail server, file sharing. */
function forbidden(world: World, host: Host, time: number): Flow {
  const { random } = world;
  const service = world.services[world.outside.services.draw(random, time)]!;
  const other = random.chance(0.2);
  return connect(world, {
    time,
    from: host,
    destination: service.address,
    destinationPort: other ? random.pick([25, 6881, 1900, 6667]) : service.port,
    application: other ? APPLICATIONS.unidentified : APPLICATIONS.ssl,
    category: other ? 'any' : 'web-advertisements',
    outcome: other ? 'drop' : random.chance(0.5) ? 'reset-both' : 'deny',
    domain: other ? '' : service.domain,
    program: browser(host, 0),
    sent: other ? 66 : size(random, 500, 0.3, 2000),
    received: 0,
    duration: 0,
  });
}

const DISCOVERY: readonly (readonly [address: string, port: number])[] = [
  ['239.255.255.250', 1900],
  ['224.0.0.251', 5353],
  ['224.0.0.252', 5355],
  ['239.255.255.250', 3702],
];

function discovery(world: World, host: Host, time: number): Flow {
  const { random } = world;
  const [destination, destinationPort] = random.pick(DISCOVERY);
  return connect(world, {
    time,
    from: host,
    destination,
    destinationPort,
    protocol: 'udp',
    application: APPLICATIONS.unknown,
    program: PROGRAMS.discovery,
    sent: 180 + random.int(200),
    received: 0,
    duration: 0,
    local: true,
  });
}

function update(world: World, host: Host, time: number): Flow {
  const { random } = world;
  const to = world.hosts.get('wsus01')!;
  return connect(world, {
    time,
    from: host,
    to,
    destination: to.address,
    destinationPort: 8530,
    application: APPLICATIONS.web,
    program: PROGRAMS.svchost,
    process: 'WsusService',
    domain: to.fqdn,
    sent: size(random, 5000, 0.6, 200_000),
    received: isPatchTuesday(time) ? size(random, 30_000_000, 0.9, 600_000_000) : size(random, 20_000, 0.8, 5_000_000),
    duration: seconds(random, 20),
  });
}

const printing = (world: World, time: number): Flow => {
  const { random } = world;
  const from = world.hosts.get('print01')!;
  const to = world.hosts.get(random.pick(['prn01', 'prn02', 'prn03']))!;
  return connect(world, {
    time,
    from,
    to,
    destination: to.address,
    destinationPort: 9100,
    application: APPLICATIONS.print,
    process: 'spoolsv',
    sent: size(random, 240_000, 1.2, 90_000_000),
    received: 900,
    duration: seconds(random, 6),
  });
};

const monitoring = (world: World, time: number): Flow => {
  const { random } = world;
  const from = world.hosts.get('mon01')!;
  const to = world.hosts.get(random.pick(['cam01', 'cam02', 'cam03', 'cam04', 'prn01', 'prn02', 'prn03', 'door01']))!;
  return connect(world, {
    time,
    from,
    to,
    destination: to.address,
    destinationPort: 161,
    protocol: 'udp',
    application: APPLICATIONS.snmp,
    process: 'snmpd',
    sent: 90 + random.int(60),
    received: 120 + random.int(500),
    duration: 30 + random.int(200),
  });
};

const { office, server, always } = RHYTHMS;

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
