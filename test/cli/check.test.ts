import { expect, it } from 'vitest';
import { folderWith, trawl } from './trawl.js';

const RANGES =
  'let Inner = dynamic(["10.0.0.0/8"]);\nCommonSecurityLog\n| where ipv4_is_match(SourceIP, Inner)\n| take 1\n';

it('exits with 3 for what Sentinel refuses, and prints the portable lines', async () => {
  const folder = folderWith({ 'ranges.kql': RANGES, 'fine.kql': 'print 1' });
  const text = await trawl(['check', 'ranges.kql', 'fine.kql'], { cwd: folder });
  expect(text.code).toBe(3);
  expect(text.stdout).toMatch(/relaxed-ip-list-match[\s\S]*--> ranges\.kql:3:9/);
  expect(text.stdout).toContain(
    '- | where ipv4_is_match(SourceIP, Inner)\n+ | where ipv4_is_in_any_range(SourceIP, Inner)\n',
  );
  expect(text.stdout).toContain('ok fine.kql');
});

it('exits with 0 when all is well, with 1 when a file cannot be read; json for programs', async () => {
  const folder = folderWith({ 'fine.kql': 'print 1', 'ranges.kql': RANGES });
  const [fine, missing, json] = await Promise.all([
    trawl(['check', 'fine.kql'], { cwd: folder }),
    trawl(['check', 'nowhere.kql'], { cwd: folder }),
    trawl(['check', 'ranges.kql', '--format', 'json'], { cwd: folder }),
  ]);
  expect([fine.code, missing.code, json.code]).toEqual([0, 1, 3]);
  const [file] = JSON.parse(json.stdout).files;
  expect(file).toMatchObject({
    file: 'ranges.kql',
    ok: false,
    findings: [{ code: 'relaxed-ip-list-match', line: 3, column: 9 }],
  });
  expect(file.rewrite).toContain('ipv4_is_in_any_range');
});

it('explain prints plan and SQL', async () => {
  const { code, stdout } = await trawl([
    'explain',
    'DnsEvents | where Name has "x" | summarize count() by ClientIP | top 3 by count_',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Plan\nlimit 3\n {2}sort count_ desc\n {4}aggregate count_ = count\(\) by ClientIP\n/);
  expect(stdout).toMatch(/SQL\nSELECT/);
});
