/** Sets of row groups as bits, 32 to a word, and their weights. */
export type Bits = Uint32Array;

const COUNTS = Uint8Array.from({ length: 65_536 }, (_, n) => {
  let count = 0;
  for (let rest = n; rest > 0; rest &= rest - 1) count++;
  return count;
});
const bitsIn = (word: number): number => COUNTS[word & 0xffff]! + COUNTS[word >>> 16]!;

export function bitsOf(length: number, has: (i: number) => boolean): Bits {
  const bits = new Uint32Array((length + 31) >>> 5);
  for (let i = 0; i < length; i++) if (has(i)) bits[i >>> 5]! |= 1 << (i & 31);
  return bits;
}

export function intersection(a: Bits, b: Bits): Bits {
  const both = new Uint32Array(a.length);
  for (let w = 0; w < a.length; w++) both[w] = a[w]! & b[w]!;
  return both;
}

export function isSubset(a: Bits, b: Bits): boolean {
  for (let w = 0; w < a.length; w++) if ((a[w]! & ~b[w]!) !== 0) return false;
  return true;
}

/** Adds what is in `b` to `a`. */
export function addAll(a: Bits, b: Bits): void {
  for (let w = 0; w < a.length; w++) a[w]! |= b[w]!;
}

/** Weighs sets of groups that have a weight each: whole weights by their binary digits, others one by one. */
export interface Scale {
  /** The weight of what is in both. */
  weigh(a: Bits, b: Bits): number;
}

export function scaleOf(weights: readonly number[]): Scale {
  const whole = weights.every((of) => Number.isInteger(of) && of >= 0 && of < 2 ** 31);
  if (!whole) return { weigh: (a, b) => oneByOne(weights, a, b) };
  const largest = weights.reduce((most, of) => Math.max(most, of), 0);
  const digits = Array.from({ length: Math.ceil(Math.log2(largest + 1)) }, (_, digit) =>
    bitsOf(weights.length, (i) => ((weights[i]! >>> digit) & 1) === 1),
  );
  return {
    weigh(a, b) {
      let sum = 0;
      for (const [digit, bits] of digits.entries()) {
        let count = 0;
        for (let w = 0; w < a.length; w++) {
          const word = a[w]! & b[w]!;
          if (word !== 0) count += bitsIn((word & bits[w]!) >>> 0);
        }
        sum += count * 2 ** digit;
      }
      return sum;
    },
  };
}

function oneByOne(weights: readonly number[], a: Bits, b: Bits): number {
  let sum = 0;
  for (let w = 0; w < a.length; w++) {
    for (let word = a[w]! & b[w]!; word !== 0; word &= word - 1)
      sum += weights[(w << 5) + (31 - Math.clz32(word & -word))]!;
  }
  return sum;
}
