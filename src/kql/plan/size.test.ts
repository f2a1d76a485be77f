import { describe, expect, it } from 'vitest';
import { call, long, project, values } from './build.js';
import type { Expr } from './nodes.js';
import { ofBoundedSize, planSize } from './size.js';

const ofDepth = (depth: number) => {
  let sum: Expr = long(1);
  for (let i = 0; i < depth; i++) sum = call('+', 'long', sum, sum);
  return project(values([], [[]]), [{ name: 'x', expr: sum }]);
};

describe('the size of a plan', () => {
  it('counts a part as often as it is used', () => {
    expect(planSize(ofDepth(0))).toBe(3);
    expect(planSize(ofDepth(3))).toBe(2 + 15);
  });
  it('is found at once where a part is used 2^200 times, and refused', () => {
    expect(() => ofBoundedSize(ofDepth(200))).toThrow('too complex');
    expect(ofBoundedSize(ofDepth(10))).toEqual(ofDepth(10));
  });
});
