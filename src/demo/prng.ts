/** A seeded source of numbers (sfc32): the same seed gives the same sequence on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, bound). */
  int(bound: number): number;
  /** Uniform integer in [low, high]. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of a non-empty list. */
  pick<T>(list: readonly T[]): T;
  /** Standard normal. */
  normal(): number;
  /** Log-normal with the given median; sigma is the spread of its logarithm. */
  logNormal(median: number, sigma: number): number;
  /** Poisson count; exact below a mean of 30, the rounded normal above. */
  poisson(mean: number): number;
  /** Lower-case hexadecimal text of so many digits. */
  hex(digits: number): string;
}

/** FNV-1a of a text, 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** A stream of its own for each label, so that adding draws in one place moves nothing elsewhere. */
export function createRandom(seed: number, label = ''): Random {
  let a = hashText(`${seed}/${label}`) | 0;
  let b = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) | 0;
  let c = Math.imul(b ^ (a >>> 7), 0xc2b2ae35) | 0;
  let counter = 1;
  let spare = Number.NaN;

  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 16; i++) next();

  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const x = next() * 2 - 1;
      const y = next() * 2 - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  const int = (bound: number): number => Math.floor(next() * bound);

  return {
    next,
    int,
    normal,
    between: (low, high) => low + int(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[int(list.length)]!,
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    poisson(mean) {
      if (mean <= 0) return 0;
      if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = next(); product > limit; product *= next()) count++;
      return count;
    },
    hex(digits) {
      let text = '';
      while (text.length < digits) text += int(0x1000000).toString(16).padStart(6, '0');
      return text.slice(0, digits);
    },
  };
}

/** A sampler of indexes in proportion to their weights, in constant time (Walker's alias method). */
export function weightedIndex(weights: readonly number[]): (random: Random) => number {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = Float64Array.from(weights, (weight) => (weight * size) / total);
  const alias = new Uint32Array(size);
  const small: number[] = [];
  const large: number[] = [];
  for (const [index, value] of share.entries()) (value < 1 ? small : large).push(index);
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large[large.length - 1]!;
    alias[low] = high;
    share[high] = share[high]! + share[low]! - 1;
    if (share[high]! < 1) small.push(large.pop()!);
  }
  for (const index of [...small, ...large]) share[index] = 1;
  return (random) => {
    const index = random.int(size);
    return random.next() < share[index]! ? index : alias[index]!;
  };
}

/** Zipf weights 1/rank^exponent for ranks 1..size. */
export const zipfWeights = (size: number, exponent: number): number[] =>
  Array.from({ length: size }, (_, rank) => 1 / (rank + 1) ** exponent);
