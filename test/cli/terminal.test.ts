import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { BIN, trawl } from './trawl.js';

const WIDE = `range i from 1 to 30 step 1 | project i, address = "203.0.113.77", url = strcat("https://example.test/", strrep("path/", 30)), ["時刻"] = "日本語テキスト", at = datetime(2026-01-31 10:00)`;

describe('width', () => {
  it.each([60, 100, 160])('a table fits %i columns', async (columns) => {
    const { stdout } = await trawl(['query', WIDE], { env: { COLUMNS: String(columns) } });
    const { default: stringWidth } = await import('string-width');
    const widths = stdout.split('\n').map((line) => stringWidth(line));
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    expect(stdout).toContain('203.0.113.77');
  });
});

describe('colours', () => {
  it('only when asked for off a terminal; NO_COLOR wins', async () => {
    const [plain, forced, refused] = await Promise.all([
      trawl(['query', 'print 1']),
      trawl(['query', 'print 1'], { env: { FORCE_COLOR: '1' } }),
      trawl(['query', 'print 1'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ]);
    expect(plain.stdout).not.toContain('\u001b');
    expect(forced.stdout).toContain('\u001b[1m');
    expect(refused.stdout).not.toContain('\u001b');
  });

  const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
  it.skipIf(!hasTerminal)('on a terminal, unless NO_COLOR or TERM=dumb', () => {
    const typed = (env: Record<string, string>): string =>
      execFileSync('script', ['-qec', `'${process.execPath}' '${BIN}' --help`, '/dev/null'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH!, TERM: 'xterm', ...env },
      });
    expect(typed({})).toContain('\u001b[1m');
    expect(typed({ NO_COLOR: '1' })).not.toContain('\u001b');
    expect(typed({ TERM: 'dumb' })).not.toContain('\u001b');
  });
});
