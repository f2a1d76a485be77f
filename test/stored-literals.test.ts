import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkspace } from '../src/index.js';

/** `Type` of a known table is stored nowhere: each row's is the table's own name. */
it('Type reads as the name of the table', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trawl-'));
  const file = join(folder, 'fw.log');
  writeFileSync(
    file,
    'CEF:0|Example|Firewall|1|100|traffic|3|rt=1767225600000 src=10.0.0.1 dst=203.0.113.7 act=deny\n',
  );
  const workspace = await openWorkspace();
  await workspace.ingest(file);
  const { tables } = await workspace.query('CommonSecurityLog | project Type, SourceIP');
  expect(tables[0]!.rows).toEqual([['CommonSecurityLog', '10.0.0.1']]);
  await workspace.close();
  rmSync(folder, { recursive: true });
});
