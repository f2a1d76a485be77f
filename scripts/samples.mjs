// Ingests every file of the sample folders and prints what it gave next to what the samples' README states:
//   node scripts/samples.mjs [samples folder] [folder…]      (needs a build; not part of npm test)
// Exits with 1 when a count differs.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = process.env.TRAWL_DIST ?? join(root, 'dist');
const { openStore } = await import(join(dist, 'engine/store/open.js'));
const { ingest } = await import(join(dist, 'ingest/ingest.js'));
const { connectors } = await import(join(dist, 'connectors/index.js'));

const samples = process.argv[2] ?? join(root, '../shared/samples');
const folders = process.argv.slice(3);
if (folders.length === 0)
  folders.push(
    'cef',
    'paloalto',
    'fortinet',
    'mde',
    'windows-dns',
    'zeek',
    'suricata',
    'vpcflow',
    'nsg-flow',
    'azure-firewall',
    'stix',
    'misp',
    'ti-feeds',
    'sentinel-tables',
    'cisco-asa',
    'checkpoint',
  );

/** `path → what the README's events column says`. */
const stated = new Map();
let folder = '';
for (const line of readFileSync(join(samples, 'README.md'), 'utf8').split('\n')) {
  folder = /^### (\S+)\//.exec(line)?.[1] ?? folder;
  const row = /^\| `([^`]+)` \| ([^|]+) \|/.exec(line);
  if (row && folder) stated.set(`${folder}/${row[1]}`, row[2].trim());
}
for (const [path, events] of stated)
  if (events === 'same') stated.set(path, stated.get(path.replace(/\.json$/, '.csv')));

/** The number of events in `76 objects / 12 indicators`, `1 event / 122 attributes`, `4 (13 lines)`: the last count, or the only one. */
function numberIn(text) {
  if (text === undefined) return undefined;
  const parts = text.replace(/\(.*\)/, '').split('/');
  return Number(/\d+/.exec(parts.at(-1))?.[0]);
}

const widths = [58, 14, 9, 9, 9];
const line = (cells) =>
  console.log(
    cells
      .map((cell, at) => String(cell).padEnd(widths[at] ?? 0))
      .join(' ')
      .trimEnd(),
  );
line(['file', 'connector', 'events', 'rejected', 'README', 'rows by table']);
let wrong = 0;
for (const name of folders) {
  const files = readdirSync(join(samples, name), { recursive: true }).map((file) => join(samples, name, file));
  for (const path of files.filter((file) => statSync(file).isFile()).sort()) {
    const store = await openStore();
    const report = await ingest(store, connectors, path);
    const [file] = report.files;
    const shown = relative(samples, path);
    const expected = numberIn(stated.get(shown));
    const rows = Object.values(report.byTable).reduce((sum, count) => sum + count, 0);
    // a record that is cut off counts as an event there, and is rejected here
    const right = [file.events, rows, file.events + file.rejected].includes(expected);
    if (!right) wrong++;
    const byTable = Object.entries(report.byTable)
      .map(([table, count]) => `${table} ${count}`)
      .join(', ');
    line([
      shown,
      file.connector || file.status,
      file.events,
      file.rejected,
      stated.get(shown) ?? '',
      `${byTable}${file.note ? ` [${file.note}]` : ''}${right ? '' : '  <-- differs'}`,
    ]);
    for (const [table, columns] of Object.entries(report.misfits ?? {}))
      line(['', '', '', '', '', `misfits in ${table}: ${JSON.stringify(columns)}`]);
    await store.close();
  }
}
console.log(wrong === 0 ? 'every count is as stated' : `${wrong} files differ`);
process.exitCode = wrong === 0 ? 0 : 1;
