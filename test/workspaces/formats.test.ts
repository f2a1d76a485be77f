import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FORMAT_VERSION } from '../../src/engine/store/bookkeeping.js';
import { openStore } from '../../src/engine/store/open.js';
import { openWorkspace } from '../../src/index.js';

// each file was written by the Trawl that wrote that format, from the samples of connector cef
const FORMATS = [1, 2, 3, 4];

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'trawl-format-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const KQL = 'CommonSecurityLog | summarize count(), min(TimeGenerated), max(TimeGenerated), dcount(SourceIP)';
const ANSWER = [[6, '2024-06-14T08:15:00.0000000Z', '2024-06-14T08:15:05.0000000Z', 6]];

async function formatOf(): Promise<unknown> {
  const store = await openStore({ path, readOnly: true });
  const connection = await store.connect();
  const found = await connection.runAndReadAll("SELECT value FROM trawl.meta WHERE key = 'format'");
  await store.close();
  return Number(found.getRows()[0]![0]);
}

test('every format but the present one has its file here', () => {
  expect(FORMATS.at(-1)).toBe(FORMAT_VERSION - 1);
});

test.each(FORMATS)('a workspace of format %i reads, opens, takes more and moves to the archive', async (format) => {
  mkdirSync(path, { recursive: true });
  const packed = readFileSync(join(import.meta.dirname, `format-${format}.duckdb.gz`));
  writeFileSync(join(path, 'workspace.duckdb'), gunzipSync(packed));
  let workspace = await openWorkspace({ path, readOnly: true });
  expect((await workspace.query(KQL)).tables[0]!.rows).toEqual(ANSWER);
  await workspace.close();
  expect(await formatOf()).toBe(format);

  workspace = await openWorkspace({ path });
  expect((await workspace.query(KQL)).tables[0]!.rows).toEqual(ANSWER);
  const samples = join(import.meta.dirname, '../../src/connectors/cef/samples/firewalls.log');
  // known already, by what that Trawl recorded of its files
  expect((await workspace.ingest(samples)).events).toBe(0);
  const done = await workspace.maintain({ policy: { tables: {}, archiveAfter: 7 } });
  // one of the six has no time
  expect(done.archived).toMatchObject([{ table: 'CommonSecurityLog', rows: 5 }]);
  expect((await workspace.query(KQL)).tables[0]!.rows).toEqual(ANSWER);
  await workspace.close();
  expect(await formatOf()).toBe(FORMAT_VERSION);
});
