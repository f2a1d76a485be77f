import { APPLICATIONS, type Application } from './applications.js';
import type { Flow } from './flow.js';
import type { Host } from './hosts.js';
import { hashText } from './prng.js';
import { PROGRAMS, type Program } from './processes.js';
import { isPatchTuesday } from './rhythm.js';
import { seconds, size } from './traffic-size.js';
import { connect, type World } from './world.js';

function browser(host: Host, rank: number): Program {
  if (rank === 3) return PROGRAMS.outlook;
  if (rank === 7) return PROGRAMS.teams;
  if (rank === 12) return PROGRAMS.onedrive;
  return hashText(host.name) % 3 === 0 ? PROGRAMS.chrome : PROGRAMS.edge;
}

/** A visit to an ordinary service on the Internet. */
export function browse(world: World, host: Host, time: number): Flow {
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

/** Someone using a server of the office. */
export function useServer(world: World, host: Host, time: number): Flow {
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

/** Outbound that policy forbids: adverts, trackers, mail past the mail server, file sharing. */
export function forbidden(world: World, host: Host, time: number): Flow {
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

/** A Windows machine looking around its own network by multicast. */
export function discovery(world: World, host: Host, time: number): Flow {
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

/** Windows updates from the office's own server, large on the second Tuesday of a month. */
export function update(world: World, host: Host, time: number): Flow {
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
