// Writes the reference pages that are made from the code: docs/reference/functions.md and operators.md.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { functionsPage, operatorsPage } from '../dist/kql/reference.js';

const page = (name) => fileURLToPath(new URL(`../docs/reference/${name}`, import.meta.url));
writeFileSync(page('functions.md'), functionsPage());
writeFileSync(page('operators.md'), operatorsPage());
