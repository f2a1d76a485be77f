import { inner6, OWN } from './addresses.js';
import { DAY } from './clock.js';
import { createRandom, hashText } from './prng.js';

/** The parts of the network, as the firewalls name them; `untrust` is the Internet. */
export type Zone = 'users' | 'servers' | 'dmz' | 'devices' | 'branch' | 'untrust';

/** A machine of the demo network. */
export interface Host {
  /** Short name: `fin-ws01`. */
  readonly name: string;
  readonly fqdn: string;
  readonly role: string;
  readonly zone: Zone;
  readonly address: string;
  /** A DHCP laptop's second address, used on some days; otherwise equal to `address`. */
  readonly otherAddress: string;
  /** '' without IPv6. */
  readonly address6: string;
  /** Public address that inbound traffic is sent to, '' when not published. */
  readonly published: string;
  /** Account name of the person at it, '' for servers and devices. */
  readonly user: string;
  /** Watched by Defender for Endpoint (workstations). */
  readonly defender: boolean;
  /** Watched by Azure's dependency agent (servers). */
  readonly agent: boolean;
  /** Identifiers in the sensors' own forms. */
  readonly deviceId: string;
  readonly agentId: string;
  readonly sid: string;
}

/** The Active Directory domain. */
export const DOMAIN = 'corp.example';

const DEPARTMENTS = [
  { code: 'fin', subnet: 20 },
  { code: 'sal', subnet: 21 },
  { code: 'eng', subnet: 22 },
  { code: 'ops', subnet: 23 },
] as const;

const USERS =
  'anna ben carla david elena felix greta hugo ines jonas karin lukas maria nils olga paul quinn rosa sven tara uwe vera wanda xaver yara zeno adam bianca cyril dora erik fiona georg hanna ivan judith kurt lena marco nora otto petra rafael sofia tom ute viktor wilma'.split(
    ' ',
  );

/** Servers: name, role, zone, last part of the address, with agent. */
const SERVERS: readonly (readonly [name: string, role: string, zone: Zone, address: string, published?: string])[] = [
  ['dc01', 'dc', 'servers', '10.10.10.10'],
  ['dc02', 'dc', 'servers', '10.10.10.11'],
  ['file01', 'file', 'servers', '10.10.10.20'],
  ['mail01', 'mail', 'servers', '10.10.10.25', OWN.mail],
  ['app01', 'app', 'servers', '10.10.10.30'],
  ['db01', 'db', 'servers', '10.10.10.40'],
  ['db02', 'db', 'servers', '10.10.10.41'],
  ['backup01', 'backup', 'servers', '10.10.10.50'],
  ['wsus01', 'wsus', 'servers', '10.10.10.60'],
  ['print01', 'print', 'servers', '10.10.10.61'],
  ['mon01', 'monitor', 'servers', '10.10.10.70'],
  ['git01', 'git', 'servers', '10.10.10.80'],
  ['web01', 'web', 'dmz', '172.16.5.20', OWN.web],
  ['web02', 'web', 'dmz', '172.16.5.21', OWN.web],
];

const DEVICES: readonly (readonly [name: string, role: string, address: string])[] = [
  ['cam01', 'camera', '192.168.40.11'],
  ['cam02', 'camera', '192.168.40.12'],
  ['cam03', 'camera', '192.168.40.13'],
  ['cam04', 'camera', '192.168.40.14'],
  ['prn01', 'printer', '192.168.40.31'],
  ['prn02', 'printer', '192.168.40.32'],
  ['prn03', 'printer', '192.168.40.33'],
  ['door01', 'badge', '192.168.40.51'],
];

/** The fewest hosts a demo network has: every server, every device and a few people in each department. */
export const MINIMUM_HOSTS = 40;

function host(name: string, role: string, zone: Zone, address: string, rest: Partial<Host> = {}): Host {
  const random = createRandom(0, `host ${name}`);
  return {
    name,
    fqdn: `${name}.${DOMAIN}`,
    role,
    zone,
    address,
    otherAddress: address,
    address6: '',
    published: '',
    user: '',
    defender: false,
    agent: false,
    deviceId: random.hex(40),
    agentId: guid(random.hex(32)),
    sid: `S-1-5-21-2718281828-314159265-1414213562-${1100 + random.int(8000)}`,
    ...rest,
  };
}

/** A GUID's text from 32 hexadecimal digits. */
export const guid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** The machines: 22 servers and devices, a fifth of the rest in the branch office, the others at the head office. */
export function buildHosts(count: number): Host[] {
  if (!Number.isInteger(count) || count < MINIMUM_HOSTS || count > 800) {
    throw new RangeError(`hosts must be a whole number from ${MINIMUM_HOSTS} to 800, not ${count}`);
  }
  const hosts = [
    ...SERVERS.map(([name, role, zone, address, published = '']) =>
      host(name, role, zone, address, {
        published,
        agent: true,
        address6: zone === 'servers' ? inner6('10', Number.parseInt(address.slice(9), 16)) : '',
      }),
    ),
    ...DEVICES.map(([name, role, address]) => host(name, role, 'devices', address)),
  ];
  const people = count - hosts.length;
  const branch = Math.max(4, Math.round(people / 5));
  for (let index = 0; index < people; index++) hosts.push(workstation(index, people - branch));
  return hosts;
}

function workstation(index: number, atHeadOffice: number): Host {
  const department = DEPARTMENTS[index % DEPARTMENTS.length]!;
  const inBranch = index >= atHeadOffice;
  const number = inBranch ? index - atHeadOffice + 1 : Math.floor(index / DEPARTMENTS.length) + 1;
  const name = `${inBranch ? 'bra' : department.code}-ws${String(number).padStart(2, '0')}`;
  const subnet = inBranch ? '10.20.30' : `10.10.${department.subnet}`;
  const laptop = !inBranch && number % 4 === 0;
  const family = Math.floor(index / USERS.length);
  return host(name, inBranch ? 'branch' : department.code, inBranch ? 'branch' : 'users', `${subnet}.${10 + number}`, {
    otherAddress: laptop ? `10.10.${department.subnet + 100}.${10 + number}` : `${subnet}.${10 + number}`,
    address6: !inBranch && department.code === 'eng' ? inner6(String(department.subnet), 0x100 + number) : '',
    user: `${USERS[index % USERS.length]!}${family > 0 ? family + 1 : ''}`,
    defender: true,
  });
}

/** The IPv4 address a host has on the day of `time`: laptops now and then get another one from DHCP. */
export function addressAt(machine: Host, time: number): string {
  if (machine.otherAddress === machine.address) return machine.address;
  return hashText(`${machine.name} ${Math.floor(time / DAY)}`) % 6 === 0 ? machine.otherAddress : machine.address;
}
