import { customerAddress, scannerAddress } from './addresses.js';
import { APPLICATIONS, type Application } from './applications.js';
import type { Flow } from './flow.js';
import type { Host } from './hosts.js';
import { seconds, size } from './traffic-size.js';
import { connect, type World } from './world.js';

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

/** One server using another. */
export function betweenServers(world: World, time: number): Flow {
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

/** A server fetching or sending something outside. */
export function serverOut(world: World, time: number): Flow {
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

/** A customer on the public web site. */
export function customer(world: World, time: number): Flow {
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

/** A knock on a public address, dropped. `to` says behind which firewall it is. */
export function scan(world: World, time: number, address: string, to: Host): Flow {
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

/** The print server feeding a printer. */
export const printing = (world: World, time: number): Flow => {
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

/** The monitor asking a device how it does. */
export const monitoring = (world: World, time: number): Flow => {
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
