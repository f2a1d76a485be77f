import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT, trawl } from './trawl.js';

const COMMANDS = ['hunt', 'query', 'ingest', 'tables', 'rejected', 'hunts', 'check', 'explain'];

/** What a command line loads: DuckDB's library shows in the process's report, the parser hangs itself on globalThis. */
function loadedBy(args: readonly string[]): { engine: boolean; parser: boolean; output: string } {
  const script = `
    import { writeSync } from 'node:fs';
    let output = '';
    process.stdout.write = (text, done) => { output += text; done?.(); return true; };
    const { main } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'dist/cli/main.js')).href)});
    await main(${JSON.stringify(args)});
    const engine = process.report.getReport().sharedObjects.some((path) => /duckdb/.test(path));
    writeSync(1, JSON.stringify({ engine, parser: 'Kusto' in globalThis, output }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

describe('help', () => {
  it('lists the commands and exit codes', async () => {
    const { code, stdout } = await trawl(['--help']);
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(stdout).toContain('130 interrupted');
  });

  it('comes with examples for each command, and needs neither engine nor parser', () => {
    for (const args of [['--version'], ['--help'], ...COMMANDS.map((name) => [name, '--help'])]) {
      const { engine, parser, output } = loadedBy(args);
      expect({ args, engine, parser }).toEqual({ args, engine: false, parser: false });
      if (args.length === 2) expect(output).toMatch(/Usage[\s\S]*Options[\s\S]*--help[\s\S]*Examples/);
    }
  });

  it('is pointed at when there is no command, or an unknown one', async () => {
    expect(await trawl([])).toMatchObject({ code: 2, stdout: '' });
    const unknown = await trawl(['hnut']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There is no command hnut');
  });
});
