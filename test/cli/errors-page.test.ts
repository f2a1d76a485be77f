import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/util/error-codes.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [errors, warnings] = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8').split('## Warnings');

/** Rows of a Markdown table: code, when, what to do. */
const rowsOf = (page: string): string[][] =>
  [...page.matchAll(/^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$/gm)].map(([, ...cells]) => cells);

test('the page lists every error code in its order, with the help that the command line gives', () => {
  const listed = rowsOf(errors!).map(([code, , help]) => [code, help]);
  expect(listed).toEqual(Object.entries(ERROR_CODES).map(([code, { help }]) => [code, help]));
});

test('every code that the sources name is on the page', () => {
  const known = new Set(rowsOf(`${errors}${warnings}`).map(([code]) => code));
  const used = sources('src').flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(/(?:TrawlError\(\s*|^\s*(?:readonly )?code: )'([a-z]+(?:-[a-z]+)+)'/gm),
    ].map(([, code]) => code!),
  );
  expect(used.length).toBeGreaterThan(20);
  expect([...new Set(used)].filter((code) => !known.has(code))).toEqual([]);
});

test('every warning on the page is given somewhere', () => {
  const all = sources('src')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  for (const [code] of rowsOf(warnings!)) expect(all).toContain(`'${code}'`);
});

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => join(root, folder, name));
