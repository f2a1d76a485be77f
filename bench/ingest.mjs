// A process of its own, so that its peak memory is ingest's: node bench/ingest.mjs WORKSPACE LOGS → figures as JSON.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { connectors } from '../dist/connectors/index.js';
import { openEngine } from '../dist/engine/engine.js';
import { ingest } from '../dist/ingest/ingest.js';

const [workspace, logs] = process.argv.slice(2);
const engine = await openEngine({ path: workspace });
const sources = [];
for (const folder of readdirSync(logs)) {
  const path = join(logs, folder);
  const bytes = readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { events, rejected, files } = await ingest(engine.store, connectors, path);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  sources.push({
    folder,
    connector: files[0]?.connector,
    files: files.length,
    bytes,
    events,
    rejected,
    seconds,
    cpu: (user + system) / 1e6,
    peak,
  });
}
const started = performance.now();
await engine.store.close();
const size = statSync(join(workspace, 'workspace.duckdb')).size;
console.log(
  JSON.stringify({
    sources,
    closeSeconds: (performance.now() - started) / 1000,
    size,
    peak: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
