import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

/**
 * Rooms and the rooms each may import. `index.ts` is the package's entry, which puts the rooms together;
 * what only carries types (`import type`) from a connector's contract counts as any other import.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  util: [],
  kql: ['util', 'tables'],
  tables: ['util', 'kql'],
  demo: ['util'],
  engine: ['util', 'kql', 'tables'],
  ingest: ['util', 'kql', 'tables', 'engine'],
  connectors: ['util', 'kql', 'tables', 'engine', 'ingest'],
  config: ['util', 'kql'],
  intel: ['util', 'kql', 'tables', 'engine', 'ingest', 'connectors', 'config'],
  hunting: ['util', 'kql', 'tables', 'engine', 'config'],
  workspace: ['util', 'kql', 'tables', 'engine', 'ingest', 'intel', 'connectors', 'config', 'hunting'],
  index: ['util', 'kql', 'tables', 'engine', 'ingest', 'intel', 'connectors', 'config', 'hunting', 'workspace'],
  server: ['util', 'kql', 'tables', 'engine', 'ingest', 'intel', 'connectors', 'config', 'hunting', 'workspace'],
  cli: [
    'util',
    'kql',
    'tables',
    'engine',
    'ingest',
    'intel',
    'connectors',
    'config',
    'hunting',
    'index',
    'server',
    'demo',
  ],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => join(SRC, name));

const roomOf = (file: string): string => relative(SRC, file).split('/')[0]!.replace(/\.ts$/, '');

/** Files of ours that a file imports: all imports, or those that exist when it runs. */
function importsOf(file: string, runtimeOnly: boolean): string[] {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'(\.[^']+)'/gms)];
  return found
    .filter(([, type]) => !(runtimeOnly && type))
    .map(([, , path]) => resolve(dirname(file), path!.replace(/\.js$/, '.ts')));
}

it('imports run one way between rooms', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file, false)
      .filter((target) => target.endsWith('.ts') && roomOf(target) !== roomOf(file))
      .filter((target) => !MAY_IMPORT[roomOf(file)]?.includes(roomOf(target)))
      .map((target) => `${relative(SRC, file)} imports ${relative(SRC, target)}`),
  );
  expect(wrong).toEqual([]);
});

it('the language knows no engine', () => {
  const wrong = files
    .filter((file) => roomOf(file) === 'kql' && /from '@duckdb\//.test(readFileSync(file, 'utf8')))
    .map((file) => relative(SRC, file));
  expect(wrong).toEqual([]);
});

it('no circle of imports, between files of one room neither', () => {
  const edges = new Map(files.map((file) => [file, importsOf(file, true)]));
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(SRC, each)).join(' -> '));
      return;
    }
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});
