// A running server under load: `npm run bench:live -- [--scheme tcp] [--rate 100000] [--seconds 60] [--width short|wide] [--scale 25] [--hunt-every 30]`.
// Over a copy of the workspace that `npm run bench` made; the sender is a process on the same machine.
import { fork, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NO_CONFIG } from '../dist/config/config.js';
import { remoteWorkspace } from '../dist/server/client/remote-workspace.js';
import { askStatus } from '../dist/server/client/status.js';
import { registered } from '../dist/server/registration.js';

const { values } = parseArgs({
  options: {
    scheme: { type: 'string', default: 'tcp' },
    rate: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '60' },
    width: { type: 'string', default: 'short' },
    scale: { type: 'string', default: '25' },
    'hunt-every': { type: 'string', default: '30' },
    threads: { type: 'string' },
    end: { type: 'string', default: '2026-06-12T15:00:00Z' },
  },
});
const here = fileURLToPath(new URL('.', import.meta.url));
const prepared = join(here, '.data', `scale-${values.scale}`, 'workspace');
const path = mkdtempSync(join(here, '.data', 'live-'));
let server;
process.on('exit', () => {
  server?.kill('SIGKILL');
  rmSync(path, { recursive: true, force: true });
});
if (existsSync(prepared)) cpSync(prepared, path, { recursive: true });
else console.log(`no ${prepared}: an empty workspace (npm run bench makes one)`);
writeFileSync(join(path, 'trawl.yaml'), 'serve: {syslog: {udp: 0, tcp: 0, tls: false}, http: 0}\n');

server = spawn(
  process.execPath,
  [
    join(here, '..', 'bin', 'trawl.js'),
    'serve',
    '--workspace',
    path,
    ...(values.threads ? ['--threads', values.threads] : []),
  ],
  {
    stdio: ['ignore', 'ignore', 'pipe'],
  },
);
let said = '';
await new Promise((resolve, reject) => {
  server.stderr.on('data', (chunk) => {
    said += chunk;
    if (said.includes('Ctrl-C ends.')) resolve();
  });
  server.on('close', () => reject(new Error(said)));
});
const registration = registered(path);
const workspace = await remoteWorkspace(path, registration, NO_CONFIG);
const port = new RegExp(`${values.scheme}://[^ ]*:(\\d+)`).exec(said)[1];
const rowsBefore = (await askStatus(registration)).tables.reduce((sum, { rows }) => sum + rows, 0);
const total = Number(values.rate) * Number(values.seconds);
console.log(
  `${availableParallelism()} cores, Node ${process.version}, load ${loadavg()[0].toFixed(1)} at the start; ${rowsBefore.toLocaleString('en')} rows before; ` +
    `${values.scheme}, ${values.width} lines, ${Number(values.rate).toLocaleString('en')} a second for ${values.seconds} s`,
);

/** What was sent, by its number: the time of each fiftieth of a second. */
const sent = [];
const sender = fork(join(here, 'live-sender.mjs'), [values.scheme, port, String(total), values.rate, values.width]);
let finished;
sender.on('message', (message) => {
  sent.push(message);
  if (message.done) finished = message;
});

const seen =
  'CommonSecurityLog | where DeviceCustomNumber1 > 1000000000 | summarize n = count(), newest = max(DeviceCustomNumber1)';
const delays = [];
const hunts = [];
let resident = 0;
let visible = { n: 0, last: 0 };
let hunting;
let nextHunt = performance.now() + Number(values['hunt-every']) * 1000;
const until = performance.now() + Number(values.seconds) * 1000 + 60_000;
while (performance.now() < until && !(finished && visible.n >= total)) {
  // from where on the last look saw nothing: only recent rows are asked for
  const { tables } = await workspace.query(seen);
  const now = Date.now();
  const [n, last] = tables[0].rows[0];
  visible = { n, last: Number(last ?? 0) };
  // the oldest that is sent and not there yet is as old as this
  while (sent.length > 0 && sent[0].number <= visible.last) sent.shift();
  if (sent.length > 0) delays.push(now - sent[0].at);
  resident = Math.max(resident, (await askStatus(registration)).memory.resident);
  if (!finished && !hunting && performance.now() > nextHunt) {
    nextHunt += Number(values['hunt-every']) * 1000;
    hunting = (async () => {
      const started = performance.now();
      for (const hunt of workspace.hunts()) await workspace.hunt(hunt, { asOf: values.end });
      hunts.push(performance.now() - started);
      hunting = undefined;
    })();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
await hunting;
const status = await askStatus(registration);
const [udp] = status.listeners.filter(({ url }) => url.startsWith('udp'));
delays.sort((a, b) => a - b);
const rank = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0;
const lines = [
  ['events sent', total.toLocaleString('en')],
  ['events there', visible.n.toLocaleString('en')],
  ['sent a second', Math.round(finished?.perSecond ?? 0).toLocaleString('en')],
  ['bytes a message', String(finished?.bytes ?? 0)],
  ['socket to query, p50 / p99 / most', `${rank(0.5)} / ${rank(0.99)} / ${rank(1)} ms`],
  ['dropped by the kernel', String(udp?.kernelDrops ?? 0)],
  ['resident memory, most', `${Math.round(resident / 1_048_576)} MiB`],
  ['five hunts, each time', hunts.map((ms) => `${Math.round(ms)} ms`).join(', ') || 'none'],
];
for (const [what, value] of lines) console.log(`${what.padEnd(36)}${value}`);
const ended = new Promise((resolve) => server.on('close', resolve));
const stopping = performance.now();
server.kill('SIGTERM');
const code = await ended;
console.log(`${'end by SIGTERM'.padEnd(36)}${Math.round(performance.now() - stopping)} ms, exit code ${code}`);
process.exit(visible.n === total ? 0 : 1);
