import { expect, it } from 'vitest';
import { parseDynamic } from './cells.js';

it('whole numbers of dynamic values keep their digits', () => {
  expect(
    parseDynamic(
      '{"id":9007199254740993,"list":[-18446744073709551616,1.5,123456789012.25],"text":"9007199254740993"}',
    ),
  ).toEqual({
    id: 9007199254740993n,
    list: [-18446744073709551616n, 1.5, 123456789012.25],
    text: '9007199254740993',
  });
  expect(parseDynamic('[1,2.0,1e3]')).toEqual([1, 2, 1000]);
});
