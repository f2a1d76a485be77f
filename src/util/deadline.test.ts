import { describe, expect, it } from 'vitest';
import { checkTime, withinTime } from './deadline.js';

const endless = (): never => {
  for (;;) checkTime();
};

describe('withinTime', () => {
  it('gives what the work gives', () => expect(withinTime(1000, () => 5)).toBe(5));
  it('stops work that asks for the time when it is over, and nothing after it', () => {
    expect(() => withinTime(20, endless)).toThrow('within 20 ms');
    for (let i = 0; i < 10_000; i++) checkTime();
  });
  it('keeps to the earlier of two limits', () => {
    expect(() => withinTime(20, () => withinTime(60_000, endless))).toThrow('within 20 ms');
  });
});
