import { DAY, HOUR, isoTicks, MINUTE } from '../clock.js';
import type { Flow } from '../flow.js';
import { DOMAIN, guid, type Host } from '../hosts.js';
import { createRandom, hashText } from '../prng.js';
import type { Program } from '../processes.js';

const TENANT = guid('7ac2f1e07ac2f1e07ac2f1e07ac2f1e0');

const ACCOUNTS = {
  system: ['nt authority', 'system', 'S-1-5-18', 'System'],
  'network service': ['nt authority', 'network service', 'S-1-5-20', 'System'],
} as const;

const NOT_ASCII = /[^\x20-\x7e]/g;

/** The InitiatingProcess* columns: the same for all a process does, so built once a working day for each. */
function processColumns(host: Host, program: Program, day: number): string {
  const random = createRandom(day, `${host.name} ${program.file}`);
  const started =
    day * DAY + (program.account === 'user' ? 7 * 60 * MINUTE : 5 * 60 * MINUTE) + random.int(90 * MINUTE);
  const parentStarted = started - random.int(10 * MINUTE);
  const person = program.account === 'user';
  const [domain, name, sid, integrity] = person
    ? ['corp', host.user, host.sid, 'Medium']
    : ACCOUNTS[program.account as keyof typeof ACCOUNTS];
  return JSON.stringify({
    InitiatingProcessSHA1: program.sha1,
    InitiatingProcessSHA256: program.sha256,
    InitiatingProcessMD5: program.md5,
    InitiatingProcessFileName: program.file,
    InitiatingProcessFileSize: program.size,
    InitiatingProcessVersionInfoCompanyName: program.company,
    InitiatingProcessVersionInfoProductName: program.product,
    InitiatingProcessVersionInfoProductVersion: program.version,
    InitiatingProcessVersionInfoInternalFileName: program.file,
    InitiatingProcessVersionInfoOriginalFileName: program.file,
    InitiatingProcessVersionInfoFileDescription: program.description,
    InitiatingProcessId: 1000 + 4 * random.int(6000),
    InitiatingProcessCommandLine: program.command,
    InitiatingProcessCreationTime: isoTicks(started, random.int(10_000)),
    InitiatingProcessFolderPath: `${program.folder}\\${program.file}`.toLowerCase(),
    InitiatingProcessParentFileName: program.parent,
    InitiatingProcessParentId: 600 + 4 * random.int(600),
    InitiatingProcessParentCreationTime: isoTicks(parentStarted, random.int(10_000)),
    InitiatingProcessAccountDomain: domain,
    InitiatingProcessAccountName: name,
    InitiatingProcessAccountSid: sid,
    InitiatingProcessAccountUpn: person ? `${name}@${DOMAIN}` : null,
    InitiatingProcessAccountObjectId: null,
    InitiatingProcessIntegrityLevel: integrity,
    InitiatingProcessTokenElevation: person ? 'TokenElevationTypeLimited' : 'TokenElevationTypeDefault',
  })
    .slice(1, -1)
    .replace(NOT_ASCII, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|f[cd])/;
const RESERVED = /^(?:22[4-9]|23\d|169\.254|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|ff|fe[89ab])/;

/** Defender's type of an address. The ranges that stand in for the Internet count as public. */
const addressType = (address: string): string =>
  PRIVATE.test(address) ? 'Private' : RESERVED.test(address) ? 'Reserved' : 'Public';

/** Programs run from one morning to the next; by nine all have been started anew. */
const workingDay = (time: number): number => Math.floor((time - 9 * HOUR) / DAY);

/** Writes lines of Defender's streaming API; keeps the columns of the day's processes. */
export function createDefenderWriter(): (flow: Flow, sequence: number) => string {
  const columns = new Map<string, string>();
  let today = -1;
  return (flow, sequence) => {
    const host = flow.from!;
    const program = flow.program!;
    const day = workingDay(flow.time);
    if (day !== today) {
      columns.clear();
      today = day;
    }
    const key = `${host.name} ${program.file} ${program.command}`;
    let process = columns.get(key);
    if (process === undefined) {
      process = processColumns(host, program, day);
      columns.set(key, process);
    }
    const rest = (sequence * 7919) % 10_000;
    const arrived = flow.time + 20_000 + ((sequence * 104_729) % 70_000);
    const url = flow.domain === '' ? 'null' : `"${flow.domain}"`;
    const protocol = flow.protocol === 'tcp' ? 'Tcp' : flow.protocol === 'udp' ? 'Udp' : 'Icmp';
    return `{"Tenant":"DefaultTenant","category":"AdvancedHunting-DeviceNetworkEvents","operationName":"Publish","properties":{"Timestamp":"${isoTicks(flow.time, rest)}","DeviceId":"${host.deviceId}","DeviceName":"${host.fqdn}","ActionType":"${flow.outcome === 'allow' ? 'ConnectionSuccess' : 'ConnectionFailed'}","RemoteIP":"${flow.destination}","RemotePort":${flow.destinationPort},"RemoteUrl":${url},"LocalIP":"${flow.source}","LocalPort":${flow.sourcePort},"Protocol":"${protocol}","LocalIPType":"${addressType(flow.source)}","RemoteIPType":"${addressType(flow.destination)}",${process},"ReportId":${10_000 + (hashText(host.name) % 50_000) + sequence},"AppGuardContainerId":null,"AdditionalFields":null,"MachineGroup":"Workstations"},"tenantId":"${TENANT}","time":"${isoTicks(arrived, rest)}"}\n`;
  };
}
