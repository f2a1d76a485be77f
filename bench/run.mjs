// The project's measurements, side by side in one run: `npm run bench -- [--scale 25] [--rounds 3] [--fresh] [--end ISO-TIME] [--only ingest]`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateDemoNetwork } from '../dist/demo/index.js';
import { openEngine } from '../dist/engine/engine.js';
import { coldStart } from './cold-start.mjs';
import { csvTimes } from './csv.mjs';
import { huntTimes } from './hunt-times.mjs';
import { writeShortLines } from './short-lines.mjs';

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '25' },
    rounds: { type: 'string', default: '3' },
    fresh: { type: 'boolean', default: false },
    only: { type: 'string' },
    end: { type: 'string', default: '2026-06-12T15:00:00Z' },
  },
});
const scale = Number(values.scale);
const rounds = Number(values.rounds);
const here = fileURLToPath(new URL('.', import.meta.url));
const data = join(here, '.data', `scale-${scale}`);
const logs = join(data, 'logs');
const workspace = join(data, 'workspace');
const figures = join(data, 'ingest.json');
const fixed = (number, digits = 1) => (number === null ? 'n/a' : number.toFixed(digits));

if (values.fresh) rmSync(data, { recursive: true, force: true });
/** Ingests logs in a process of its own; returns what it measured. */
function ingestInto(workspace, logs) {
  rmSync(workspace, { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(here, 'ingest.mjs'), workspace, logs], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

console.log(
  `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), Node ${process.version}, load ${loadavg()[0].toFixed(1)} at the start; scale ${scale}, best of ${rounds}`,
);

if (!existsSync(join(data, 'generated'))) {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  const started = performance.now();
  const { events } = await generateDemoNetwork(logs, {
    seed: 1,
    days: 14,
    hosts: 60,
    scale,
    end: Date.parse(values.end),
  });
  writeFileSync(join(data, 'generated'), String(events));
  console.log(`generated ${events} events in ${fixed((performance.now() - started) / 1000)} s`);
}
if (!existsSync(figures)) {
  const ingested = ingestInto(workspace, logs);
  const shortLogs = join(data, 'short');
  await writeShortLines(join(shortLogs, 'short lines'), Math.round(40_000 * scale));
  const short = ingestInto(join(data, 'short-workspace'), shortLogs);
  const scratch = join(data, 'csv.duckdb');
  const csv = { ...(await csvTimes(logs, scratch)), ...(await csvTimes(shortLogs, scratch)) };
  writeFileSync(figures, JSON.stringify({ ...ingested, short: short.sources[0], csv, load: loadavg()[0] }));
}
const { sources, short, csv, size, peak, closeSeconds, load } = JSON.parse(readFileSync(figures, 'utf8'));
console.log(`\nIngest into a workspace on disk (load ${load.toFixed(1)} at its end; --fresh measures again)`);
console.table(
  [...sources, short].map(({ folder, connector, events, rejected, bytes, seconds, cpu, peak }) => ({
    connector: folder === short.folder ? `${connector}, ${folder}` : connector,
    events,
    rejected,
    MB: fixed(bytes / 1e6),
    'events/s': Math.round(events / seconds),
    'MB/s': fixed(bytes / 1e6 / seconds),
    'CPU µs/event': fixed((cpu * 1e6) / events),
    'CSV reader MB/s': csv[folder].seconds === null ? csv[folder].reason : fixed(bytes / 1e6 / csv[folder].seconds),
    'peak MB so far': peak,
  })),
);
const events = sources.reduce((sum, source) => sum + source.events, 0);
const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
console.log(
  `${events} events; ${fixed(size / events)} bytes stored an event against ${fixed(bytes / events)} in the logs; peak memory ${peak} MB; closing took ${fixed(closeSeconds)} s`,
);

if (values.only === 'ingest') process.exit();
const engine = await openEngine({ path: workspace });
const { asOf, results } = await huntTimes(engine, rounds);
await engine.store.close();
console.log(`\nHunts as of ${asOf}, milliseconds`);
console.table(
  results.map(({ hunt, rows, kql, hand, naive, compile, equal }) => ({
    hunt,
    rows,
    equal,
    KQL: fixed(kql),
    'by hand': fixed(hand),
    naive: fixed(naive),
    'KQL / by hand (≤ 1.2)': fixed(kql / hand, 2),
    'naive / KQL (≥ 10)': fixed(naive / kql, 1),
    'compiling KQL': fixed(compile),
  })),
);
console.log(
  `cold start of trawl query 'print 1': ${fixed(coldStart(join(here, '..', 'bin', 'trawl.js'), data, 5), 0)} ms`,
);
for (const { hunt, equal } of results) if (!equal) console.error(`${hunt}: the three ways give different results`);
process.exitCode = results.every(({ equal }) => equal) ? 0 : 1;
