import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { functionsPage, operatorsPage } from '../src/kql/reference.js';

/** The pages are made from the code; when this fails, run `npm run docs`. */
it.each([
  ['functions.md', functionsPage],
  ['operators.md', operatorsPage],
])('docs/reference/%s says what the code does', (name, made) => {
  const page = readFileSync(new URL(`../docs/reference/${name}`, import.meta.url), 'utf8');
  expect(page === made(), 'run `npm run docs`').toBe(true);
});
