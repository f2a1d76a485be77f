import { expect, it } from 'vitest';
import { folderWith, trawl } from './trawl.js';

it('lists the saved functions with their mistakes, shows one, and queries call them', async () => {
  const folder = folderWith({
    'list.csv': 'a\n1\n',
    '.trawl/functions/Twice.kql': 'let Twice = (x:long) { x * 2 };\n',
    '.trawl/functions/Wrong.kql': 'print x = 1\n| where y > 1\n',
  });
  const run = (...args: string[]) => trawl(args, { cwd: folder });
  await run('watchlist', 'import', 'list.csv');
  const [listed, shown, unknown, called, wrong] = await Promise.all([
    run('functions', '--format', 'csv'),
    run('functions', 'Twice'),
    run('functions', 'twise'),
    run('query', 'print Twice(21)', '--format', 'csv'),
    run('query', 'Wrong | count'),
  ]);
  const mistake =
    "functions/Wrong.kql:2:9: The name 'y' does not refer to any known column, table, variable or function. (KS142)";
  expect([listed.code, listed.stdout.replaceAll('\r', '')]).toEqual([
    3,
    `name,parameters,file,mistake\nTwice,(x:long),functions/Twice.kql,\nWrong,(),functions/Wrong.kql,"${mistake}"\n`,
  ]);
  expect(shown.stdout).toBe('let Twice = (x:long) { x * 2 };\n');
  expect(unknown.stderr).toContain('No function twise is saved in the workspace; did you mean Twice?');
  expect(called.stdout).toContain('42');
  expect([wrong.code, wrong.stderr.split('\n')[0]]).toEqual([
    1,
    `error function-invalid: A saved function is wrong: ${mistake}`,
  ]);
});
