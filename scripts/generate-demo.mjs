#!/usr/bin/env node
// Writes the demo network's logs. Needs a build (`npm run build`).
import { parseArgs } from 'node:util';
import { generateDemoNetwork } from '../dist/demo/index.js';

const USAGE = `node scripts/generate-demo.mjs FOLDER [--seed 1] [--days 14] [--scale 1] [--hosts 60] [--end 2026-06-12T15:00:00Z]
Writes the logs of a made-up office network into FOLDER and prints what is planted there. Without --end they end now.`;

const fail = (message) => {
  console.error(`${message}\n\n${USAGE}`);
  process.exit(2);
};

const { values, positionals } = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string', default: '1' },
        days: { type: 'string', default: '14' },
        scale: { type: 'string', default: '1' },
        hosts: { type: 'string', default: '60' },
        end: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return fail(error.message);
  }
})();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [folder] = positionals;
if (!folder || positionals.length > 1) fail('Give one folder.');
const end = values.end === undefined ? Date.now() : Date.parse(values.end);
const started = performance.now();
try {
  const network = await generateDemoNetwork(folder, {
    seed: Number(values.seed),
    days: Number(values.days),
    scale: Number(values.scale),
    hosts: Number(values.hosts),
    end,
  });
  const seconds = (performance.now() - started) / 1000;
  const bytes = network.files.reduce((sum, file) => sum + file.bytes, 0);
  console.table(network.files);
  console.table(
    network.planted.map(({ story, also, first, last, ...row }) => ({
      ...row,
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
    })),
  );
  console.log(
    `${network.events} events, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(2)} s: ${Math.round(network.events / seconds)} events/s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB peak memory`,
  );
} catch (error) {
  if (error instanceof RangeError) fail(error.message);
  throw error;
}
