import { expect, test } from 'vitest';
import { findHunt, loadLibrary, lookUpHunt } from '../../src/hunting/library.js';
import { directoryWith, errorOf, huntYaml } from './support.js';

test('a hunt of the workspace with the name of a shipped one takes its place and number', () => {
  const library = loadLibrary(
    directoryWith({
      'hunts/large-outbound-transfers.yaml': huntYaml('print 1'),
      'hunts/quick.kql': '// What is quick\nlet a = 1;\nprint a',
    }),
  );
  expect(library).toHaveLength(6);
  expect(library[2]).toMatchObject({ id: 'large-outbound-transfers', name: 'Odd logons' });
  expect(lookUpHunt(library, '6')).toMatchObject({ id: 'quick', guid: '', name: 'What is quick' });
});

test('an unknown hunt is answered with the hunts and their numbers', async () => {
  const error = await errorOf(() => findHunt(loadLibrary(), 'nope'));
  expect(error.code).toBe('unknown-hunt');
  expect(error.message).toMatch(/^There is no hunt nope. Hunts: 1 denied-outbound-to-threat-intel, 2 /);
});
