import { expect, it } from 'vitest';
import { reducePatterns } from './reduce.js';

const of = (texts: readonly string[], threshold = 0.1, separators?: string): string[] =>
  reducePatterns(
    texts,
    texts.map(() => 1),
    threshold,
    separators,
  );

it('keeps what many texts have at the same place', () => {
  const lines = [
    'user ann logged in from 10.0.0.1',
    'user bob logged in from 10.0.0.2',
    'disk sda is full',
    'disk sdb is full',
    'hello',
  ];
  expect(of(lines, 0.3)).toEqual([
    'user * logged in from *',
    'user * logged in from *',
    'disk * is full',
    'disk * is full',
    'others',
  ]);
});
it('weighs texts by how often they occur', () => {
  expect(reducePatterns(['a x', 'b x', 'c y'], [5, 1, 4], 0.5)).toEqual(
    ['a x', '* x', 'others'].map((p, i) => (i === 1 ? 'others' : p)),
  );
});
it('takes the separators it is given', () => {
  const texts = Array.from({ length: 10 }, (_, i) => `fooZ${i + 1}`);
  expect(new Set(of(texts, 0.1, 'Z'))).toEqual(new Set(['foo*']));
  expect(new Set(of(texts))).toEqual(new Set(['others']));
  expect(of(['a-b]c', 'a-b]d'], 0.1, ']-')).toEqual(['a-b*', 'a-b*']);
});
it('copes with texts without terms', () => {
  expect(of(['', '--', ''])).toEqual(['others', 'others', 'others']);
});
