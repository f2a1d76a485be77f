import { expect, it } from 'vitest';
import { cut, pad, visible, widthOf } from './visible.js';
import { wrap } from './wrap.js';

it.each([
  ['plain text, ünïcode, 日本 and 👩‍🚀 stay', 'plain text, ünïcode, 日本 and 👩‍🚀 stay'],
  ['\u001b[2J\u001b]0;owned\u0007', '\\e[2J\\e]0;owned\\x07'],
  ['a\r\nb\tc\0', 'a\\r\\nb\\tc\\0'],
  ['\u009b31m\u007f', '\\x9b31m\\x7f'],
  ['gpj.\u202eexe', 'gpj.\\u202eexe'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['half \ud83d pair', 'half \\ud83d pair'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('cuts and fills by columns, not by characters', () => {
  expect(cut('日本語テキスト', 7)).toBe('日本語…');
  expect(cut('short', 7)).toBe('short');
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad('7', 3, true)).toBe('  7');
  expect(widthOf('👩‍🚀')).toBe(2);
});

it('wraps after marks and spaces, within words when it must, and says that it cut', () => {
  expect(wrap('10.0.0.0/8, 192.168.0.0/16', 12)).toEqual(['10.0.0.0/8,', '192.168.0.0/', '16']);
  expect(wrap('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)]);
  expect(wrap('one two three four five', 9, 2)).toEqual(['one two', 'three fo…']);
  expect(wrap('', 5)).toEqual(['']);
});
