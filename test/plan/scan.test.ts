import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../../src/engine/engine.js';
import { explainQuery } from '../../src/engine/query.js';
import { openWorkspace } from '../../src/index.js';
import type { Rel } from '../../src/kql/plan/nodes.js';
import { walk } from '../../src/kql/plan/walk.js';

/** What a query reads of its tables: the columns it uses and no others, and a filter on time reaches the scan, whatever stands between. */
const folder = mkdtempSync(join(tmpdir(), 'trawl-plan-'));
let engine: Engine;

beforeAll(async () => {
  const others = Object.fromEntries(Array.from({ length: 97 }, (_, i) => [`Column${i}`, `value ${i}`]));
  const event = (hour: number): string =>
    JSON.stringify({
      TimeGenerated: `2026-01-01T${String(hour).padStart(2, '0')}:00:00Z`,
      Host: 'h',
      Port: 443,
      ...others,
    });
  const file = join(folder, 'wide.ndjson');
  writeFileSync(file, `${Array.from({ length: 24 }, (_, hour) => event(hour)).join('\n')}\n`);
  const workspace = await openWorkspace({ path: join(folder, 'ws') });
  for (const name of ['Wide_CL', 'Other_CL']) {
    await workspace.createTable(name, {
      TimeGenerated: 'datetime',
      Host: 'string',
      Port: 'long',
      ...Object.fromEntries(Object.keys(others).map((column) => [column, 'string' as const])),
    });
    await workspace.ingest(file, { table: name });
  }
  await workspace.close();
  engine = await openEngine({ path: join(folder, 'ws'), readOnly: true });
});
afterAll(async () => {
  await engine.store.close();
  rmSync(folder, { recursive: true });
});

const planOf = async (kql: string): Promise<{ rel: Rel; sql: string }> =>
  (await explainQuery(engine, kql, { asOf: '2026-01-02T00:00:00Z' })).results[0]!;

/** The columns that each scan of the plan reads. */
async function columnsRead(kql: string): Promise<string[]> {
  const read: string[] = [];
  walk((await planOf(kql)).rel, {
    rel: (node) => {
      if (node.kind === 'scan') read.push(`${node.table}: ${node.columns.map((of) => of.name).join(' ')}`);
    },
  });
  return read.sort();
}

describe('columns', () => {
  it.each([
    ['Wide_CL | where Port == 443 | count', ['Wide_CL: Port']],
    ['Wide_CL | project Host, Port', ['Wide_CL: Host Port']],
    ['Wide_CL | summarize count() by Column50', ['Wide_CL: Column50']],
    ['Wide_CL | extend x = strcat(Host, Column3) | where x has "h" | project x', ['Wide_CL: Host Column3']],
    ['Wide_CL | sort by TimeGenerated desc | take 5 | project Host', ['Wide_CL: TimeGenerated Host']],
    ['Wide_CL | top 3 by Port | project Column1', ['Wide_CL: Port Column1']],
    [
      'Wide_CL | join kind=inner Other_CL on Host | project Port, Column2',
      ['Other_CL: Host', 'Wide_CL: Host Port Column2'],
    ],
    [
      'union Wide_CL, Other_CL | where Column9 == "x" | project Host',
      ['Other_CL: Host Column9', 'Wide_CL: Host Column9'],
    ],
    ['union withsource=T Wide_CL, Other_CL | summarize count() by T', ['Other_CL: ', 'Wide_CL: ']],
    [
      'Wide_CL | summarize arg_max(TimeGenerated, *) by Host | project Host, Column7',
      ['Wide_CL: TimeGenerated Host Column7'],
    ],
    ['Wide_CL | serialize p = prev(Port) | project p', ['Wide_CL: Port']],
    ['Wide_CL | project-away Column* | where Host != "" | project Port', ['Wide_CL: Host Port']],
    ['let f = (T:(Host:string)) { T | summarize dcount(Host) }; Wide_CL | invoke f()', ['Wide_CL: Host']],
    ['Wide_CL | mv-expand part = split(Column1, " ") | project part, Host', ['Wide_CL: Host Column1']],
    [
      'Wide_CL | where Host in ((Other_CL | distinct Column4)) | project Port',
      ['Other_CL: Column4', 'Wide_CL: Host Port'],
    ],
    ['Wide_CL | parse Column1 with "value " n:long | where n > 0 | count', ['Wide_CL: Column1']],
    ['Wide_CL | make-series count() on TimeGenerated from ago(1d) to now() step 1h', ['Wide_CL: TimeGenerated']],
    [
      'Wide_CL | distinct Host | lookup Other_CL on Host | project Column5',
      ['Other_CL: Host Column5', 'Wide_CL: Host'],
    ],
  ])('%s', async (kql, read) => {
    expect(await columnsRead(kql)).toEqual(read);
  });

  it('the SQL names no other column', async () => {
    const { sql } = await planOf('Wide_CL | where Port > 1 | summarize count() by Host');
    expect(sql).not.toMatch(/Column\d/);
  });
});

/** DuckDB's own plan of the SQL: the filters of each scan of a table. */
async function scanFilters(kql: string): Promise<string[]> {
  const { sql } = await planOf(kql);
  const connection = await engine.store.connect();
  const found: string[] = [];
  const reader = await engine.sessions.use((session) => session.runAndReadAll(`EXPLAIN (FORMAT JSON) ${sql}`));
  connection.closeSync();
  const visit = (node: { name: string; extra_info: Record<string, unknown>; children: never[] }): void => {
    if (/SCAN/.test(node.name) && /Wide_CL|Other_CL/.test(JSON.stringify(node.extra_info.Table ?? ''))) {
      found.push(JSON.stringify(node.extra_info.Filters ?? 'none'));
    }
    node.children.forEach(visit);
  };
  for (const root of JSON.parse(String(reader.getRows()[0]!.at(-1)))) visit(root);
  return found;
}

describe('a filter on time reaches every scan', () => {
  it.each([
    ['Wide_CL | where TimeGenerated > ago(2h) | count', 1],
    ['let T = Wide_CL; T | where TimeGenerated > ago(2h) | summarize count() by Host', 1],
    [
      'let T = Wide_CL | extend x = strcat(Host, "x") | project TimeGenerated, x; T | where TimeGenerated > ago(2h) | summarize count() by x',
      1,
    ],
    ['let f = (d:timespan) { Wide_CL | where TimeGenerated > ago(d) }; f(2h) | count', 1],
    ['let f = (T:(TimeGenerated:datetime)) { T | where TimeGenerated > ago(2h) }; f(Wide_CL) | count', 1],
    ['let V = view () { Wide_CL | project TimeGenerated, Host }; V | where TimeGenerated > ago(2h) | count', 1],
    ['union Wide_CL, Other_CL | where TimeGenerated > ago(2h) | count', 2],
    [
      'union withsource=T Wide_CL, (Other_CL | extend y = 1) | where TimeGenerated between (ago(3h) .. ago(1h)) | summarize count() by T',
      2,
    ],
    ['let A = Wide_CL | project-rename Time = TimeGenerated; A | where Time > ago(2h) | count', 1],
    ['Wide_CL | summarize n = count() by Host, TimeGenerated | where TimeGenerated > ago(2h)', 1],
    ['search in (Wide_CL, Other_CL) "value" | where TimeGenerated > ago(2h) | count', 2],
    ['let start = ago(2h); let stop = now(); Wide_CL | where TimeGenerated between (start .. stop) | count', 1],
    ['declare query_parameters(since:timespan = 2h); Wide_CL | where TimeGenerated > ago(since) | count', 1],
  ])('%s', async (kql, scans) => {
    const filters = await scanFilters(kql);
    expect(filters).toHaveLength(scans);
    for (const filter of filters) expect(filter).toMatch(/TimeGenerated/);
  });
});

it('a let that is read twice is not computed apart, a materialized one is', async () => {
  expect((await planOf('let T = Wide_CL | where Port > 1; T | join kind=inner T on Host | count')).sql).not.toMatch(
    /WITH|MATERIALIZED/,
  );
  expect(
    (await planOf('let T = materialize(Wide_CL | where Port > 1); T | join kind=inner T on Host | count')).sql,
  ).toMatch(/AS MATERIALIZED/);
});
