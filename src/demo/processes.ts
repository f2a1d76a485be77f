import { createRandom } from './prng.js';

/** A program on a workstation as Defender describes the process that opened a connection. */
export interface Program {
  readonly file: string;
  readonly folder: string;
  readonly command: string;
  readonly parent: string;
  readonly company: string;
  readonly product: string;
  readonly description: string;
  readonly version: string;
  /** `user` is the person at the machine, the others are Windows' own accounts. */
  readonly account: 'user' | 'system' | 'network service';
  readonly size: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

function program(
  file: string,
  folder: string,
  command: string,
  parent: string,
  product: string,
  version: string,
  account: Program['account'] = 'user',
  company = 'Microsoft Corporation',
): Program {
  const random = createRandom(0, `${file} ${version}`);
  return {
    file,
    folder,
    command,
    parent,
    company,
    product,
    description: product,
    version,
    account,
    size: 40_000 + random.int(4_000_000),
    md5: random.hex(32),
    sha1: random.hex(40),
    sha256: random.hex(64),
  };
}

const WINDOWS = 'Microsoft® Windows® Operating System';
const SYSTEM32 = 'C:\\Windows\\System32';
const WINDOWS_VERSION = '10.0.26100.4061';

/** Base64 of UTF-16LE text, as PowerShell takes an encoded command. The script is a label and does nothing. */
const ENCODED = Buffer.from('"demo: a planted reverse shell, no code here"', 'utf16le').toString('base64');

/** The programs of its workstations. */
export const PROGRAMS = {
  edge: program(
    'msedge.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
    '"msedge.exe" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US',
    'msedge.exe',
    'Microsoft Edge',
    '138.0.3351.83',
  ),
  chrome: program(
    'chrome.exe',
    'C:\\Program Files\\Google\\Chrome\\Application',
    '"chrome.exe" --type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US',
    'chrome.exe',
    'Google Chrome',
    '138.0.7204.97',
    'user',
    'Google LLC',
  ),
  outlook: program(
    'OUTLOOK.EXE',
    'C:\\Program Files\\Microsoft Office\\root\\Office16',
    '"OUTLOOK.EXE"',
    'explorer.exe',
    'Microsoft Outlook',
    '16.0.18925.20158',
  ),
  teams: program(
    'ms-teams.exe',
    'C:\\Program Files\\WindowsApps\\MSTeams',
    '"ms-teams.exe" msteams:system-initiated',
    'explorer.exe',
    'Microsoft Teams',
    '25163.3611.3774.6315',
  ),
  onedrive: program(
    'OneDrive.exe',
    'C:\\Program Files\\Microsoft OneDrive',
    '"OneDrive.exe" /background',
    'explorer.exe',
    'Microsoft OneDrive',
    '25.105.0601.0002',
  ),
  code: program(
    'Code.exe',
    'C:\\Program Files\\Microsoft VS Code',
    '"Code.exe" --type=utility',
    'explorer.exe',
    'Visual Studio Code',
    '1.102.0',
  ),
  ssh: program(
    'ssh.exe',
    `${SYSTEM32}\\OpenSSH`,
    'ssh -p 2222 home.lukas-garden.example',
    'WindowsTerminal.exe',
    'OpenSSH for Windows',
    '9.5.4.1',
  ),
  player: program(
    'foobar2000.exe',
    'C:\\Program Files\\foobar2000',
    '"foobar2000.exe"',
    'explorer.exe',
    'foobar2000',
    '2.24.6',
    'user',
    'Piotr Pawlowski',
  ),
  badge: program(
    'BadgeSync.exe',
    'C:\\Program Files\\Portico Access\\Sync',
    '"BadgeSync.exe" --service',
    'services.exe',
    'Portico Badge Sync',
    '4.2.0.118',
    'system',
    'Portico Access Systems',
  ),
  svchost: program(
    'svchost.exe',
    SYSTEM32,
    'svchost.exe -k netsvcs -p',
    'services.exe',
    WINDOWS,
    WINDOWS_VERSION,
    'system',
  ),
  discovery: program(
    'svchost.exe',
    SYSTEM32,
    'svchost.exe -k LocalServiceAndNoImpersonation -p -s SSDPSRV',
    'services.exe',
    WINDOWS,
    WINDOWS_VERSION,
    'network service',
  ),
  lsass: program('lsass.exe', SYSTEM32, 'lsass.exe', 'wininit.exe', WINDOWS, WINDOWS_VERSION, 'system'),
  kernel: program('ntoskrnl.exe', SYSTEM32, '', '', WINDOWS, WINDOWS_VERSION, 'system'),
  spooler: program('spoolsv.exe', SYSTEM32, 'spoolsv.exe', 'services.exe', WINDOWS, WINDOWS_VERSION, 'system'),
  erp: program(
    'LedgerClient.exe',
    'C:\\Program Files\\Ledger\\Client',
    '"LedgerClient.exe" /db:db01',
    'explorer.exe',
    'Ledger Client',
    '7.14.2',
    'user',
    'Ledger Works',
  ),
  powershell: program(
    'powershell.exe',
    `${SYSTEM32}\\WindowsPowerShell\\v1.0`,
    `powershell.exe -NoProfile -WindowStyle Hidden -EncodedCommand ${ENCODED}`,
    'WINWORD.EXE',
    WINDOWS,
    WINDOWS_VERSION,
  ),
  rundll: program(
    'rundll32.exe',
    SYSTEM32,
    'rundll32.exe C:\\ProgramData\\Audio\\hdaudio.dll,Start',
    'explorer.exe',
    WINDOWS,
    WINDOWS_VERSION,
  ),
} as const;
